import * as fc from 'fast-check';
import { messageQueueAccess } from '../../../xrds/message-queue';
import { composedOf, finished, resourceOf } from '../composed';
import { queueAccessCases, queueAccessOnprem } from './access-cases';
import { queueCases } from './onprem-cases';

interface Permissions {
  readonly configure: string;
  readonly write: string;
  readonly read: string;
}

function permissionsOf(verb: string, name: string): Permissions {
  return composedOf(queueAccessOnprem, { verb, account: 'api', resource: { name } })('permission').spec.permissions;
}

/** Names that RabbitMQ lets a user do something with. It looks for a match anywhere in a name. */
const allowed = (expression: string, names: readonly string[]) =>
  names.filter((name) => new RegExp(expression).test(name));

test.each([
  ['send', { configure: '^$', write: '^events$', read: '^$' }],
  ['receive', { configure: '^$', write: '^$', read: '^events$' }],
])('%s is one permission, on what has the name of the queue', (verb, permissions) => {
  expect(permissionsOf(verb, 'events')).toEqual(permissions);
});

const around = (name: string) => [
  name,
  `${name}s`,
  `x${name}`,
  `x-${name}-x`,
  name.slice(0, -1),
  `${name}.dead-letters`,
  `${name}\n`,
  `${name}\nx`,
  name.toUpperCase(),
  'dead-letters',
  'amq.default',
  'amq.topic',
  '*',
  '.*',
  '^$',
];

test('matches no other name, also not one that begins, ends or goes on with it', () => {
  const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/);
  fc.assert(
    fc.property(fc.constantFrom('send', 'receive'), name, name, (verb, own, other) => {
      const { configure, write, read } = permissionsOf(verb, own);
      const names = [...around(own), other, `${own}-${other}`, `${other}-${own}`].filter((one) => one !== '');
      const right = verb === 'send' ? write : read;
      expect(new Set(allowed(right, names))).toEqual(new Set([own]));
      for (const none of [configure, verb === 'send' ? read : write]) expect(allowed(none, names)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test.each(['a.b', 'a*', 'a|b', '.*', '^a', 'a$', 'a+', '(a)', '[a]', 'a\\'])(
  'is not granted to the name %j',
  (name) => {
    const spec = { verb: 'send', account: 'api', resource: { name } };
    const { apiVersion, kind } = messageQueueAccess;
    expect(messageQueueAccess.problems({ apiVersion, kind, metadata: { name: 'a' }, spec })).not.toEqual([]);
  },
);

test('is in the virtual host of the queue alone', () => {
  const queues = ['nothing asked for', 'moved'].map((title) => {
    const found = queueCases.find(({ name }) => name.endsWith(`, ${title}`));
    return found && resourceOf(finished(found), 'queue').spec;
  });
  const granted = [{ name: 'events' }, { name: 'events', formerName: 'old-name', formerNamespace: 'old-home' }].map(
    (resource) => composedOf(queueAccessOnprem, { verb: 'send', account: 'api', resource })('permission').spec,
  );
  expect(granted.map(({ vhost }) => vhost)).toEqual(queues.map((queue) => queue?.vhost));
  expect(granted.map(({ permissions }) => permissions.write)).toEqual(queues.map((queue) => `^${queue?.name}$`));
});

test('has a user of its own, whose name and password the operator writes', () => {
  const made = finished(queueAccessCases[0]);
  const user = resourceOf(made, 'user');
  expect(resourceOf(made, 'permission').spec.userReference).toEqual({ name: user.metadata.name });
  // Tags would let him into the management of RabbitMQ.
  expect(user.spec).toEqual({ rabbitmqClusterReference: { name: 'rabbitmq', namespace: 'messaging' } });
  expect(queueAccessOnprem.connection).toEqual({
    username: { secret: '%s-messagequeueaccess-user-credentials', key: 'username' },
    password: { secret: '%s-messagequeueaccess-user-credentials', key: 'password' },
  });
});
