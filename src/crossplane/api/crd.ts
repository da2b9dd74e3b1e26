import type { Crd, CrdVersion } from '../../schema/crd-kinds';
import type { Api, ApiVersion } from './api';
import type { ApiProps } from './api-props';
import type { PrinterColumn } from './printer-columns';
import type { StructuralSchema } from './structural-schema';
import { columnsOf } from './xrd';

/** A version of the CRD that Crossplane makes. */
export interface CompositeCrdVersion extends CrdVersion {
  readonly storage: boolean;
  readonly deprecated?: boolean;
  readonly deprecationWarning?: string;
  readonly schema: { readonly openAPIV3Schema: StructuralSchema };
  readonly subresources: { readonly status: Readonly<Record<string, never>> };
  readonly additionalPrinterColumns: readonly PrinterColumn[];
}

/** The CRD that Crossplane makes from an XRD. */
export interface CompositeCrd extends Crd {
  readonly apiVersion: 'apiextensions.k8s.io/v1';
  readonly kind: 'CustomResourceDefinition';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly names: {
      readonly kind: string;
      readonly plural: string;
      readonly shortNames?: readonly string[];
      readonly categories: readonly string[];
    };
    readonly scope: 'Namespaced' | 'Cluster';
    readonly conversion?: Readonly<Record<string, unknown>>;
    readonly versions: readonly CompositeCrdVersion[];
  };
}

/** What Crossplane adds to what the author of an API declared. */
export interface MadeParts {
  readonly names: CompositeCrd['spec']['names'];
  readonly scope: 'Namespaced' | 'Cluster';
  readonly maxNameLength: number;
  /** Fields beside the author's. */
  readonly spec: Readonly<Record<string, StructuralSchema>>;
  readonly status: Readonly<Record<string, StructuralSchema>>;
  /** Columns after the author's. */
  readonly columns: readonly PrinterColumn[];
}

/**
 * The CRD that Crossplane v2.3.4 makes from the XRD of an API (crossplane-runtime, `pkg/xcrd`), but for its owner reference:
 * compared with the real one by the conformance run.
 */
export function crdOf(api: Api, props: ApiProps): CompositeCrd {
  const { kind, plural, scope } = api;
  return madeCrd(api, props, {
    names: {
      kind,
      plural,
      ...(props.shortNames && { shortNames: props.shortNames }),
      categories: [...(props.categories ?? []), 'composite'],
    },
    scope,
    maxNameLength: api.maxNameLength,
    spec: { crossplane: crossplaneSpec(scope, props.compositionUpdatePolicy ?? 'Automatic') },
    status: { conditions },
    columns: compositeColumns('.spec.crossplane'),
  });
}

/** A CRD with what the author of an API declared and what Crossplane adds. */
export function madeCrd(api: Api, props: ApiProps, parts: MadeParts): CompositeCrd {
  const { group } = api;
  const { names, scope, columns } = parts;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${names.plural}.${group}` },
    spec: {
      group,
      names,
      scope,
      ...(props.conversion && { conversion: { strategy: 'Webhook', webhook: props.conversion } }),
      versions: api.versions.map((version) => ({
        name: version.name,
        served: version.served,
        storage: version.referenceable,
        ...(version.deprecated !== undefined && { deprecated: true, deprecationWarning: version.deprecated }),
        schema: { openAPIV3Schema: requestSchema(api, version, parts) },
        subresources: { status: {} },
        additionalPrinterColumns: [...columnsOf(props, version.name), ...columns],
      })),
    },
  };
}

/** The schema of a whole request, with what Crossplane adds. */
function requestSchema(api: Api, { schema }: ApiVersion, parts: MadeParts): StructuralSchema {
  const { spec, status } = schema;
  return {
    description: api.description,
    type: 'object',
    required: ['spec'],
    properties: {
      apiVersion: text,
      kind: text,
      metadata: {
        type: 'object',
        properties: { name: { type: 'string', maxLength: Math.min(63, parts.maxNameLength) } },
      },
      spec: { ...spec, properties: { ...spec.properties, ...parts.spec } },
      status: { ...status, properties: { ...status.properties, ...parts.status } },
    },
  };
}

const text: StructuralSchema = { type: 'string' };

const labelled: StructuralSchema = {
  type: 'object',
  required: ['matchLabels'],
  properties: { matchLabels: { type: 'object', additionalProperties: text } },
};

/** An object of texts, all of which are required. */
export function texts(...names: readonly string[]): StructuralSchema {
  return { type: 'object', required: names, properties: Object.fromEntries(names.map((name) => [name, text])) };
}

/** Which composition fulfils a request, and when it follows changes of it. */
export function compositionFields(updatePolicy?: string): Record<string, StructuralSchema> {
  const policy: StructuralSchema = { type: 'string', enum: ['Automatic', 'Manual'] };
  return {
    compositionRef: texts('name'),
    compositionSelector: labelled,
    compositionRevisionRef: texts('name'),
    compositionRevisionSelector: labelled,
    compositionUpdatePolicy: updatePolicy === undefined ? policy : { ...policy, default: updatePolicy },
  };
}

/** What a request is composed of; in a namespace all of it is in the same one. */
export function resourceRefs(scope: Api['scope']): StructuralSchema {
  return {
    type: 'array',
    'x-kubernetes-list-type': 'atomic',
    items: {
      type: 'object',
      required: ['apiVersion', 'kind'],
      properties: { apiVersion: text, kind: text, name: text, ...(scope === 'Cluster' && { namespace: text }) },
    },
  };
}

function crossplaneSpec(scope: Api['scope'], updatePolicy: string): StructuralSchema {
  return {
    type: 'object',
    description: 'Configures how Crossplane will reconcile this composite resource',
    properties: { ...compositionFields(updatePolicy), resourceRefs: resourceRefs(scope) },
  };
}

/** The conditions that Crossplane reports. */
export const conditions: StructuralSchema = {
  description: 'Conditions of the resource.',
  type: 'array',
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['type'],
  items: {
    type: 'object',
    required: ['lastTransitionTime', 'reason', 'status', 'type'],
    properties: {
      lastTransitionTime: { type: 'string', format: 'date-time' },
      message: text,
      reason: text,
      status: text,
      type: text,
      observedGeneration: { type: 'integer', format: 'int64' },
    },
  },
};

/** Columns that say whether a request is fulfilled. */
export const readyColumns: readonly PrinterColumn[] = [
  { name: 'SYNCED', type: 'string', jsonPath: ".status.conditions[?(@.type=='Synced')].status" },
  { name: 'READY', type: 'string', jsonPath: ".status.conditions[?(@.type=='Ready')].status" },
];

/** The column that says how old a request is. */
export const ageColumn: PrinterColumn = { name: 'AGE', type: 'date', jsonPath: '.metadata.creationTimestamp' };

/** The columns of a composite resource, whose composition is named below a field. */
export function compositeColumns(below: string): PrinterColumn[] {
  return [
    ...readyColumns,
    { name: 'COMPOSITION', type: 'string', jsonPath: `${below}.compositionRef.name` },
    { name: 'COMPOSITIONREVISION', type: 'string', jsonPath: `${below}.compositionRevisionRef.name`, priority: 1 },
    ageColumn,
  ];
}
