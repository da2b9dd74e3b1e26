import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSources, type Sources } from '../../tools/imports/sources';
import { fixtureSources, fixtures } from './fixture-sources';
import { typeCheck } from './type-check';

const root = join(__dirname, '../..');
const base = mkdtempSync(join(tmpdir(), 'imports-'));
const generated = join(base, 'generated');

beforeAll(() => {
  expect(run({ to: generated })).toEqual({ code: 0, errors: '' });
});

afterAll(() => rmSync(base, { recursive: true }));

/** Runs the tool as `npm run imports` does. */
function run(options: { to: string; from?: string; sources?: Sources; check?: boolean }): {
  code: number;
  errors: string;
} {
  const list = join(base, 'list.json');
  writeFileSync(list, JSON.stringify(options.sources ?? fixtureSources()));
  const cli = join(root, 'node_modules/jiti/lib/jiti-cli.mjs');
  const args = ['--from', options.from ?? fixtures, '--to', options.to, '--sources', list];
  const { status, stderr } = spawnSync(
    process.execPath,
    [cli, join(root, 'tools/imports/main.ts'), ...args, ...(options.check ? ['--check'] : [])],
    { encoding: 'utf8' },
  );
  return { code: status ?? -1, errors: stderr.trim() };
}

function text(path: string): string {
  return readFileSync(join(generated, path), 'utf8');
}

/** The contents of a folder's files, by path. */
function contents(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => /\.\w+$/.test(path) && !path.endsWith('.dev'),
  );
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** Programs that use the fixture's types, by name, and the compiler's errors about each. */
function errorsOf<T extends string>(programs: Readonly<Record<T, string>>): Record<T, string[]> {
  const header = "import { ObjectResource, type WidgetProps, type WidgetManifest } from './example.dev';";
  const names = Object.keys(programs) as T[];
  const errors = typeCheck({
    'imports/example.dev.ts': text('example.dev.ts'),
    ...Object.fromEntries(names.map((name, i) => [`imports/program-${i}.ts`, `${header}\n${programs[name]}`])),
  });
  const own = (i: number) => errors.filter((error) => error.startsWith(`imports/program-${i}.ts`));
  expect(errors.filter((error) => !error.startsWith('imports/program-'))).toEqual([]);
  return Object.fromEntries(names.map((name, i) => [name, own(i)])) as Record<T, string[]>;
}

describe('the generator', () => {
  test('writes the same bytes twice', () => {
    const again = join(base, 'again');
    run({ to: again });
    expect(contents(again)).toEqual(contents(generated));
    expect(Object.keys(contents(again)).sort()).toEqual([
      'crds/example.dev/objects.json',
      'crds/example.dev/widgets.json',
      'crds/index.json',
      'example.dev.ts',
    ]);
  });

  test('names a source file that is missing, with the place to get it, and writes nothing', () => {
    const to = join(base, 'of-nothing');
    const { code, errors } = run({ from: base, to });
    expect(code).toBe(1);
    expect(errors).toMatch(
      /^error: widgets\.yaml is missing in .*; get it from https:\/\/example\.dev\/widgets\.yaml$/,
    );
    expect(existsSync(to)).toBe(false);
  });

  test('names a source file whose bytes are not the pinned ones', () => {
    const from = mkdtempSync(join(base, 'edited-'));
    writeFileSync(join(from, 'widgets.yaml'), 'other bytes');
    expect(run({ from, to: join(base, 'of-others') })).toEqual({
      code: 1,
      errors: expect.stringMatching(/widgets\.yaml has sha256 [0-9a-f]{64}, but sources\.json pins [0-9a-f]{64}/),
    });
  });

  test.each([
    ['a kind that the file lacks', { kind: 'Gadget', version: 'v1' }, /has no CRD for example\.dev Gadget/],
    ['a version that is not served', { kind: 'Widget', version: 'v1alpha1' }, /choose v1beta1 or v1 in sources\.json/],
  ])('refuses %s', (_, wrong, message) => {
    const [source] = fixtureSources().crds;
    const file = { ...source.files[0], kinds: [{ group: 'example.dev', ...wrong }] };
    const { code, errors } = run({ to: join(base, 'refused'), sources: { crds: [{ ...source, files: [file] }] } });
    expect(code).toBe(1);
    expect(errors).toMatch(message);
  });

  test('with --check names what is missing, different or stale and leaves it; without, mends exactly that', () => {
    const to = join(base, 'drifted');
    run({ to });
    expect(run({ to, check: true })).toEqual({ code: 0, errors: '' });
    rmSync(join(to, 'crds/index.json'));
    writeFileSync(join(to, 'example.dev.ts'), 'edited');
    writeFileSync(join(to, 'gone.example.dev.ts'), text('example.dev.ts'));
    writeFileSync(join(to, 'crds/example.dev/gone.json'), '{}');
    writeFileSync(join(to, 'typed-object.ts'), 'written by hand');
    const { code, errors } = run({ to, check: true });
    expect(code).toBe(1);
    expect(errors.split('\n').slice(0, -1)).toEqual([
      'missing crds/index.json',
      'differs example.dev.ts',
      'stale crds/example.dev/gone.json',
      'stale gone.example.dev.ts',
    ]);
    run({ to });
    expect(contents(to)).toEqual({ ...contents(generated), 'typed-object.ts': 'written by hand' });
  });
});

