import { nameProblem } from '../../src/schema/object-names';

test.each<[group: string, kind: string, good: string[], bad: string[]]>([
  ['apps', 'Deployment', ['a.b', '0a', 'a'.repeat(253)], ['A', 'a_b', '-a', 'a'.repeat(254)]],
  ['', 'Service', ['a', 'a'.repeat(63)], ['0a', 'a.b', 'a'.repeat(64)]],
  ['serving.example.dev', 'Service', ['0a', 'a.b'], ['A']],
  ['', 'Namespace', ['0a', 'a'.repeat(63)], ['a.b', 'a'.repeat(64)]],
  ['batch', 'CronJob', ['a'.repeat(52)], ['a'.repeat(53), 'A']],
  ['batch', 'Job', ['a'.repeat(63)], ['a'.repeat(64)]],
  ['apps', 'StatefulSet', ['a'.repeat(52)], ['a'.repeat(53)]],
  ['rbac.authorization.k8s.io', 'ClusterRole', ['system:node', 'Any thing'], ['a/b', '..', 'a%b']],
])('%s %s', (group, kind, good, bad) => {
  for (const name of good) expect(nameProblem(name, { group, kind })).toBeUndefined();
  for (const name of bad) expect(nameProblem(name, { group, kind })).toMatch(/must be/);
});

test('the problem says what is allowed', () => {
  expect(nameProblem('0-api', { group: '', kind: 'Service' })).toBe(
    '"0-api" must be at most 63 lower-case letters, digits and "-", starting with a letter and ending with a letter or digit',
  );
});
