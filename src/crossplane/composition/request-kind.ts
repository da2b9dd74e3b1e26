import { oldestKubernetesMinor } from '../../platform/kubernetes-minor';
import { kindOfCrd } from '../../schema/crd-kinds';
import type { Kind } from '../../schema/kind';
import type { Schema } from '../../schema/schema';
import type { Api } from '../api/api';
import { compositeKind, type Target } from './target';

/** The kind of an API's requests in the version that compositions fulfil, with the fields that the author declared. */
export function requestKind(api: Api, target: Target = 'v2'): Kind {
  const { group, plural, referenceable } = api;
  const kind = compositeKind(api.kind, target);
  const scope = target === 'v1' ? 'Cluster' : api.scope;
  const { status } = referenceable.schema;
  const spec = target === 'v1' ? withClaim(referenceable.schema.spec) : referenceable.schema.spec;
  const schema: Schema = {
    type: 'object',
    required: ['metadata', 'spec'],
    properties: { spec, status: { type: 'object', ...status } },
  };
  const crd = {
    spec: {
      group,
      names: { kind, plural },
      scope,
      versions: [{ name: referenceable.name, served: true, schema: { openAPIV3Schema: schema } }],
    },
  };
  const namespaced = scope === 'Namespaced';
  return kindOfCrd(() => crd, `${group}/${referenceable.name}`, kind, { plural, namespaced }, oldestKubernetesMinor);
}

/** The spec of a composite resource of v1, which says whose claim it is. */
function withClaim(spec: Schema): Schema {
  const text = { type: 'string' } as const;
  const claimRef: Schema = {
    type: 'object',
    required: ['name', 'namespace'],
    properties: { name: text, namespace: text },
  };
  return { ...spec, required: [...(spec.required ?? []), 'claimRef'], properties: { ...spec.properties, claimRef } };
}

/** The schema of environment data. */
export function dataSchema(schema: Schema): Kind['schema'] {
  const crd = {
    spec: {
      group: 'environment',
      names: { kind: 'Data', plural: 'data' },
      scope: 'Cluster',
      versions: [
        {
          name: 'v1',
          served: true,
          schema: { openAPIV3Schema: { type: 'object' as const, properties: { data: schema } } },
        },
      ],
    },
  };
  const place = { plural: 'data', namespaced: false };
  return kindOfCrd(() => crd, 'environment/v1', 'Data', place, oldestKubernetesMinor).schema.field(
    'data',
  ) as Kind['schema'];
}