describe('a generated CRD', () => {
  const crd = () => JSON.parse(text('crds/example.dev/widgets.json'));
  const v1 = () => crd().spec.versions[1].schema.openAPIV3Schema;

  test('has the served versions only', () => {
    expect(crd().spec.versions.map(({ name }: { name: string }) => name)).toEqual(['v1beta1', 'v1']);
  });

  test('has no prose, and keeps a field that is called description', () => {
    expect(text('crds/example.dev/widgets.json')).not.toMatch(/prose|How big|example": 3/i);
    expect(v1().properties.spec.properties.description).toEqual({ type: 'string' });
  });

  test('keeps every rule', () => {
    const { size, mode, parts } = v1().properties.spec.properties;
    expect(size).toEqual({ type: 'integer', format: 'int32', minimum: 1, maximum: 10 });
    expect(mode.enum).toEqual(['', 'A', 'a', '>', '<']);
    expect(parts).toMatchObject({ maxItems: 20, 'x-kubernetes-list-map-keys': ['name'] });
  });

  test('is found by apiVersion and kind', () => {
    expect(JSON.parse(text('crds/index.json'))).toEqual({
      'example.dev/v1': {
        Object: { plural: 'objects', namespaced: false },
        Widget: { plural: 'widgets', namespaced: true },
      },
      'example.dev/v1beta1': { Widget: { plural: 'widgets', namespaced: true } },
    });
  });
});

describe('generated types', () => {
  test('are of the version that the list names, not of the first in the file', () => {
    expect(text('example.dev.ts')).toContain("apiVersion: 'example.dev/v1', kind: 'Widget'");
    expect(text('example.dev.ts')).not.toContain('v1beta1');
  });

  test('take every field and literal that the CRD allows, and nothing else', () => {
    const widget = (spec: string) => `export const props: WidgetProps = { spec: ${spec} };`;
    const errors = errorsOf({
      everything: `
        const props: WidgetProps = {
          metadata: { name: 'w', labels: { a: 'b' } },
          spec: {
            size: 3, mode: '', level: 2, description: 'd', URL: 'u', url: 1, 'dash-name': 'x', $ref: 'r', on: true,
            note: null, port: 80, target: 'http', labels: { a: 'b' }, free: { any: 1 }, half: { known: 'k', other: 2 },
            template: { apiVersion: 'v1', kind: 'Pod', spec: {} },
            parts: [{ name: 'p', secret: { key: 'k' } }], backup: { secret: { key: 'k', optional: true } },
          },
        };
        const modes: WidgetProps['spec']['mode'][] = ['', 'A', 'a', '>', '<'];
        const ports: WidgetProps['spec']['port'][] = [1, 'http', undefined];
        export const phase = (widget: WidgetManifest): 'Ready' | 'Failed' | undefined => widget.status?.phase;
        export { props, modes, ports };`,
      'a class of the kind that is called Object': `
        export const keys = Object.keys(ObjectResource.GVK);
        export const kind: 'Object' = ObjectResource.GVK.kind;`,
      'a literal outside the enum': widget("{ size: 1, mode: 'B' }"),
      'a number outside the enum': widget("{ size: 1, mode: 'A', level: 3 }"),
      'a missing required field': widget("{ mode: 'A' }"),
      'an unknown field': widget("{ size: 1, mode: 'A', colour: 'red' }"),
      'the wrong case of a name': widget("{ size: 1, mode: 'A', url: 'u' }"),
      'a boolean as int-or-string': widget("{ size: 1, mode: 'A', target: true }"),
      'an unknown nested field': widget("{ size: 1, mode: 'A', backup: { secret: { key: 'k', more: 1 } } }"),
    });
    expect(Object.fromEntries(Object.entries(errors).map(([name, found]) => [name, found.length]))).toEqual({
      everything: 0,
      'a class of the kind that is called Object': 0,
      'a literal outside the enum': 1,
      'a number outside the enum': 1,
      'a missing required field': 1,
      'an unknown field': 1,
      'the wrong case of a name': 1,
      'a boolean as int-or-string': 1,
      'an unknown nested field': 1,
    });
  });

  test('are declared once for objects of the same fields', () => {
    expect(text('example.dev.ts').match(/optional\?: boolean/g)).toHaveLength(1);
  });
});

describe('the committed imports', () => {
  const imports = join(__dirname, '../../imports');
  const sources = readSources(join(imports, 'sources.json'));
  const index = JSON.parse(readFileSync(join(imports, 'crds/index.json'), 'utf8'));
  const kinds = sources.crds.flatMap(({ files: listed }) => listed.flatMap((file) => file.kinds));

  test.each(kinds.map(({ group, kind, version }) => [`${group}/${version}`, kind]))(
    'have %s %s',
    (apiVersion, kind) => {
      const { plural, namespaced } = index[apiVersion][kind];
      const group = apiVersion.split('/')[0];
      const crd = JSON.parse(readFileSync(join(imports, `crds/${group}/${plural}.json`), 'utf8'));
      expect(crd.spec.scope).toBe(namespaced ? 'Namespaced' : 'Cluster');
      expect(crd.spec.versions.filter(({ storage }: { storage: boolean }) => storage)).toHaveLength(1);
      expect(crd.status).toBeUndefined();
      expect(proseIn(crd)).toEqual([]);
    },
  );
});

/** The paths of prose in a document: a description or title that is a text, not a field of that name. */
function proseIn(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, nested]) => {
    const isProse = ['description', 'title', 'example', 'externalDocs'].includes(key) && typeof nested === 'string';
    return isProse ? [`${path}/${key}`] : proseIn(nested, `${path}/${key}`);
  });
}
