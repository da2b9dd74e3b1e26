import { operatorsIn } from '../../../src/crossplane/resource/operators-in';
import type { Backend } from '../../../src/platform/backend';
import { Platform } from '../../../src/platform/platform';

const group = 'platform.acme.io';

/** A backend of databases that says its own name as what it runs. */
function backend(name: string, kind = 'Database', more: readonly string[] = []): Backend {
  const tell = () => [{ podSpec: { name }, pods: { min: 1, max: 1, surge: 0 } }];
  const operators = Object.fromEntries([`${group}/${kind}`, ...more].map((each) => [each, tell]));
  return { name, api: { group, kind }, connection: {}, ports: [], takesOver: true, rules: [], operators };
}

/** Who told what an object needs in a cluster with these backends. */
function told(backends: readonly Backend[], kind: string, spec: object = {}): object[] {
  const topology = { environments: { dev: { clusters: ['a'] } } };
  const platform = new Platform({ domain: 'acme.io', topology, backends: () => backends });
  const object = {
    apiVersion: kind.replace(/\/[^/]*$/, '/v1'),
    kind: kind.split('/')[1],
    metadata: { name: 'x' },
    spec,
  };
  return (operatorsIn(platform, 'a')[kind]?.(object) ?? []).map(({ podSpec }) => podSpec);
}

const database = `${group}/Database`;
const chosen = (name: string) => ({ crossplane: { compositionRef: { name } } });

test('a request is told of by the backend that it chooses, else by the first', () => {
  const both = [backend('one'), backend('two')];
  expect(told(both, database)).toEqual([{ name: 'one' }]);
  expect(told(both, database, chosen('two'))).toEqual([{ name: 'two' }]);
  // A claim of Crossplane v1 says it elsewhere.
  expect(told(both, database, { compositionRef: { name: 'two' } })).toEqual([{ name: 'two' }]);
});

test('a backend that tells nothing of its requests runs nothing for them', () => {
  const { operators: _, ...silent } = backend('silent');
  expect(told([silent, backend('loud')], database)).toEqual([]);
  expect(told([silent], database)).toEqual([]);
});

test('other objects are told of by whoever knows their kind', () => {
  const cluster = 'postgresql.cnpg.io/Cluster';
  expect(told([backend('one', 'Queue'), backend('two', 'Database', [cluster])], cluster)).toEqual([{ name: 'two' }]);
  expect(told([], cluster)).toEqual([]);
});

test('a platform without backends tells nothing', () => {
  const platform = new Platform({ domain: 'acme.io', topology: { environments: { dev: { clusters: ['a'] } } } });
  expect(operatorsIn(platform, 'a')).toEqual({});
});
