import { rightsAdded } from '../../../src/diff/risks/rights-added';
import type { PlainObject } from '../../../src/platform/placed-object';
import { found, holdsFor, object } from './risk-cases';

const rbac = 'rbac.authorization.k8s.io/v1';
const rule = (verbs: string[], resources = ['pods'], rest: object = {}) => ({
  apiGroups: [''],
  resources,
  verbs,
  ...rest,
});
const role = (...rules: object[]) => object(`${rbac} Role`, { rules });
const binding = (...subjects: object[]) =>
  object(`${rbac} RoleBinding`, { roleRef: { kind: 'Role', name: 'reader' }, subjects });
const account = (annotations: object) => object('ServiceAccount', {}, { annotations });

holdsFor(rightsAdded, [
  {
    name: 'a verb',
    risk: [role(rule(['get'])), role(rule(['get', 'list', 'delete']))],
    says: ['may list, delete pods'],
    twin: [role(rule(['get', 'list'])), role(rule(['get']))],
  },
  {
    name: 'a resource',
    risk: [role(rule(['get'])), role(rule(['get'], ['pods', 'pods/exec']))],
    says: ['may get pods/exec'],
    twin: [role(rule(['get'], ['pods', 'nodes'])), role(rule(['get'], ['nodes']), rule(['get'], ['pods']))],
  },
  {
    name: 'what a wildcard did not cover',
    risk: [role(rule(['*'])), role(rule(['*'], ['*']))],
    says: ['may do anything with *'],
    twin: [role(rule(['*'])), role(rule(['get']))],
  },
  {
    name: 'every object instead of one',
    risk: [role(rule(['get'], ['secrets'], { resourceNames: ['a'] })), role(rule(['get'], ['secrets']))],
    says: ['may get secrets'],
    twin: [role(rule(['get'], ['secrets'])), role(rule(['get'], ['secrets'], { resourceNames: ['a'] }))],
  },
  {
    name: 'a group',
    risk: [
      role(rule(['get'])),
      role(rule(['get']), { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] }),
    ],
    says: ['may get deployments of apps'],
    twin: [
      role({ apiGroups: ['*'], resources: ['*'], verbs: ['get'] }),
      role({ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get'] }),
    ],
  },
  {
    name: 'a path of the API server',
    risk: [undefined, object(`${rbac} ClusterRole`, { rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }] })],
    says: ['may get /metrics'],
    twin: [undefined, object(`${rbac} ClusterRole`, { rules: [] })],
  },
  {
    name: 'a subject',
    risk: [
      binding({ kind: 'Group', name: 'devs' }),
      binding({ kind: 'Group', name: 'devs' }, { kind: 'ServiceAccount', name: 'ci', namespace: 'ci' }),
    ],
    says: ['gives ServiceAccount ci of ci the rights of Role reader'],
    twin: [
      binding({ kind: 'Group', name: 'devs' }, { kind: 'User', name: 'ann' }),
      binding({ kind: 'User', name: 'ann' }),
    ],
  },
  {
    name: 'an account of a cloud',
    risk: [account({}), account({ 'eks.amazonaws.com/role-arn': 'arn:a' })],
    says: ['runs as arn:a in the cloud'],
    twin: [account({ 'eks.amazonaws.com/role-arn': 'arn:a' }), account({ 'acme.io/note': 'x' })],
  },
]);

test('a role that becomes part of a bigger one', () => {
  const label = 'rbac.authorization.k8s.io/aggregate-to-admin';
  const part = (value: string) => object(`${rbac} ClusterRole`, { rules: [] }, { labels: { [label]: value } });
  expect(found(rightsAdded, part('false'), part('true'))).toEqual(['becomes part of admin']);
  expect(found(rightsAdded, part('true'), part('false'))).toEqual([]);
});

test('a request for access is a right', () => {
  const access = (verb: string) => object('platform.acme.io/v1 MessageQueueAccess', { spec: { verb } });
  const accessOf = ({ spec }: PlainObject) =>
    `lets the account api ${(spec as { verb: string }).verb} MessageQueue events`;
  expect(found(rightsAdded, undefined, access('send'), { accessOf })).toEqual([
    'lets the account api send MessageQueue events',
  ]);
  expect(found(rightsAdded, access('send'), undefined, { accessOf })).toEqual([]);
  expect(found(rightsAdded, undefined, access('send'))).toEqual([]);
});
