import { gcpBackends } from '../../../compositions/gcp/gcp-backends';
import { gcpCluster } from '../../../compositions/gcp/gcp-cluster';
import { refusedProblems } from '../../platform/refusals';
import { gcpFacts } from './gcp-facts';

const problemsOf = (facts: Readonly<Record<string, unknown>> | undefined) =>
  refusedProblems(() => gcpCluster({ name: 'eu-prod', cloud: facts ? { gcp: facts } : {} })).map(
    ({ path, message }) => `${path}: ${message}`,
  );

test('facts of a cluster are taken as the topology has them', () => {
  expect(gcpCluster({ name: 'eu-prod', cloud: { gcp: gcpFacts } })).toEqual(gcpFacts);
  expect(problemsOf({ ...gcpFacts, kmsKey: undefined })).toEqual([]);
});

test.each([
  ['project', 'Acme', /^cluster eu-prod: cloud.gcp.project "Acme" must be a string like acme-prod$/],
  ['projectNumber', 12, /projectNumber 12 must be a string like "123456789012"/],
  ['region', 'Europe', /region "Europe" must be a string like europe-west1/],
  ['network', 'main', /network "main" must be a string like projects\/acme-prod\/global\/networks\/main/],
  ['kmsKey', 'key', /kmsKey "key" must be a string like projects\//],
  ['region', undefined, /region is missing; write it like europe-west1/],
])('a fact that is no such thing is refused: %s %p', (name, value, says) => {
  expect(problemsOf({ ...gcpFacts, [name]: value })).toEqual([expect.stringMatching(says)]);
});

test('an unknown fact is refused with the one that was meant', () => {
  expect(problemsOf({ ...gcpFacts, netwrk: 'x' })).toEqual([
    expect.stringMatching(/cloud.gcp.netwrk is no fact \(did you mean "network"\?\)/),
  ]);
});

test('every missing fact is named at once', () => {
  expect(problemsOf(undefined)).toHaveLength(4);
});

test('the backends of a cluster are one for each API', () => {
  const made = gcpBackends({ name: 'eu-prod', cloud: { gcp: gcpFacts } });
  expect(made.map(({ api }) => api.kind)).toEqual([
    'PostgresInstance',
    'MessageQueue',
    'ObjectBucket',
    'MessageQueueAccess',
    'ObjectBucketAccess',
  ]);
});
