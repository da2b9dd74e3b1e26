import * as fc from 'fast-check';
import { validSubject } from './arbitraries';
import type { Subject } from './subject';

/** Values that are never a record, a list or a text of use: JavaScript callers and YAML bring them. */
const alien: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  null,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1e300,
  () => 'a function',
  Symbol.for('a symbol'),
  10n,
);

/** A change of valid props that must be refused, whatever the other props are. */
interface Mutation {
  readonly prop: string;
  readonly value: fc.Arbitrary<unknown>;
}

const numbers = fc.constantFrom<unknown>(0, 70_000, -1, 1.5, '8080', [], {}, true);
const records = fc.constantFrom<unknown>('text', 7, true, [1], ['a']);
const texts = fc.constantFrom<unknown>(7, true, {}, ['a'], '', 'UPPER case', '🍲');
const lists = fc.constantFrom<unknown>('text', 7, true, {}, [7], [null]);

const everywhere: readonly Mutation[] = [
  { prop: 'image', value: fc.oneof(texts, alien, fc.constantFrom('app', 'app:latest', 'a b:1')) },
  { prop: 'command', value: fc.oneof(lists, alien) },
  { prop: 'args', value: fc.oneof(lists, alien) },
  { prop: 'size', value: fc.oneof(alien, fc.constantFrom('huge', '__proto__', 'constructor', 'toString', 7, {}, [])) },
  ...['env', 'config', 'files', 'secretFiles', 'secretTemplates', 'volumes', 'labels', 'annotations', 'objects'].map(
    (prop) => ({ prop, value: fc.oneof(records, alien) }),
  ),
  ...['initContainers', 'sidecars', 'extraContainers', 'security', 'identity', 'podAnnotations'].map((prop) => ({
    prop,
    value: fc.oneof(records, alien),
  })),
  { prop: 'env', value: fc.constantFrom({ 'no name': '1' }, { A: null }, { A: { fromSecret: 1 } }, { A: () => 1 }) },
  { prop: 'config', value: fc.constantFrom({ 'a-b': 1 }, { A: null }, { A: [] }, { A: Number.NaN }) },
  { prop: 'files', value: fc.constantFrom({ '/a/../b': '' }, { a: '' }, { '/a': 7 }, { '/ä': '' }, { '/': '' }) },
  { prop: 'volumes', value: fc.constantFrom({ a: null }, { a: {} }, { A: { emptyDir: true, mountPath: '/a' } }) },
  {
    prop: 'volumes',
    value: fc.constant({ a: { emptyDir: true, mountPath: '/a' }, b: { secret: 'b', mountPath: '/a' } }),
  },
  { prop: 'sidecars', value: fc.constantFrom({ a: null }, { a: {} }, { A: { image: 'a:1' } }, { a: { image: 7 } }) },
  {
    prop: 'security',
    value: fc.constantFrom({ runAsUser: 0 }, { privileged: true }, { runAsUser: '1' }, { constructor: 1 }),
  },
  { prop: 'identity', value: fc.constantFrom({ aws: 'me' }, { constructor: 'x' }, { toString: 'x' }, { azure: null }) },
  { prop: 'permissions', value: fc.oneof(alien, fc.constantFrom('all', [{}], [null], [{ verbs: ['*'] }])) },
  {
    prop: 'egress',
    value: fc.oneof(
      lists,
      alien,
      fc.constantFrom<unknown>(['a.io'], ['a.io:0'], ['10.0.0.1/8:1'], [{}], [{ cidrs: ['0.0.0.0/0'], port: 1 }]),
    ),
  },
  { prop: 'architecture', value: fc.oneof(alien, fc.constantFrom('x86', '', 'constructor')) },
  { prop: 'nodePool', value: fc.oneof(alien, fc.constantFrom('', 'a b', '🍲', {})) },
  { prop: 'tolerations', value: fc.oneof(alien, fc.constantFrom('all', [null], {})) },
  { prop: 'imagePullSecrets', value: fc.oneof(alien, fc.constantFrom('name', [7], {})) },
];

