import { messageQueueOnAws } from '../../../compositions/aws/message-queue';
import { synthObject, testEnvironment } from '../../../src/testing';
import { MessageQueue } from '../../../xrds/message-queue';
import { PostgresInstance } from '../../../xrds/postgres-instance';
import { refusals } from '../../platform/refusals';
import { awsFacts } from '../aws/aws-cluster';
import { queueOnGcp } from '../gcp/message-queue-cases';
import { onAws, platformWith } from './platforms';

const platform = platformWith({
  backends: (cluster) => [...onAws(cluster), messageQueueOnAws({ cluster: awsFacts })],
});
const environment = () => testEnvironment({ platform, environment: 'dev' });

test('a request says what it was before, for the composition to read', () => {
  const movedFrom = { name: 'messages', namespace: 'shop-dev' };
  const { request } = new MessageQueue(environment(), 'events', {}, { movedFrom, annotations: { note: 'x' } });
  expect(synthObject(request).metadata.annotations).toMatchObject({
    'golden-path.local/moved-from-name': 'messages',
    'golden-path.local/moved-from-namespace': 'shop-dev',
    note: 'x',
  });
});

test('a database on RDS has to say which instance it was', () => {
  const db = (movedFrom: object) => () => new PostgresInstance(environment(), 'orders-db', {}, { movedFrom });
  expect(refusals(db({ name: 'shop-db' }))).toEqual([
    'movedFrom needs externalName with RDS, which names instances itself; read the annotation crossplane.io/external-name of the Instance',
  ]);
  expect(refusals(db({ name: 'shop-db', externalName: 'db-ABCDEF' }))).toEqual([]);
});

test('a backend that would make everything anew is not given it', () => {
  const other = platformWith({ backends: () => [{ ...queueOnGcp, takesOver: false }] });
  const movedFrom = { name: 'messages' };
  expect(refusals(() => new MessageQueue(testEnvironment({ platform: other }), 'events', {}, { movedFrom }))).toEqual([
    'movedFrom is not read by the composition messagequeues-gcp, which would make everything anew; give the request its old name in the option name',
  ]);
});

test.each([
  [{}, 'movedFrom says nothing; give the name or the namespace that the request had'],
  [{ name: 'No Name' }, 'movedFrom.name "No Name" is no DNS label; use lower-case letters, digits and "-"'],
  [{ namespace: '' }, 'movedFrom.namespace "" is no DNS label'],
])('what it was is refused when it could not have been: %j', (movedFrom, message) => {
  const [problem] = refusals(() => new MessageQueue(environment(), 'events', {}, { movedFrom }));
  expect(problem).toContain(message);
});
