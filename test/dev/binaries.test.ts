import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Binaries, type BinarySources, binarySources, cacheKey, MissingProgramsError } from '../../src/dev/binaries';

const alpha = { name: 'alpha', module: 'greek', package: 'example/alpha' };
const beta = { name: 'beta', module: 'greek', package: 'example/beta' };

let folder: string;
let sources: BinarySources;
const path = process.env.PATH;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'binaries-'));
  sources = { modules: join(folder, 'modules'), cache: join(folder, 'cache'), ready: join(folder, 'ready') };
  mkdirSync(join(sources.modules, 'greek'), { recursive: true });
  mkdirSync(join(folder, 'ready'));
  mkdirSync(join(folder, 'path'));
  writeFileSync(join(sources.modules, 'greek/go.mod'), 'module greek\n\ngo 1.24\n');
  writeFileSync(join(sources.modules, 'greek/go.sum'), '');
});

afterEach(() => {
  process.env.PATH = path;
  rmSync(folder, { recursive: true });
});

/** Puts a `go` on an otherwise empty PATH that answers `env` and, for `build`, runs these lines with $out as target. */
function fakeGo(build: string): void {
  const script = `#!/bin/sh
[ "$1" = env ] && { printf 'go1.26.0\\nlinux\\namd64\\n'; exit; }
while [ "$1" != -o ]; do shift; done; out=$2
${build}
`;
  writeFileSync(join(folder, 'path/go'), script);
  chmodSync(join(folder, 'path/go'), 0o755);
  process.env.PATH = join(folder, 'path');
}

test('a ready binary is taken as it is, without Go', async () => {
  process.env.PATH = join(folder, 'path');
  writeFileSync(join(folder, 'ready/alpha'), '');
  const binaries = new Binaries(sources);
  await binaries.require([alpha]);
  expect(await binaries.find(alpha)).toBe(join(folder, 'ready/alpha'));
});

test('without Go, every program that is not ready is named in one error, with what to do', async () => {
  process.env.PATH = join(folder, 'path');
  const gamma = { ...alpha, name: 'gamma' };
  writeFileSync(join(folder, 'ready/alpha'), '');
  const failure = new Binaries(sources).require([alpha, beta, gamma]);
  await expect(failure).rejects.toThrow(MissingProgramsError);
  await expect(failure).rejects.toThrow(
    `cannot build beta, gamma: there is no go on the PATH; install Go 1.24 or newer, or set GOLDEN_ENGINES to a folder (${sources.ready} lacks them) with ready binaries of these names`,
  );
});

test('the newest Go that any of the modules asks for is the one to install', async () => {
  process.env.PATH = join(folder, 'path');
  mkdirSync(join(sources.modules, 'latin'));
  writeFileSync(join(sources.modules, 'latin/go.mod'), 'module latin\n\ngo 1.26.3\n');
  const failure = new Binaries(sources).require([alpha, { ...beta, module: 'latin' }]);
  await expect(failure).rejects.toThrow('install Go 1.26.3 or newer');
});

test('a program is built once and found again by another run', async () => {
  fakeGo('echo built >> "$out"');
  const lines: string[] = [];
  const first = await new Binaries({ ...sources, log: (line) => lines.push(line) }).find(alpha);
  fakeGo('exit 1');
  expect(await new Binaries(sources).find(alpha)).toBe(first);
  expect(lines[0]).toMatch(/^building alpha from example\/alpha/);
});

test('a failed build leaves nothing behind and says what the compiler said', async () => {
  fakeGo('echo partial > "$out"; echo "syntax error in alpha.go" >&2; exit 1');
  await expect(new Binaries(sources).find(alpha)).rejects.toThrow('syntax error in alpha.go');
  expect(readdirSync(sources.cache)).toEqual([]);
});

test.each([
  ['the pinned requirements', () => writeFileSync(join(sources.modules, 'greek/go.mod'), 'module greek\n\ngo 1.25\n')],
  ['the checksums', () => writeFileSync(join(sources.modules, 'greek/go.sum'), 'example v1.0.0 h1:x=\n')],
])('the cache key changes with %s', (_, change) => {
  const module = join(sources.modules, 'greek');
  const before = cacheKey(alpha, module, 'go1.26.0');
  expect(cacheKey(alpha, module, 'go1.26.0')).toBe(before);
  change();
  expect(cacheKey(alpha, module, 'go1.26.0')).not.toBe(before);
});

test('the cache key changes with the package, the linked variables and the toolchain', () => {
  const module = join(sources.modules, 'greek');
  const keys = [
    cacheKey(alpha, module, 'go1.26.0'),
    cacheKey(beta, module, 'go1.26.0'),
    cacheKey({ ...alpha, variables: { 'main.version': '1' } }, module, 'go1.26.0'),
    cacheKey(alpha, module, 'go1.26.1'),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

test('the cache key of a package of the module itself changes with its sources', () => {
  const module = join(sources.modules, 'greek');
  const own = { ...alpha, package: './alpha' };
  mkdirSync(join(module, 'alpha'));
  writeFileSync(join(module, 'alpha/main.go'), 'package main\n');
  const before = cacheKey(own, module, 'go1.26.0');
  writeFileSync(join(module, 'alpha/main.go'), 'package main\n\nfunc main() {}\n');
  expect(cacheKey(own, module, 'go1.26.0')).not.toBe(before);
});

test('the environment names the folders; the cache is in the checkout by default', () => {
  expect(binarySources('/repo', {})).toMatchObject({ cache: '/repo/.cache/engines', ready: undefined });
  expect(binarySources('/repo', { GOLDEN_ENGINES: 'bin', GOLDEN_ENGINES_CACHE: '/c' })).toMatchObject({
    cache: '/c',
    ready: '/repo/bin',
  });
});
