import { onpremDemand } from '../../../compositions/onprem/demand';
import { demandOf } from '../../../src/team/demand';
import { requestOf } from '../request-of';
import { bucketOnprem, postgresOnprem, queueOnprem } from './onprem-cases';

const operators = onpremDemand([postgresOnprem, queueOnprem, bucketOnprem]);

/** What requests need, by the keys of a quota, in whole units. */
function needed(...objects: object[]) {
  const { used, problems } = demandOf(objects as never, { operators });
  expect(problems).toEqual([]);
  return Object.fromEntries([...used].map(([key, amount]) => [key, Number(amount) / 1e9]));
}

const gib = 2 ** 30;

test('a database needs the memory of its servers, with one more while one is replaced', () => {
  expect(needed(requestOf(postgresOnprem, { size: 'medium', storageGb: 100, highAvailability: true }))).toMatchObject({
    pods: 4,
    'requests.cpu': 4,
    'requests.memory': 16 * gib,
    'limits.memory': 16 * gib,
    persistentvolumeclaims: 3,
    'requests.storage': 300e9,
    'fast.storageclass.storage.k8s.io/requests.storage': 300e9,
  });
});

test('a request is counted with its defaults, as an app renders it', () => {
  const { apiVersion, kind } = requestOf(postgresOnprem, {});
  const rendered = { apiVersion, kind, metadata: { name: 'orders-db', namespace: 'orders' }, spec: {} };
  expect(needed(rendered)).toEqual(needed(requestOf(postgresOnprem, {})));
  expect(needed(rendered)).toMatchObject({ pods: 2, 'requests.storage': 20e9 });
});

test('queues and buckets need nothing of the namespace', () => {
  const amounts = needed(requestOf(queueOnprem, {}, 'events'), requestOf(bucketOnprem, {}, 'uploads'));
  expect(Object.keys(amounts).filter((key) => /^(pods|requests|limits)/.test(key))).toEqual([]);
});

test('a RabbitMQ of the team needs what its operator gives it', () => {
  const cluster = { apiVersion: 'rabbitmq.com/v1beta1', kind: 'RabbitmqCluster', metadata: { name: 'q' } };
  expect(needed({ ...cluster, spec: { replicas: 3 } })).toMatchObject({
    pods: 3,
    'requests.cpu': 3,
    'limits.cpu': 6,
    'requests.memory': 6 * gib,
    'requests.storage': 30 * gib,
  });
  expect(needed(cluster)).toMatchObject({ pods: 1 });
});
