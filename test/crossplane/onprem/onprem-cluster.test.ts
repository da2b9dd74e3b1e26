import { onpremBackends } from '../../../compositions/onprem/onprem-backends';
import { onpremCluster } from '../../../compositions/onprem/onprem-cluster';
import { refusedProblems } from '../../platform/refusals';
import { onpremFacts } from './onprem-facts';

const problemsOf = (facts: Readonly<Record<string, unknown>> | undefined) =>
  refusedProblems(() => onpremCluster({ name: 'dc-1', cloud: facts ? { onprem: facts } : {} })).map(
    ({ path, message }) => `${path}: ${message}`,
  );

test('facts of a cluster are taken as the topology has them', () => {
  expect(onpremCluster({ name: 'dc-1', cloud: { onprem: onpremFacts } })).toEqual(onpremFacts);
});

test.each([
  [
    'objectStore',
    'endpoint',
    's3.acme.internal',
    /objectStore.endpoint "s3.acme.internal" is needed as text like "https:/,
  ],
  ['objectStore', 'storageClass', undefined, /objectStore.storageClass undefined is needed as text like "fast"/],
  ['postgres', 'image', 'postgres:16', /postgres.image "postgres:16" is needed as text like "ghcr.io\/cloudnative-pg/],
  ['rabbitmq', 'name', 7, /rabbitmq.name 7 is needed as text/],
  ['rabbitmq', 'nmespace', 'x', /rabbitmq.nmespace is no fact \(did you mean "namespace"\?\)/],
] as const)('a fact that is no such thing is refused: %s.%s %p', (group, field, value, says) => {
  expect(problemsOf({ ...onpremFacts, [group]: { ...onpremFacts[group], [field]: value } })).toEqual([
    expect.stringMatching(says),
  ]);
});

test('every missing fact is named at once', () => {
  expect(problemsOf(undefined)).toHaveLength(7);
  expect(problemsOf({ ...onpremFacts, rabbitmq: 'messaging/rabbitmq' })).toHaveLength(2);
});

test('the backends of a cluster are one for each API', () => {
  const made = onpremBackends({ name: 'dc-1', cloud: { onprem: onpremFacts } });
  expect(made.map(({ api }) => api.kind)).toEqual([
    'PostgresInstance',
    'MessageQueue',
    'ObjectBucket',
    'MessageQueueAccess',
    'ObjectBucketAccess',
  ]);
});
