import { describeBackend } from '../backend-tests';
import { caseOf, finished, refusals, resourceOf } from '../composed';
import { queueCases, queueOnprem } from './onprem-cases';

describeBackend(queueOnprem, queueCases, []);

const specOf = (name: string, resource: string) => resourceOf(finished(caseOf(queueCases, name)), resource).spec;

test('is a quorum queue in a virtual host of its own', () => {
  expect(specOf('nothing asked for', 'queue')).toMatchObject({
    name: 'events',
    type: 'quorum',
    durable: true,
    vhost: 'orders-production.events',
    rabbitmqClusterReference: { name: 'rabbitmq', namespace: 'messaging' },
  });
});

test('has everything in its virtual host', () => {
  const result = finished(queueCases[0]);
  const placed = [
    'queue',
    'dead-letters',
    'dead-letter-exchange',
    'dead-letter-binding',
    'policy',
    'exchange',
    'binding',
  ];
  expect(new Set(placed.map((name) => resourceOf(result, name).spec.vhost))).toEqual(
    new Set([resourceOf(result, 'vhost').spec.name]),
  );
});

test('sets messages aside only when it is asked to, and else delivers them for ever', () => {
  expect(specOf('dead letters', 'policy').definition).toMatchObject({
    'delivery-limit': 5,
    'dead-letter-exchange': 'dead-letters',
  });
  const { definition } = specOf('nothing asked for', 'policy');
  expect(definition).toMatchObject({ 'delivery-limit': -1 });
  expect(definition).not.toHaveProperty('dead-letter-exchange');
});

test('leads dead letters to their queue', () => {
  const result = finished(queueCases[0]);
  expect(resourceOf(result, 'dead-letter-exchange').spec).toMatchObject({ name: 'dead-letters', type: 'fanout' });
  expect(resourceOf(result, 'dead-letter-binding').spec).toMatchObject({
    source: 'dead-letters',
    destination: resourceOf(result, 'dead-letters').spec.name,
  });
});

test('counts time in milliseconds', () => {
  expect(specOf('all of it', 'policy').definition).toMatchObject({
    'message-ttl': 336 * 3_600_000,
    'consumer-timeout': 43_200_000,
  });
  expect(specOf('a timeout below what RabbitMQ has', 'policy').definition['consumer-timeout']).toBe(60_000);
});

test('applies its policy to itself alone', () => {
  expect(specOf('dead letters', 'policy').pattern).toBe('^events$');
});

test('has one consumer at a time when it is FIFO', () => {
  expect(specOf('in order', 'queue').arguments).toEqual({ 'x-single-active-consumer': true });
  expect(specOf('nothing asked for', 'queue').arguments).toEqual({});
});

test('has an exchange of its name, from which messages come to it and to nothing else', () => {
  const result = finished(caseOf(queueCases, 'nothing asked for'));
  expect(resourceOf(result, 'exchange').spec).toMatchObject({ name: 'events', type: 'fanout', durable: true });
  expect(resourceOf(result, 'binding').spec).toMatchObject({
    source: 'events',
    destination: resourceOf(result, 'queue').spec.name,
    destinationType: 'queue',
  });
});

test('has no user before access to it was granted', () => {
  expect(finished(queueCases[0]).resources.map(({ kind }) => kind)).not.toContain('User');
  expect(finished(queueCases[0]).resources.map(({ kind }) => kind)).not.toContain('Permission');
});

test('keeps messages when the request is deleted', () => {
  const result = finished(queueCases[0]);
  const policies = ['vhost', 'queue', 'dead-letters'].map((name) => resourceOf(result, name).spec.deletionPolicy);
  expect(policies).toEqual(['retain', 'retain', 'retain']);
});

test('says where it is', () => {
  const { data } = resourceOf(finished(queueCases[0]), 'connection');
  const plain = Object.entries<string>(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]);
  expect(Object.fromEntries(plain)).toEqual({
    queue: 'events',
    endpoint: 'amqp://rabbitmq.messaging.svc:5672/orders-production.events',
  });
});

test.each([
  ['a region', { region: 'eu-west-1' }, /region "eu-west-1" cannot be chosen on premises/],
  ['a key', { encryption: 'organisation' }, /encryption "organisation" is not to be had on premises/],
])('refuses what RabbitMQ cannot: %s', (_, bad, says) => {
  expect(refusals(queueOnprem, {})).toEqual([]);
  expect(refusals(queueOnprem, bad)).toEqual([expect.stringMatching(says)]);
});
