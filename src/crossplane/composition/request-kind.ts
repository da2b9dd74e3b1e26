import { oldestKubernetesMinor } from '../../platform/kubernetes-minor';
import { kindOfCrd } from '../../schema/crd-kinds';
import type { Kind } from '../../schema/kind';
import type { Schema } from '../../schema/schema';
import type { Api } from '../api/api';

/** The kind of an API's requests in the version that compositions fulfil, with the fields that the author declared. */
export function requestKind(api: Api): Kind {
  const { group, kind, plural, scope, referenceable } = api;
  const { spec, status } = referenceable.schema;
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
