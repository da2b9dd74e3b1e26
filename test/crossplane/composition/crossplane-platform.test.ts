import { claimComposition, composition } from '../../../src/crossplane/composition/composition';
import { CrossplanePlatform } from '../../../src/crossplane/composition/crossplane-platform';
import { synthObjects, testEnvironment } from '../../../src/testing';
import { database, inCluster, queue } from './cases';
import { silent } from './test-apis';

const aws = {
  providerConfig: { credentials: { source: 'IRSA' } },
  serviceAccountAnnotations: { role: 'arn:role' },
} as const;

function objectsOf(props: ConstructorParameters<typeof CrossplanePlatform>[2]) {
  return synthObjects(new CrossplanePlatform(testEnvironment(), 'crossplane', props));
}

function named(objects: ReturnType<typeof objectsOf>, kind: string): string[] {
  return objects.filter((object) => object.kind === kind).map((object) => object.metadata.name as string);
}

test('a cluster gets the APIs, the compositions and what they run on, each once', () => {
  const objects = objectsOf({ compositions: [database, queue, inCluster], aws });
  expect(named(objects, 'CompositeResourceDefinition').sort()).toEqual([
    'postgreses.platform.acme.io',
    'silents.platform.acme.io',
  ]);
  expect(named(objects, 'Composition').sort()).toEqual(['postgreses-aws', 'postgreses-onprem', 'silents-aws']);
  expect(named(objects, 'Function').sort()).toEqual(['function-auto-ready', 'function-patch-and-transform']);
  expect(named(objects, 'Provider').sort()).toEqual(['provider-aws-rds', 'provider-aws-sqs']);
});

test('only the managed kinds in use are activated', () => {
  const policy = objectsOf({ compositions: [database, queue], aws }).find(
    ({ kind }) => kind === 'ManagedResourceActivationPolicy',
  );
  expect(policy?.spec.activate).toEqual([
    'instances.rds.aws.m.upbound.io',
    'queueredrivepolicies.sqs.aws.m.upbound.io',
    'queues.sqs.aws.m.upbound.io',
    'subnetgroups.rds.aws.m.upbound.io',
  ]);
});

test('providers sign in with the identity of the platform', () => {
  const objects = objectsOf({ compositions: [database], aws });
  const find = (kind: string) => objects.find((object) => object.kind === kind);
  expect(find('ClusterProviderConfig')?.spec).toEqual({ credentials: { source: 'IRSA' } });
  expect(find('Provider')?.spec.runtimeConfigRef).toEqual({ name: find('DeploymentRuntimeConfig')?.metadata.name });
  expect(find('DeploymentRuntimeConfig')?.spec.serviceAccountTemplate.metadata.annotations).toEqual({
    role: 'arn:role',
  });
});

test('Crossplane is allowed the kinds of operators, and those only', () => {
  const objects = objectsOf({ compositions: [database, inCluster], aws });
  const role = objects.find(({ kind }) => kind === 'ClusterRole');
  expect(role?.metadata.labels).toMatchObject({ 'rbac.crossplane.io/aggregate-to-crossplane': 'true' });
  expect(role?.rules).toEqual([
    {
      apiGroups: ['postgresql.cnpg.io'],
      resources: ['clusters'],
      verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
    },
  ]);
});

test('a cluster without a cloud has no provider', () => {
  expect(named(objectsOf({ compositions: [inCluster] }), 'Provider')).toEqual([]);
});

test('claims are refused, because Crossplane v2 has none', () => {
  const claims = claimComposition(silent, { name: 'silents-v1' }, (c) => c.report({}));
  expect(claims.target).toBe('v1');
  expect(() => objectsOf({ compositions: [claims] })).toThrow(
    /"silents-v1" fulfils claims, which Crossplane v2 has not/,
  );
});

test('what is missing is named all at once', () => {
  const custom = composition(silent, { name: 'silents-aws' }, (c) => {
    c.step({ step: 'kcl', functionRef: { name: 'function-kcl' } }, 'before');
    return c.report({});
  });
  expect(() => objectsOf({ compositions: [database, queue, custom] })).toThrow(
    /two compositions are called "silents-aws"(.|\n)*pass aws(.|\n)*"function-kcl" has no package/,
  );
  const packages = { 'function-kcl': 'xpkg.crossplane.io/x/function-kcl:v0.11.6' };
  expect(named(objectsOf({ compositions: [custom], packages }), 'Function')).toContain('function-kcl');
});
