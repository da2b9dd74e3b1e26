import { kubernetesMinors } from '../../src/platform/kubernetes-minor';
import type { Crd } from '../../src/schema/crd-kinds';
import { KindRegistry } from '../../src/schema/kind-registry';
import { kindOf, knownKinds, minorsServing } from '../../src/schema/kinds';

const crd = (group: string, kind: string, plural: string): Crd => ({
  spec: {
    group,
    names: { kind, plural },
    scope: 'Cluster',
    versions: [
      { name: 'v1', served: true, schema: { openAPIV3Schema: { type: 'object' } } },
      { name: 'v0', served: false },
    ],
  },
});

test('a kind says how it is addressed', () => {
  expect(kindOf('apps/v1', 'Deployment', '1.30')).toMatchObject({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    group: 'apps',
    version: 'v1',
    plural: 'deployments',
    namespaced: true,
    source: 'kubernetes',
  });
  expect(kindOf('v1', 'Namespace', '1.36')).toMatchObject({ group: '', version: 'v1', namespaced: false });
  expect(kindOf('networking.k8s.io/v1', 'NetworkPolicy', '1.30')?.plural).toBe('networkpolicies');
  expect(kindOf('cert-manager.io/v1', 'Certificate', '1.30')).toMatchObject({
    group: 'cert-manager.io',
    plural: 'certificates',
    source: 'crd',
  });
});

test('every version that a CRD serves is known', () => {
  expect(kindOf('gateway.networking.k8s.io/v1beta1', 'HTTPRoute', '1.34')).toBeDefined();
  expect(kindOf('external-secrets.io/v1beta1', 'ExternalSecret', '1.34')).toBeUndefined();
});

test('a kind that a minor lacks is undefined there, and the minors that serve it are known', () => {
  expect(kindOf('networking.k8s.io/v1', 'ServiceCIDR', '1.32')).toBeUndefined();
  expect(kindOf('networking.k8s.io/v1', 'ServiceCIDR', '1.33')).toBeDefined();
  expect(minorsServing('networking.k8s.io/v1', 'ServiceCIDR')).toEqual(['1.33', '1.34', '1.35', '1.36']);
  expect(minorsServing('flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema')).toEqual(['1.30', '1.31']);
  expect(minorsServing('cert-manager.io/v1', 'Certificate')).toEqual(kubernetesMinors);
  expect(minorsServing('example.dev/v1', 'Widget')).toEqual([]);
});

test.each([
  ['a list', 'v1', 'PodList'],
  ['a subresource', 'policy/v1', 'Eviction'],
  ['another version', 'apps/v1beta1', 'Deployment'],
  ['a name of every JavaScript object', 'constructor', 'name'],
  ['a name of every JavaScript object as a kind', 'v1', 'toString'],
])('%s is no kind that a manifest can have', (_, apiVersion, kind) => {
  expect(kindOf(apiVersion, kind, '1.34')).toBeUndefined();
  expect(minorsServing(apiVersion, kind)).toEqual([]);
});

test('a minor without schemas is an error that names those with', () => {
  expect(() => kindOf('v1', 'Pod', '1.29')).toThrow(
    'no schemas for Kubernetes "1.29"; known are 1.30, 1.31, 1.32, 1.33, 1.34, 1.35, 1.36',
  );
});

test('there are schemas for exactly the minors that a platform can have', () => {
  expect(minorsServing('v1', 'Pod')).toEqual(kubernetesMinors);
});

describe('a registry of CRDs', () => {
  const registry = new KindRegistry([
    crd('example.dev', 'Widget', 'widgets'),
    crd('cert-manager.io', 'Certificate', 'mine'),
  ]);

  test('adds kinds for those who ask with it, and for nobody else', () => {
    expect(kindOf('example.dev/v1', 'Widget', '1.34', registry)).toMatchObject({
      plural: 'widgets',
      namespaced: false,
    });
    expect(kindOf('example.dev/v1', 'Widget', '1.34')).toBeUndefined();
    expect(minorsServing('example.dev/v1', 'Widget', registry)).toEqual(kubernetesMinors);
  });

  test('wins over the CRDs of the package', () => {
    expect(kindOf('cert-manager.io/v1', 'Certificate', '1.34', registry)?.plural).toBe('mine');
    expect(kindOf('cert-manager.io/v1', 'Certificate', '1.34')?.plural).toBe('certificates');
  });

  test('has no version that is not served', () => {
    expect(kindOf('example.dev/v0', 'Widget', '1.34', registry)).toBeUndefined();
  });

  test('joins the list of known kinds', () => {
    const names = knownKinds(registry).map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
    expect(names).toContain('example.dev/v1 Widget');
    expect(new Set(names).size).toBe(names.length);
  });
});

test('every known kind has a schema in each minor that serves it', () => {
  for (const { apiVersion, kind, minors } of knownKinds()) {
    for (const minor of minors) expect(kindOf(apiVersion, kind, minor)?.schema.fieldNames()).toContain('metadata');
  }
});