const replicated: readonly Mutation[] = [
  {
    prop: 'scale',
    value: fc.oneof(alien, fc.constantFrom<unknown>(-1, 1.5, '2', {}, [], { min: 3, max: 2 }, { min: 0, max: 1 })),
  },
  { prop: 'rollout', value: fc.oneof(records, alien, fc.constantFrom({ maxSurge: 0 }, { constructor: 1 })) },
  { prop: 'stopDelay', value: fc.oneof(alien, fc.constantFrom<unknown>('5', 5, '1000000s', '')) },
  {
    prop: 'probes',
    value: fc.oneof(records, alien, fc.constantFrom({ readiness: {} }, { constructor: false }, { liveness: null })),
  },
  {
    prop: 'ports',
    value: fc.oneof(records, alien, fc.constantFrom({ a: null }, { a: 0 }, { A: 1 }, { a: { port: 'x' } })),
  },
  {
    prop: 'metrics',
    value: fc.constantFrom<unknown>({ port: 'nowhere' }, { port: 0 }, { path: 7, port: 9 }, 'yes', 7),
  },
];

const callers: Mutation = {
  prop: 'callers',
  value: fc.oneof(
    lists,
    alien,
    fc.constantFrom<unknown>(['strangers'], ['random/A'], [{ from: 'random', ports: ['x'] }]),
  ),
};

const own: Readonly<Record<Subject['kind'], readonly Mutation[]>> = {
  service: [
    ...replicated,
    { prop: 'port', value: fc.oneof(numbers, alien, fc.constant(undefined)) },
    { prop: 'host', value: fc.oneof(texts, alien, fc.constantFrom('elsewhere.example', 'a..b')) },
    { prop: 'paths', value: fc.oneof(lists, alien) },
    { prop: 'via', value: fc.oneof(texts, alien) },
    { prop: 'redirects', value: fc.oneof(lists, alien) },
    callers,
    { prop: 'beforeDeploy', value: fc.oneof(records, alien, fc.constantFrom({}, { command: [] })) },
    { prop: 'afterFailedDeploy', value: fc.oneof(records, alien, fc.constantFrom({}, { command: [] })) },
  ],
  worker: replicated,
  stateful: [...replicated, callers, { prop: 'podManagement', value: fc.oneof(texts, alien) }],
  job: [
    { prop: 'runs', value: fc.oneof(texts, alien, fc.constantFrom('constructor', '__proto__')) },
    { prop: 'retries', value: fc.constantFrom<unknown>(-1, '1', null, Number.NaN, 1.5) },
    { prop: 'timeout', value: fc.oneof(alien, fc.constantFrom<unknown>('5', 5, '0s')) },
  ],
  cronJob: [
    { prop: 'schedule', value: fc.oneof(texts, alien, fc.constantFrom('0 0 30 2 *', '* * *', '🍲')) },
    { prop: 'timeZone', value: fc.oneof(alien, fc.constantFrom<unknown>('Mars/Base', '', 7, 'Local')) },
    { prop: 'concurrency', value: fc.oneof(texts, alien) },
    { prop: 'history', value: fc.oneof(records, alien, fc.constantFrom({ failed: -1 }, { failed: null })) },
  ],
};

/** A valid workload of which one prop, `changed`, was replaced by something that has to be refused. */
export const invalidSubject: fc.Arbitrary<Subject & { readonly changed: string }> = validSubject.chain((subject) =>
  fc.oneof(
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('', 'A', '-a', '🍲', 'a.b', 'a'.repeat(64))
        .map((name) => ({ ...subject, changed: 'name', name })),
    },
    {
      weight: 30,
      arbitrary: fc
        .constantFrom(...everywhere, ...own[subject.kind])
        .chain(({ prop, value }) =>
          value.map((v) => ({ ...subject, changed: prop, props: { ...subject.props, [prop]: v } })),
        ),
    },
  ),
);
