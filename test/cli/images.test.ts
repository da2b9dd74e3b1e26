import * as fs from 'node:fs';
import * as path from 'node:path';
import { buildPackage, type GoldenPackage } from './golden-process';

const digest = `sha256:${'a'.repeat(64)}`;
const older = `sha256:${'b'.repeat(64)}`;
const lock = `# CI writes this\ndev: {}\nstaging:\n  api: { tag: "1.0.0", digest: "${older}" } # the API\n`;

let golden: GoldenPackage;
let file: string;

beforeAll(() => {
  golden = buildPackage();
  file = path.join(golden.folder, 'images.lock.yaml');
});
beforeEach(() => fs.writeFileSync(file, lock));
afterAll(() => golden.remove());

const set = (...args: string[]) => golden.run('images', 'set', ...args);
const written = () => fs.readFileSync(file, 'utf8');

test('pins what was built, and says what was pinned before', () => {
  const { status, stdout, stderr } = set('api', 'staging', `1.1.0@${digest}`);
  expect({ status, stdout, stderr }).toEqual({
    status: 0,
    stdout: 'images.lock.yaml: api for staging is 1.1.0@sha256:aaaaaaaaaaaa, and was 1.0.0@sha256:bbbbbbbbbbbb\n',
    stderr: '',
  });
  expect(written()).toBe(lock.replace('1.0.0', '1.1.0').replace(older, digest));
});

test('does not touch a file that holds the pin already', () => {
  fs.chmodSync(file, 0o440);
  const before = fs.statSync(file).mtimeMs;
  expect(set('api', 'staging', `1.0.0@${older}`).stdout).toMatch(/api for staging is 1\.0\.0@sha256:b{12} already\n/);
  expect(fs.statSync(file).mtimeMs).toBe(before);
});

test('adds an image, and an environment when it is told that it is new', () => {
  expect(set('web', 'dev', `ghcr.io/a/w:1@${digest}`).status).toBe(0);
  expect(set('web', 'qa', `1@${digest}`, '--new-environment', '--json').stdout).toContain('"environment": "qa"');
  expect(written()).toContain(`web: { repository: "ghcr.io/a/w", tag: "1", digest: "${digest}" }`);
  expect(written()).toContain('# the API');
});

test('makes the file that it was told of, and no other', () => {
  fs.rmSync(file);
  expect(set('api', 'staging', `1@${digest}`, '--file', 'new.lock.yaml').status).toBe(0);
  const made = path.join(golden.folder, 'new.lock.yaml');
  expect(fs.readFileSync(made, 'utf8')).toBe(`staging:\n  api: { tag: "1", digest: "${digest}" }\n`);
  fs.rmSync(made);
  expect(set('api', 'staging', `1@${digest}`)).toMatchObject({
    status: 11,
    stderr: expect.stringMatching(/there is none in this folder or above/),
  });
  expect(fs.readdirSync(golden.folder)).toEqual([]);
});

test('says nothing of YAML but what is wrong, and of a folder that it is none', () => {
  fs.writeFileSync(file, 'dev: !x { }\nstaging: {}\n');
  expect(set('api', 'staging', `1@${digest}`)).toMatchObject({ status: 0, stderr: '' });
  fs.rmSync(file);
  fs.mkdirSync(file);
  expect(set('api', 'staging', `1@${digest}`)).toMatchObject({
    status: 11,
    stderr: expect.stringMatching(/^error in images\.lock\.yaml\n {2}- can't be read: EISDIR/),
  });
  fs.rmdirSync(file);
});

test.each<[string, number, string[], RegExp, (string | Buffer)?]>([
  [
    'an environment that is misspelled',
    2,
    ['api', 'stagign', `1@${digest}`],
    /has no environment "stagign" \(did you mean "staging"\?\); it has dev, staging/,
  ],
  [
    'an environment that can be none',
    2,
    ['api', '../x', `1@${digest}`, '--new-environment'],
    /environment "\.\.\/x" is no DNS label/,
  ],
  ['an image that can be none', 2, ['API:1', 'staging', `1@${digest}`], /image "API:1" is no name/],
  ['a tag without a digest', 2, ['api', 'staging', '1.0.0'], /"1\.0\.0" is no pin; write tag@digest/],
  ['an argument that is missing', 2, ['api', 'staging'], /missing required argument 'tag@digest'/],
  [
    'a merge that was not finished',
    11,
    ['api', 'staging', `1@${digest}`],
    /images\.lock\.yaml\n +- line 2 is a marker of a merge/,
    `dev: {}\n<<<<<<< HEAD\n`,
  ],
  ['a path for an image', 2, ['../api', 'staging', `1@${digest}`], /image "\.\.\/api" is no name/],
  [
    'a file of another encoding',
    11,
    ['api', 'staging', `1@${digest}`],
    /images\.lock\.yaml\n +- is no UTF-8; save it as that/,
    Buffer.from('dev: {} # für\n', 'latin1'),
  ],
])('refuses %s, and leaves the file', (_, code, args, message, text = lock) => {
  fs.writeFileSync(file, text);
  const { status, stdout, stderr } = set(...args);
  expect({ status, stdout }).toEqual({ status: code, stdout: '' });
  expect(stderr).toMatch(message);
  expect(fs.readFileSync(file)).toEqual(Buffer.from(text));
});
