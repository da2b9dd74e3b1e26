import { clusterContexts } from '../../src/cli/cluster-contexts';

const known = ['eu-dev', 'eu-prod', 'us-prod'];
const contexts = (given: string[], clusters: string[]) => Object.fromEntries(clusterContexts(given, clusters, known));

test.each<[string, string[], string[], Record<string, string>]>([
  ['one cluster takes a context alone', ['mine'], ['eu-dev'], { 'eu-dev': 'mine' }],
  ['one cluster takes its own context', ['eu-dev=mine'], ['eu-dev'], { 'eu-dev': 'mine' }],
  ['a context may hold what parts words', ['a=b'], ['eu-dev'], { 'eu-dev': 'a=b' }],
  ['a context may hold it behind its cluster', ['eu-dev=a=b'], ['eu-dev'], { 'eu-dev': 'a=b' }],
  ['a context may look like an option', ['--server=x'], ['eu-dev'], { 'eu-dev': '--server=x' }],
  [
    'several clusters take one each',
    ['us-prod=us', 'eu-prod=eu'],
    ['eu-prod', 'us-prod'],
    { 'eu-prod': 'eu', 'us-prod': 'us' },
  ],
  ['one that is not read is passed over', ['eu-dev=dev', 'eu-prod=eu'], ['eu-prod'], { 'eu-prod': 'eu' }],
  ['the same twice is the same', ['eu-prod=eu', 'eu-prod=eu'], ['eu-prod'], { 'eu-prod': 'eu' }],
])('%s', (_, given, clusters, expected) => {
  expect(contexts(given, clusters)).toMatchObject(expected);
});

test.each<[string, string[], string[], string]>([
  ['no context for one cluster', [], ['eu-dev'], 'the cluster eu-dev is read through kubectl; add --context NAME'],
  [
    'none for some of several',
    ['eu-prod=eu'],
    known,
    '3 clusters are read, eu-dev, eu-prod, us-prod; add --context eu-dev=NAME --context us-prod=NAME',
  ],
  [
    'a context alone for several',
    ['mine'],
    known,
    '--context "mine" does not say which cluster it is for, and 3 clusters are read, eu-dev, eu-prod, us-prod; write --context eu-dev=mine',
  ],
  [
    'a cluster that there is not',
    ['eu-prd=x'],
    known,
    '--context "eu-prd=x" is for "eu-prd", which is no cluster of the platform (did you mean "eu-prod"?)',
  ],
  ['no name', ['eu-dev='], ['eu-dev'], '--context "eu-dev=" names no context; write --context eu-dev=NAME'],
  [
    'two for one cluster',
    ['eu-dev=a', 'eu-dev=b'],
    ['eu-dev'],
    '--context gives eu-dev two contexts, "a" and "b"; keep one',
  ],
])('%s is refused', (_, given, clusters, message) => {
  expect(() => contexts(given, clusters)).toThrow(message);
});

test('all that is wrong is said at once', () => {
  expect(() => contexts(['x', 'y=z'], known)).toThrow(/"x" does not say[\s\S]*"y=z" is for "y"/);
});
