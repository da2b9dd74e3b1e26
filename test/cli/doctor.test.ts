import * as fs from 'node:fs';
import * as path from 'node:path';
import { git, isolateGit, newRepository, restoreGit } from '../gitops/repositories';
import { put, removeFolders } from '../gitops/trees';
import { buildPackage, type GoldenPackage } from './golden-process';

let golden: GoldenPackage;
let folder: string;

beforeAll(() => {
  golden = buildPackage();
});
beforeEach(() => {
  isolateGit();
  folder = golden.folder;
  for (const name of fs.readdirSync(folder)) fs.rmSync(path.join(folder, name), { recursive: true });
  put(folder, 'app.ts', '');
  put(folder, 'package-lock.json', '{}');
  put(folder, 'images.lock.yaml', 'staging: {}\n');
  put(folder, '.gitignore', 'node_modules\n');
  install('cdk8s', '2.70.0');
  install('constructs', '10.5.0');
  git(folder, 'init', '--quiet');
  git(folder, 'remote', 'add', 'origin', 'https://ci:secret@git.acme.io/orders.git');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'x');
});
afterEach(() => {
  restoreGit();
  removeFolders();
});
afterAll(() => golden.remove());

function install(name: string, version: string, below = ''): void {
  put(folder, path.join(below, 'node_modules', name, 'package.json'), JSON.stringify({ name, version }));
}

/** What has a verdict. */
function findings(verdict: string, ...args: string[]): string[] {
  const { findings: all } = JSON.parse(golden.run('doctor', '--json', ...args).stdout);
  return all
    .filter((each: { verdict: string }) => each.verdict === verdict)
    .map((each: { message: string }) => each.message);
}

test('says that all is well, and what was looked at', () => {
  const { status, stdout, stderr } = golden.run('doctor', '--repo', newRepository({ 'README.md': 'hello\n' }));
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^ok {4}node 2\d\..*\nok {4}golden .*\n/);
  expect(stdout).toMatch(/ok {4}cdk8s 2\.70\.0\n(?:.*\n)?ok {4}constructs 10\.5\.0\n/);
  expect(stdout).toMatch(/git commits as Ann <ann@acme\.io>/);
  expect(stdout).toContain('ok    the source is https://git.acme.io/orders.git\n');
  expect(stdout.replace(/\s+/g, ' ')).toMatch(/gitops\.git can be read; its branch is main all is well $/);
  expect(stdout).not.toContain('secret');
});

describe('says what to fix, and fails:', () => {
  test.each<[string, RegExp, () => void, string[]]>([
    [
      'a package that is too old',
      /^cdk8s 2\.60\.0 is not what the library needs; run npm install cdk8s@\^2\.70\.0$/,
      () => install('cdk8s', '2.60.0'),
      [],
    ],
    [
      'a package of another major version',
      /^constructs 11\.0\.0 is not what/,
      () => install('constructs', '11.0.0'),
      [],
    ],
    [
      'a package that is there twice',
      /^constructs is installed 2 times \(10\.5\.0 at node_modules\/constructs, 9\.0\.0 at node_modules\/@acme\/platform\/node_modules\/constructs\); run npm dedupe$/,
      () => install('constructs', '9.0.0', 'node_modules/@acme/platform'),
      [],
    ],
    [
      'a lock file in a conflict',
      /^images\.lock\.yaml: line 1 is a marker of a merge/,
      () => put(folder, 'images.lock.yaml', '<<<<<<< HEAD\n'),
      [],
    ],
    [
      'a topology that is none',
      /^platform\.lock\.yaml: topology\.environments is empty/,
      () => put(folder, 'platform.lock.yaml', 'environments: {}\n'),
      [],
    ],
    [
      'nobody who commits',
      /^git does not know who commits/,
      () => fs.writeFileSync(process.env.GIT_CONFIG_GLOBAL as string, ''),
      [],
    ],
    [
      'no commit',
      /^this folder is in no git work tree with a commit/,
      () => {
        fs.rmSync(path.join(folder, '.git'), { recursive: true });
        git(folder, 'init', '--quiet');
      },
      [],
    ],
    ['a repository that is not there', /no\.git can't be reached/, () => {}, ['--repo', '/no.git']],
    ['an address that is an option', /begins with a dash/, () => {}, ['--repo=--upload-pack=x']],
  ])('%s', (_, message, prepare, args) => {
    prepare();
    expect(findings('fix', ...args)).toEqual([expect.stringMatching(message)]);
    expect(golden.run('doctor', ...args).status).toBe(1);
  });
});

test('copies of the program cdk8s meet nobody', () => {
  install('constructs', '9.0.0', 'node_modules/cdk8s-cli');
  expect(findings('fix')).toEqual([]);
});

test('says what may be meant so, and does not fail', () => {
  for (const name of ['app.ts', 'images.lock.yaml', 'package-lock.json']) fs.rmSync(path.join(folder, name));
  git(folder, 'remote', 'remove', 'origin');
  const all = findings('look', '--repo', newRepository()).join('\n');
  expect(all).toMatch(/no app\.ts here/);
  expect(all).toMatch(/has no remote origin/);
  expect(all).toMatch(/have changes that no commit has/);
  expect(all).toMatch(/can be read, and is empty/);
  expect(golden.run('doctor').status).toBe(0);
});
