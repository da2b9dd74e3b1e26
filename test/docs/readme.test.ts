import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as ts from 'typescript';
import { type Run, withRun } from '../../src/app/run';

const root = resolve(__dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);

/** The code as a file of this folder, so that the package finds itself. */
const files = blocks.map((code, i) => {
  const path = join(__dirname, `readme-block-${i + 1}.ts`);
  return { path, code };
});

beforeAll(() => {
  for (const { path, code } of files) writeFileSync(path, code);
});

afterAll(() => {
  for (const { path } of files) rmSync(path, { force: true });
});

test('the README shows how to write, to call, to give a team its namespace, to set rules, to ask for a database, to offer an API, to override, to start a platform and to test', () => {
  expect(blocks).toHaveLength(9);
});

test('the README installs the package with the peers that it needs, on the Node that it needs', () => {
  const { name, peerDependencies, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const installed = /`npm i ([^`]+)` \(Node (\d+\.\d+) or later\)/.exec(readme);
  expect(installed?.[1].split(' ').sort()).toEqual([name, ...Object.keys(peerDependencies)].sort());
  expect(engines.node).toBe(`>= ${installed?.[2]}.0`);
});

test('every TypeScript block of the README compiles', () => {
  const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.dev.json'), {}, ts.sys as never);
  const program = ts.createProgram(
    files.map(({ path }) => path),
    config?.options ?? {},
  );
  const diagnostics = files.flatMap(({ path }) => ts.getPreEmitDiagnostics(program, program.getSourceFile(path)));
  expect(diagnostics.map((d) => ts.flattenDiagnosticMessageText(d.messageText, '\n'))).toEqual([]);
}, 120_000);

test.each(files)(
  '$path runs, and what it renders is valid',
  async ({ path, code }) => {
    const run: Run = { apps: [] };
    await withRun(run, async () => require(path));
    expect(run.apps).toHaveLength(code.includes('app.synth()') ? 1 : 0);
    for (const { app } of run.apps) expectPromotable(app);
    for (const { synthesis } of run.apps) expect(synthesis.objects.length).toBeGreaterThan(1);
  },
  120_000,
);

/** What the README promotes can be promoted, where it has both environments. */
function expectPromotable({ name, platform }: Run['apps'][number]['app']): void {
  const [, promoted, from, to] = /^golden promote (\S+) .*--from (\S+) --to (\S+)/m.exec(readme) ?? [];
  const { [from]: source, [to]: target } = platform.topology.environments;
  if (name === promoted && source && target)
    expect([source.promotion, target.promotion]).toEqual([undefined, 'manual']);
}
