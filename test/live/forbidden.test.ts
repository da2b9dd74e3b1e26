import { forbiddenIn, kindsText } from '../../src/live/forbidden';

const said = `Error from server (Forbidden): configmaps "a" is forbidden: User "bob" cannot get resource "configmaps" in API group "" in the namespace "default"
Error from server (Forbidden): deployments.apps "w" is forbidden: User "bob" cannot get resource "deployments" in API group "apps" in the namespace "default"`;

test('what an account may not do is read from the words of the API server', () => {
  expect(forbiddenIn(said)).toEqual([
    { user: 'bob', verb: 'get', resource: 'configmaps' },
    { user: 'bob', verb: 'get', resource: 'deployments.apps' },
  ]);
});

test.each([
  'Error from server (Forbidden): deployments.apps "web" is forbidden: ValidatingAdmissionPolicy \'a\' denied request: no',
  'Error from server (Forbidden): pods "web" is forbidden: exceeded quota: team, requested: pods=1, used: pods=1, limited: pods=1',
  'Error from server: admission webhook "a.io" denied the request: User is not one',
])('%s is no lack of a right', (message) => {
  expect(forbiddenIn(message)).toEqual([]);
});

test('many kinds are cut', () => {
  const kinds = [...'gfedcba'].map((resource) => ({ user: 'bob', verb: 'list', resource }));
  expect(kindsText(kinds)).toBe('a, b, c, d, e and 2 more kinds');
  expect(kindsText(kinds.slice(1))).toBe('a, b, c, d, e and 1 more kind');
  expect(kindsText(kinds.slice(2))).toBe('a, b, c, d, e');
});
