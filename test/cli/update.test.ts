import * as fs from 'node:fs';
import * as path from 'node:path';
import { commitFiles, isolateGit, newRepository, restoreGit } from '../gitops/repositories';
import { removeFolders } from '../gitops/trees';
import { buildPackage, type GoldenPackage } from './golden-process';

let golden: GoldenPackage;
let bare: string;
let file: string;

const published = `# the platform team's
environments:
  staging: { clusters: [s1] }
  production: { clusters: [p1, p2], promotion: manual }
owners: { orders: {} }
`;

beforeAll(() => {
  golden = buildPackage();
  file = path.join(golden.folder, 'platform.lock.yaml');
});
beforeEach(() => {
  isolateGit();
  bare = newRepository({ 'platform.lock.yaml': published });
});
afterEach(() => {
  fs.rmSync(file, { force: true });
  restoreGit();
  removeFolders();
});
afterAll(() => golden.remove());

const update = (...args: string[]) => golden.run('update', '--repo', bare, ...args);

test('brings the file as it was published, and says what changed', () => {
  fs.writeFileSync(
    file,
    'environments:\n  staging: { clusters: [s0] }\n  dev: { clusters: [d] }\nowners: { orders: {} }\n',
  );
  const { status, stdout, stderr } = update();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(
    /^- environments\.dev: \{"clusters":\["d"\]\}\n\+ environments\.production: .*\n~ environments\.staging\.clusters: \["s0"\] is \["s1"\]\nplatform\.lock\.yaml is as at [0-9a-f]{12}\n$/,
  );
  expect(fs.readFileSync(file, 'utf8')).toBe(published);
  expect(update().stdout).toBe('platform.lock.yaml is up to date\n');
});

test('makes the file where there is none, and replaces one in a conflict', () => {
  expect(update().status).toBe(0);
  fs.writeFileSync(file, '<<<<<<< HEAD\n');
  expect(update('--json').status).toBe(0);
  expect(fs.readFileSync(file, 'utf8')).toBe(published);
});

test('only looks when it is told to', () => {
  fs.writeFileSync(file, 'environments: {}\n');
  expect(update('--check')).toMatchObject({ status: 1, stdout: expect.stringMatching(/is not as at/) });
  expect(fs.readFileSync(file, 'utf8')).toBe('environments: {}\n');
  fs.writeFileSync(file, published);
  expect(update('--check').status).toBe(0);
});

test.each<[string, number, RegExp, () => string[]]>([
  [
    'a repository without the file',
    4,
    /platform\.lock\.yaml is not there in the root of main/,
    () => ['--repo', newRepository({ x: 'x\n' })],
  ],
  ['an empty repository', 4, /platform\.lock\.yaml is not there/, () => ['--repo', newRepository()]],
  [
    'one where it is a link',
    4,
    /platform\.lock\.yaml is a symlink/,
    () => {
      commitFiles(bare, {}, (work) => {
        fs.rmSync(path.join(work, 'platform.lock.yaml'));
        fs.symlinkSync('/etc/passwd', path.join(work, 'platform.lock.yaml'));
      });
      return [];
    },
  ],
  [
    'one that says something impossible',
    11,
    /topology\.environments is empty/,
    () => {
      commitFiles(bare, { 'platform.lock.yaml': 'environments: {}\n' });
      return [];
    },
  ],
  [
    'one that is no YAML',
    11,
    /is no YAML/,
    () => {
      commitFiles(bare, { 'platform.lock.yaml': 'a: [\n' });
      return [];
    },
  ],
  ['an address that is an option', 2, /begins with a dash/, () => ['--repo=--upload-pack=x']],
])('refuses %s, and leaves the file', (_, code, message, prepare) => {
  fs.writeFileSync(file, 'environments: {}\n');
  const { status, stderr } = update(...prepare());
  expect(stderr).toMatch(message);
  expect([status, fs.readFileSync(file, 'utf8')]).toEqual([code, 'environments: {}\n']);
});
