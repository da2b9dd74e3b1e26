import type { Schema } from '../../tools/imports/json-schema';
import { kubernetesData } from '../../tools/imports/kubernetes-data';
import { definedKinds, minorDefinitions } from '../../tools/imports/kubernetes-definitions';
import { isNamespaced, pluralOf } from '../../tools/imports/kubernetes-scope';

const meta = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const core = 'io.k8s.api.core.v1';
const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}`, description: 'prose' });

/** The published definitions of a minor: a Pod whose spec has the given fields, its list, and a type that nothing uses. */
function published(fields: Record<string, Schema>): Record<string, Schema> {
  return {
    [`${core}.Pod`]: {
      type: 'object',
      description: 'prose',
      properties: { metadata: ref(`${meta}.ObjectMeta`), spec: ref(`${core}.PodSpec`) },
      'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'Pod' }],
    },
    [`${core}.PodList`]: {
      type: 'object',
      properties: { metadata: ref(`${meta}.ListMeta`) },
      'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'PodList' }],
    },
    [`${core}.PodSpec`]: { type: 'object', properties: fields },
    [`${core}.Toleration`]: {
      type: 'object',
      properties: { operator: { type: 'string' }, until: ref(`${meta}.Time`) },
    },
    [`${core}.Unused`]: { type: 'object' },
    [`${meta}.ObjectMeta`]: { type: 'object', properties: { name: { type: 'string' } } },
    [`${meta}.ListMeta`]: { type: 'object' },
    [`${meta}.Time`]: { type: 'string', format: 'date-time' },
    'io.k8s.apimachinery.pkg.api.resource.Quantity': { oneOf: [{ type: 'string' }, { type: 'number' }] },
  };
}

/** What the server's document says about the same definitions. */
const server: Record<string, Schema> = {
  [`${core}.Toleration`]: { properties: { operator: { enum: ['Equal', 'Exists', 'Gt', 'Lt'], default: 'Equal' } } },
  [`${core}.PodSpec`]: { properties: { policy: { enum: ['A'] }, rules: { items: { enum: ['x'] } } } },
};

const tolerations: Schema = {
  type: 'array',
  items: ref(`${core}.Toleration`),
  'x-kubernetes-patch-strategy': 'merge',
  'x-kubernetes-patch-merge-key': 'key',
};

const minor = (name: string, fields: Record<string, Schema>) => ({
  minor: name,
  definitions: minorDefinitions(published(fields), server, name),
  kinds: definedKinds(published(fields)),
});

const files = kubernetesData([
  minor('1.30', { tolerations, cpu: ref('io.k8s.apimachinery.pkg.api.resource.Quantity') }),
  minor('1.31', { tolerations, cpu: ref('io.k8s.apimachinery.pkg.api.resource.Quantity') }),
  minor('1.35', { tolerations, policy: { type: 'string' }, rules: { type: 'array', items: { type: 'string' } } }),
  minor('1.36', {}),
]);
const coreFile = files.get('core.v1.json') as Record<string, Record<string, Schema | null>>;

test('a kind is indexed with its plural, its scope and the minors that serve it; a list is none', () => {
  expect(files.get('index.json')).toEqual({
    minors: ['1.30', '1.31', '1.35', '1.36'],
    kinds: {
      v1: { Pod: { definition: 'core.v1.Pod', plural: 'pods', namespaced: true, minors: ['1.30', '1.36'] } },
    },
  });
});

test('a definition is stored once until it changes, and only when a kind reaches it', () => {
  expect(Object.keys(coreFile)).toEqual(['Pod', 'PodSpec', 'Toleration']);
  expect(Object.keys(coreFile.Pod)).toEqual(['1.30']);
  expect(Object.keys(coreFile.PodSpec)).toEqual(['1.30', '1.35', '1.36']);
});

test('a definition that is no longer reached ends there', () => {
  expect(coreFile.Toleration['1.36']).toBeNull();
});

test('an enum of the server reaches only the minors that have the field, with the members that they know', () => {
  expect(coreFile.Toleration['1.30']?.properties?.operator.enum).toEqual(['Equal', 'Exists']);
  expect(coreFile.Toleration['1.35']?.properties?.operator.enum).toEqual(['Equal', 'Exists', 'Gt', 'Lt']);
  expect(coreFile.PodSpec['1.30']?.properties).not.toHaveProperty('policy');
  expect(coreFile.PodSpec['1.35']?.properties?.rules.items?.enum).toEqual(['x']);
});

test('references are short, primitives are spelled out, prose is gone', () => {
  expect(coreFile.Pod['1.30']?.properties?.spec).toEqual({ $ref: 'core.v1.PodSpec' });
  expect(coreFile.PodSpec['1.30']?.properties?.cpu).toEqual({ format: 'quantity' });
  expect(coreFile.Toleration['1.30']?.properties?.until).toEqual({ type: 'string', format: 'date-time' });
  expect(JSON.stringify([...files])).not.toContain('prose');
});

test('a list that is patched by a key is a map by that key', () => {
  expect(coreFile.PodSpec['1.30']?.properties?.tolerations).toEqual({
    type: 'array',
    items: { $ref: 'core.v1.Toleration' },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['key'],
  });
});

test('a kind of unknown scope is an error, since a guess would put it into the wrong place', () => {
  expect(isNamespaced('', 'Pod')).toBe(true);
  expect(isNamespaced('rbac.authorization.k8s.io', 'ClusterRole')).toBe(false);
  expect(isNamespaced('policy', 'Eviction')).toBeUndefined();
  expect(() => isNamespaced('apps', 'Novelty')).toThrow('apps Novelty has no known scope');
});

test.each([
  ['Deployment', 'deployments'],
  ['NetworkPolicy', 'networkpolicies'],
  ['Ingress', 'ingresses'],
  ['Endpoints', 'endpoints'],
  ['IPAddress', 'ipaddresses'],
])('the plural of %s is %s', (kind, plural) => {
  expect(pluralOf(kind)).toBe(plural);
});
