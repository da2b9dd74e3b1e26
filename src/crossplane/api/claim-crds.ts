import type { Api } from './api';
import type { ApiProps } from './api-props';
import { claimNameLength, compositeKindOf, compositePluralOf } from './claim-names';
import {
  ageColumn,
  type CompositeCrd,
  compositeColumns,
  compositionFields,
  conditions,
  madeCrd,
  readyColumns,
  resourceRefs,
  texts,
} from './crd';
import type { StructuralSchema } from './structural-schema';

/** What a claim holds beside what its API declares, as Crossplane keeps it. */
export function claimFields({ compositeDeletePolicy }: Pick<ApiProps, 'compositeDeletePolicy'>) {
  return {
    ...compositionFields(),
    compositeDeletePolicy: {
      type: 'string',
      enum: ['Background', 'Foreground'],
      default: compositeDeletePolicy ?? 'Foreground',
    },
    resourceRef: texts('apiVersion', 'kind', 'name'),
    writeConnectionSecretToRef: texts('name'),
  } satisfies Record<string, StructuralSchema>;
}

/**
 * The CRD of the claims of an API, as Crossplane v2.3.4 makes it from the XRD for v1: compared with the real one by the
 * conformance run. What v1.20.11 makes (`internal/xcrd`) differs in fields of Crossplane's own only: it has
 * `publishConnectionDetailsTo`, conditions have no `observedGeneration`, and references to composed resources no `namespace`.
 */
export function claimCrdOf(api: Api, props: ApiProps): CompositeCrd {
  const { kind, plural } = api;
  return madeCrd(api, props, {
    names: {
      kind,
      plural,
      ...(props.shortNames && { shortNames: props.shortNames }),
      categories: [...(props.categories ?? []), 'claim'],
    },
    scope: 'Namespaced',
    maxNameLength: claimNameLength(api),
    spec: claimFields(props),
    status,
    columns: [
      ...readyColumns,
      { name: 'CONNECTION-SECRET', type: 'string', jsonPath: '.spec.writeConnectionSecretToRef.name' },
      ageColumn,
    ],
  });
}

/** The CRD of what Crossplane composes for the claims of an API, from the same XRD. */
export function compositeCrdOf(api: Api, props: ApiProps): CompositeCrd {
  return madeCrd(api, props, {
    names: { kind: compositeKindOf(api.kind), plural: compositePluralOf(api.plural), categories: ['composite'] },
    scope: 'Cluster',
    maxNameLength: claimNameLength(api),
    spec: {
      ...compositionFields(props.compositionUpdatePolicy ?? 'Automatic'),
      resourceRefs: resourceRefs('Cluster'),
      claimRef: texts('apiVersion', 'kind', 'namespace', 'name'),
      writeConnectionSecretToRef: texts('name', 'namespace'),
    },
    status,
    columns: compositeColumns('.spec'),
  });
}

const status: Readonly<Record<string, StructuralSchema>> = {
  conditions,
  connectionDetails: { type: 'object', properties: { lastPublishedTime: { type: 'string', format: 'date-time' } } },
  claimConditionTypes: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
};
