import { join } from 'node:path';
import * as ts from 'typescript';
import { typeCheck } from '../../imports/type-check';

const root = join(__dirname, '../../..');

const prelude = `
import { defineApi } from '../../../src/crossplane/api/define-api';
import { s } from '../../../src/crossplane/api/schema-builder';
import type { Api } from '../../../src/crossplane/api/api';
import { Chart, App } from 'cdk8s';
const chart = new Chart(new App(), 'c');
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>) => {};
const base = { group: 'platform.acme.io', kind: 'Cache', description: 'A cache.' } as const;
const cache = defineApi({
  ...base,
  versions: {
    v1beta1: { spec: { other: s.string() }, served: false },
    v1: {
      referenceable: true,
      spec: {
        /** How much it holds. */
        size: s.string({ enum: ['small', 'large'] }),
        memory: s.integer({ default: 4 }),
        note: s.string().optional(),
        place: s.array(s.object({
          /** Where it is. */
          zone: s.string(),
        })).optional(),
        users: s.array(s.object({ name: s.string(), admin: s.boolean({ default: false }) })).optional(),
        labels: s.map(s.integer(), { default: {} }),
      },
      status: { host: s.string(), network: s.object({ id: s.string() }) },
    },
  },
  connection: { host: 'Host', port: 'Port' },
});
class Cache extends cache.Request {}
type SpecOf<A> = A extends Api<infer Spec, infer _S> ? Spec : never;
type StatusOf<A> = A extends Api<infer _S, infer Status> ? Status : never;
const valid = { size: 'small' } as const;
`;
const file = 'test/crossplane/api/virtual.ts';

const right = `
    same<SpecOf<typeof cache>, {
      readonly size: 'small' | 'large';
      readonly memory: number;
      readonly labels: Readonly<Record<string, number>>;
      readonly note?: string | undefined;
      readonly place?: readonly { readonly zone: string }[] | undefined;
      readonly users?: readonly { readonly name: string; readonly admin: boolean }[] | undefined;
    }>(true);
    same<StatusOf<typeof cache>, {
      readonly host?: string | undefined;
      readonly network?: { readonly id?: string | undefined } | undefined;
    }>(true);
    same<keyof (typeof cache)['connection'], 'host' | 'port'>(true);
    const made: Cache = new Cache(chart, 'a', { size: 'small', users: [{ name: 'x' }] }, { composition: 'aws' });
    const size: 'small' | 'large' = made.spec.size;
    const memory: number = made.spec.memory;
    const any: Api = cache;
    const empty = defineApi({ ...base, versions: { v1: { spec: { a: s.string().optional() } } } });
    new empty.Request(chart, 'b');
    console.log(size, memory, any);
`;

const wrong: [string, string, RegExp][] = [
  ['a value that the enum lacks', "new Cache(chart, 'a', { size: 'huge' });", /"huge"' is not assignable/],
  ['a field that is missing', "new Cache(chart, 'a', { memory: 4 });", /'size' is missing/],
  ['no spec where one is needed', "new Cache(chart, 'a');", /Expected 3-4 arguments/],
  ['a field that is unknown', "new Cache(chart, 'a', { ...valid, sise: 1 });", /'sise' does not exist/],
  ['another type', "new Cache(chart, 'a', { ...valid, memory: '4' });", /'string' is not assignable to type 'number'/],
  ['a field of an item', "new Cache(chart, 'a', { ...valid, users: [{ name: 1 }] });", /'number' is not assignable/],
  ['a field of another version', "new Cache(chart, 'a', { ...valid, other: 'x' });", /'other' does not exist/],
  ['an option that is unknown', 's.string({ minimumLength: 3 });', /minimumLength/],
  ['a default that the enum lacks', "s.string({ enum: ['a'], default: 'b' });", /"b"'? is not assignable/],
  ['a default of another type', 's.integer({ default: "1" });', /not assignable/],
  ['optional() of a default', 's.integer({ default: 1 }).optional();', /'this' context/],
  ['a text that grows', 's.string({ growOnly: true });', /growOnly/],
  ['a column of an object', "s.object({}, { column: 'X' });", /column/],
];

describe('the types of an API', () => {
  // One program for everything: each mistake is found by its own line.
  let errors: readonly string[] = [];
  const lines = [prelude, right].join('\n').split('\n').length;
  const isAt = (error: string, line: number) => error.startsWith(`${file}:${line} `);

  beforeAll(() => {
    const text = [prelude, right, ...wrong.map(([, code]) => code), 'export { Cache, valid, same };'].join('\n');
    errors = typeCheck({ [file]: text }).filter((error) => error.startsWith(file));
  }, 120_000);

  test('take what is right', () => {
    expect(errors.filter((error) => !wrong.some((_, i) => isAt(error, lines + 1 + i)))).toEqual([]);
  });

  test.each(wrong.map(([what, , message], i) => [what, message, i] as const))('refuse %s', (_, message, i) => {
    const own = errors.filter((error) => isAt(error, lines + 1 + i));
    expect(own).not.toEqual([]);
    expect(own[0]).toMatch(message);
  });
});

describe('what is written above a field', () => {
  const path = join(root, file);
  const text = `${prelude}
    const cacheOfPackage = cache;
    new Cache(chart, 'a', { size: 'small', place: [{ zone: 'b' }] });
    export { Cache, cacheOfPackage };`;
  const service = languageService(path, text);

  test.each([
    ["size: 'small'", 'size: "small" | "large"', 'How much it holds.'],
    ["zone: 'b'", 'zone: string', 'Where it is.'],
  ])(
    'is shown in the editor at %s of a request',
    (place, type, words) => {
      const info = service.getQuickInfoAtPosition(path, text.lastIndexOf(place));
      expect(ts.displayPartsToString(info?.displayParts)).toContain(type);
      expect(ts.displayPartsToString(info?.documentation)).toBe(words);
    },
    120_000,
  );

  test('is kept in the declarations of a published package', () => {
    const [declarations] = service.getEmitOutput(path, true).outputFiles;
    expect(declarations.text).toMatch(/How much it holds\. \*\/\s+readonly size:/);
    expect(declarations.text).toMatch(/Where it is\. \*\/\s+zone:/);
  }, 120_000);
});

function languageService(path: string, text: string): ts.LanguageService {
  const options: ts.CompilerOptions = {
    strict: true,
    skipLibCheck: true,
    declaration: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ['node'],
  };
  return ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [path],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const content = name === path ? text : ts.sys.readFile(name);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === path || ts.sys.fileExists(name),
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
  });
}
