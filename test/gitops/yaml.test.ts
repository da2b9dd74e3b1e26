import * as fc from 'fast-check';
import * as jsYaml from 'js-yaml';
import * as YAML from 'yaml';
import { toYaml } from '../../src/gitops/yaml';
import { anyDocument, asJson, treacherousText } from './documents';

const readers: Record<string, (text: string) => unknown> = {
  'yaml, as YAML 1.1': (text) => YAML.parse(text, { version: '1.1', merge: true }),
  'yaml, as YAML 1.2': (text) => YAML.parse(text, { version: '1.2' }),
  'js-yaml': (text) => jsYaml.load(text),
};

describe.each(Object.entries(readers))('read by %s', (_, read) => {
  test('every document comes back as the value it was written from', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        expect(JSON.stringify(read(toYaml(document)))).toBe(JSON.stringify(asJson(document)));
      }),
      { numRuns: 1500 },
    );
  });

  test.each(treacherousText.map((text) => [text]))(
    '%j comes back as text: value, key, list item, last or not',
    (text) => {
      const document = {
        a: text,
        list: [text, [text], { b: text, c: text }],
        ...Object.fromEntries([[text, { [`${text}x`]: 1 }]]),
        z: text,
      };
      expect(JSON.stringify(read(toYaml(document)))).toBe(JSON.stringify(document));
    },
  );
});

describe('what a person reads', () => {
  test('common Kubernetes text stays bare, traps are quoted, several lines are a block', () => {
    const written = toYaml({
      metadata: { name: 'orders-api', labels: { 'app.kubernetes.io/name': 'orders-api', enabled: 'on' } },
      image: 'ghcr.io/acme/orders-api:1.4.0@sha256:0a1b',
      args: ['--port=8080', '$(POD_IP)', '0777', '12:30'],
      resources: { cpu: '100m', memory: '1.5Gi', surge: '25%' },
      empty: { list: [], map: {}, text: '', nothing: null },
      config: 'a:\n\n  - b\n',
      stripped: 'a\nb',
      kept: 'a\n\n',
      unblockable: ' a\nb',
      last: { nested: [['x'], { y: 1 }] },
    });
    expect(written).toBe(`metadata:
  name: orders-api
  labels:
    app.kubernetes.io/name: orders-api
    enabled: "on"
image: ghcr.io/acme/orders-api:1.4.0@sha256:0a1b
args:
  - --port=8080
  - $(POD_IP)
  - "0777"
  - "12:30"
resources:
  cpu: 100m
  memory: 1.5Gi
  surge: 25%
empty:
  list: []
  map: {}
  text: ""
  nothing: null
config: |
  a:

    - b
stripped: |-
  a
  b
kept: |+
  a

unblockable: " a\\nb"
last:
  nested:
    - - x
    - "y": 1
`);
  });

  test('keys keep their order and undefined ones are left out', () => {
    expect(toYaml({ b: 1, gone: undefined, a: [undefined] })).toBe('b: 1\na:\n  - null\n');
  });

  test.each([
    [1e21, '1.0e+21'],
    [1.5e-7, '1.5e-7'],
    [-0, '0'],
    [2 ** 53, '9007199254740992'],
  ])('the number %d is %s, a number to strict YAML 1.1 readers too', (number, written) => {
    expect(toYaml({ a: number })).toBe(`a: ${written}\n`);
  });

  test('an object used twice is written twice, without an anchor', () => {
    const labels = { app: 'api' };
    expect(toYaml({ a: labels, b: labels })).toBe('a:\n  app: api\nb:\n  app: api\n');
  });

  test.each([
    [{}, '{}\n'],
    [[], '[]\n'],
    [[1, { a: 2 }], '- 1\n- a: 2\n'],
  ])('the document %j', (document, written) => {
    expect(toYaml(document)).toBe(written);
  });

  test('long text is never folded', () => {
    const long = 'word '.repeat(500);
    expect(toYaml({ a: long }).split('\n')).toHaveLength(2);
  });

  test('every document ends in a line feed, and holds no carriage return and no line that would split or end it', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        expect(toYaml(document)).toMatch(/\n$/);
        expect(toYaml(document)).not.toContain('\r');
        expect(toYaml(document)).not.toMatch(/^(?:---|\.\.\.|%)/m);
      }),
    );
  });
});

describe('what no Kubernetes object can carry is refused with its path', () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  test.each<[string, object, string | RegExp]>([
    [
      'NaN',
      { spec: { replicas: Number.NaN } },
      'spec.replicas is NaN, which JSON has no number for; give a finite number',
    ],
    ['an infinity', { a: [1, Infinity] }, /^a\.1 is Infinity/],
    ['a bigint', { a: 1n }, /^a is a bigint; give a plain object/],
    ['a function', { a: () => 1 }, /^a is a function/],
    ['a symbol', { a: Symbol('x') }, /^a is a symbol/],
    ['a Date', { a: { b: new Date(0) } }, /^a\.b is a Date/],
    ['a Map', { a: new Map() }, /^a is a Map/],
    ['a class instance at the top', new (class Deployment {})(), /^the document is a Deployment/],
    ['half a surrogate pair', { a: '\ud800' }, /^a holds half of a surrogate pair/],
    ['half a surrogate pair in a block', { a: 'a\n\udc00' }, /^a holds half of a surrogate pair/],
    ['half a surrogate pair in a key', { a: { '\ud800': 1 } }, /^a\.\ud800 holds half of a surrogate pair/],
    ['a cycle', cycle, /self nests deeper than 500 levels; break the cycle/],
  ])('%s', (_, document, message) => {
    expect(() => toYaml(document)).toThrow(message);
  });
});
