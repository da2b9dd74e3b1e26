import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { readDocuments } from '../../../src/policy/documents/read-documents';

const objectsOf = (text: string) => readDocuments(text, 'x.yaml').objects.map(({ object }) => object);
const problemsOf = (text: string) =>
  readDocuments(text, 'x.yaml').problems.map(({ path, message }) => `${path} ${message}`);

const pod = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name } });

describe('what holds objects', () => {
  test.each([
    [
      'several documents',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: b}\n',
    ],
    ['a list, as kubectl prints it', stringify({ apiVersion: 'v1', kind: 'List', items: [pod('a'), pod('b')] })],
    [
      'a list in a list',
      stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [pod('a'), { apiVersion: 'v1', kind: 'List', items: [pod('b')] }],
      }),
    ],
    [
      'a list of a server, whose items have no kind',
      '{"kind": "PodList", "apiVersion": "v1", "items": [{"metadata": {"name": "a"}}, {"metadata": {"name": "b"}}]}',
    ],
    [
      'lines that end as on Windows',
      'apiVersion: v1\r\nkind: Pod\r\nmetadata: {name: a}\r\n---\r\napiVersion: v1\r\nkind: Pod\r\nmetadata:\r\n  name: b\r\n',
    ],
    [
      'JSON with tabs',
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [pod('a'), pod('b')] }, undefined, '\t'),
    ],
    ['a byte order mark', `\ufeff${stringify(pod('a'))}---\n${stringify(pod('b'))}`],
    [
      'values of a chart between them',
      `${stringify(pod('a'))}---\nimage: {tag: 1}\n---\n${stringify(pod('b'))}---\n# nothing\n`,
    ],
    [
      'anchors',
      'apiVersion: v1\nkind: List\nitems:\n- &a {apiVersion: v1, kind: Pod, metadata: {name: a}}\n- {<<: *a, metadata: {name: b}}\n',
    ],
  ])('%s', (_, text) => {
    expect(problemsOf(text)).toEqual([]);
    expect(objectsOf(text)).toEqual([pod('a'), pod('b')]);
  });

  test('values mean what they mean to kubectl', () => {
    const text = 'apiVersion: v1\nkind: X\na: yes\nb: 0644\nc: 2027-01-01\nd: 12:30:45\ne: "yes"\nf: 0x1f\n';
    expect(objectsOf(text)).toEqual([
      { apiVersion: 'v1', kind: 'X', a: true, b: 420, c: '2027-01-01', d: '12:30:45', e: 'yes', f: 31 },
    ]);
  });
});

describe('what can not be read is named, with its line', () => {
  test.each([
    ['no YAML', 'apiVersion: v1\nkind: Pod\nspec: [', /^x\.yaml:3:\d+ is no YAML: /],
    [
      'a template of Helm',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}-a\n',
      /^x\.yaml:4:\d+ is no YAML: /,
    ],
    [
      'a key that is there twice',
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  name: b\n',
      /^x\.yaml:5:3 has the key "name" twice in one map; remove one of them$/,
    ],
    ['an anchor that nobody set', 'apiVersion: v1\nkind: Pod\nspec: *a\n', /^x\.yaml:\d.*Unresolved alias/],
    ['a tab for an indent', 'apiVersion: v1\nkind: Pod\nmetadata:\n\tname: a\n', /^x\.yaml:4:\d+ is no YAML: /],
  ])('%s', (_, text, message) => {
    expect(problemsOf(text)[0]).toMatch(message);
    expect(objectsOf(text)).toEqual([]);
  });

  test('the documents beside it are read', () => {
    expect(objectsOf(`a: [}\n---\n${stringify(pod('a'))}`)).toEqual([pod('a')]);
  });
});

describe('a text that would fill the memory is refused before it does', () => {
  const laughs = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`);
  test.each([
    ['10 MB of aliases', `a: &a x\nb: [${'*a, '.repeat(2_600_000)}]\n`, 'x.yaml:2:4005 has more than 1000 aliases'],
    [
      'aliases of aliases',
      `a0: &a0 [${Array(10).fill('x').join(', ')}]\n${laughs.join('\n')}\n`,
      "x.yaml:1 can't be read: Excessive alias count",
    ],
    ['10 MB of brackets', '['.repeat(10_000_000), 'x.yaml:1:501 is nested deeper than 500 levels'],
    [
      'maps in maps',
      Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''),
      'is nested deeper than 500 levels',
    ],
  ])('%s', (_, text, message) => {
    const before = process.memoryUsage().heapUsed;
    expect(problemsOf(text)[0]).toContain(message);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200e6);
  });

  test('a star in a text is no alias', () => {
    const lines = '    * a point\n'.repeat(1500);
    expect(problemsOf(`apiVersion: v1\nkind: X\ndata:\n  a: |\n${lines}`)).toEqual([]);
  });
});

describe('a field is found', () => {
  const text = [
    'apiVersion: v1',
    'kind: List',
    'items:',
    '- apiVersion: v1',
    '  kind: Pod',
    '  metadata:',
    '    labels:',
    '      acme.io/owner: orders',
    '  spec:',
    '    hostPID: true',
    '    containers:',
    '    - name: a',
    '    - name: b',
    '      image: nginx',
    '    volumes: [{name: v.1, hostPath: {path: /}}]',
  ].join('\n');
  const [pod] = readDocuments(text, 'x.yaml').objects;
  test.each([
    ['spec.hostPID', 10, 5],
    ['spec.containers[b].image', 14, 7],
    ['spec.containers[1].image', 14, 7],
    ['metadata.labels.acme.io/owner', 8, 7],
    ['spec.volumes[v.1].hostPath', 15, 27],
    ['spec.containers[a].image', 12, 7],
    ['spec.containers[c].image', 11, 5],
    ['spec.securityContext.runAsUser', 9, 3],
    ['', 4, 3],
  ])('%s, or the nearest one above', (field, line, column) => {
    expect(pod.placeOf(field)).toEqual({ line, column });
  });
});

test('what is written is read back, whatever it is', () => {
  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      tie('list'),
      tie('map'),
    ),
    list: fc.array(tie('node'), { maxLength: 4 }),
    map: fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
      tie('node'),
      { maxKeys: 4 },
    ),
  })).map;
  fc.assert(
    fc.property(value, (spec) => {
      const object = { ...pod('a'), spec };
      expect(objectsOf(JSON.stringify(object))).toEqual([object]);
      expect(objectsOf(stringify(object, { version: '1.1' }))).toEqual([object]);
    }),
    { numRuns: 200 },
  );
});
