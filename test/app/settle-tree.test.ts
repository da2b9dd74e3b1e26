import * as fs from 'node:fs';
import * as path from 'node:path';
import { GoldenApp } from 'cdk8s-golden-path';
import { testPlatform } from 'cdk8s-golden-path/testing';
import { runApps } from '../../src/cli/run-apps';
import { writeInSteps, writeTree } from '../../src/gitops/owned-tree';
import { newFolder, removeFolders, renderOf, snapshot } from '../gitops/trees';
import { buildWriter, runWriter } from '../gitops/writer-process';

const render = (content: string) => renderOf('other', { 'dev/a/other/other': { 'configmap-a.yaml': content } });
const file = 'dev/a/other/other/configmap-a.yaml';
let out: string;

/** A tree whose last writer was killed between the two renames of a folder, so that the folder is gone. */
beforeEach(() => {
  const steps: string[] = [];
  const rehearsal = newFolder();
  writeTree(rehearsal, render('old\n'));
  writeInSteps(rehearsal, render('new\n'), {}, (step) => steps.push(step));
  out = newFolder();
  writeTree(out, render('old\n'));
  const step = steps.findIndex((name) => name.startsWith('install'));
  runWriter(buildWriter(), { root: out, renders: [render('new\n')], signal: { name: 'SIGKILL', step } });
  expect(snapshot(out)).not.toHaveProperty([file]);
  jest.spyOn(console, 'error').mockImplementation();
});
afterEach(() => {
  jest.restoreAllMocks();
  removeFolders();
});

const settled = () => {
  expect(snapshot(out)).toMatchObject({ [file]: 'new\n' });
  expect(fs.readdirSync(out)).not.toContain('.golden');
};

test('a render completes what a killed one left, even where its own app is refused', async () => {
  expect(await runApps([path.join(out, 'missing.ts')], { out }, true)).toBe(1);
  settled();
});

test('so does an app that is run by itself', () => {
  const app = new GoldenApp({ platform: testPlatform, team: 'orders', system: 'shop', outdir: out });
  expect(() => app.synth()).toThrow('renders nothing');
  settled();
});

test('a check has nothing to do with any tree, and leaves this one alone', async () => {
  const before = snapshot(out);
  expect(await runApps([path.join(out, 'missing.ts')], { out }, false)).toBe(1);
  expect(snapshot(out)).toEqual(before);
});

test.each([
  ['a file', 'file', /a file or link is where a folder should be \(ENOTDIR at /],
  ['below a file', 'file/tree', /a file or link is where a folder should be \(ENOTDIR at /],
  ['a name that is too long', 'a'.repeat(300), /a name is too long for the disk \(ENAMETOOLONG at /],
])('where the tree is %s, no app is run', async (_, name, message) => {
  fs.writeFileSync(path.join(out, 'file'), '');
  expect(await runApps(['one.ts'], { out: path.join(out, name) }, true)).toBe(4);
  expect(jest.mocked(console.error).mock.calls.flat()[1]).toMatch(message);
});

test('where it can not be completed, no app is run, and it is said why once', async () => {
  const journal = path.join(out, '.golden/journal.forward');
  fs.writeFileSync(journal, JSON.stringify({ format: 99, moves: [] }));
  expect(await runApps(['one.ts', 'two.ts'], { out }, true)).toBe(4);
  expect(jest.mocked(console.error).mock.calls.flat()).toEqual([
    `error in ${out}`,
    expect.stringContaining('has a journal of format 99'),
    expect.stringContaining('1 problem'),
  ]);
});
