import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  commitFiles,
  commitsOf,
  filesOf,
  git,
  isolateGit,
  leftovers,
  newRepository,
  restoreGit,
} from '../gitops/repositories';
import { removeFolders } from '../gitops/trees';
import { buildPackage, type GoldenPackage } from './golden-process';

let golden: GoldenPackage;
let source: string;
let bare: string;

beforeAll(() => {
  golden = buildPackage();
});
beforeEach(() => {
  isolateGit();
  bare = newRepository({ 'README.md': 'hello\n' });
  source = golden.folder;
  for (const name of fs.readdirSync(source)) fs.rmSync(path.join(source, name), { recursive: true });
  git(source, 'init', '--quiet');
  git(source, 'remote', 'add', 'origin', 'https://ci:secret@git.acme.io/orders.git');
  commitApp(8080);
});
afterEach(() => {
  restoreGit();
  removeFolders();
});
afterAll(() => golden.remove());

/** Commits an app; production has no image of its own yet. `host` is all that differs there. */
function commitApp(port: number, host = 'a', pins = ''): void {
  fs.writeFileSync(
    path.join(source, 'app.ts'),
    `import { GoldenApp, GoldenService, Platform } from 'cdk8s-golden-path';
const environments = { dev: { clusters: ['a'] }, test: { clusters: ['a'] }, production: { clusters: ['a'], promotion: 'manual' as const } };
const platform = new Platform({ domain: 'acme.io', registries: ['r.acme.io'], topology: { environments } });
const app = new GoldenApp({ platform, team: 'orders', system: 'shop' });
app.forEachEnvironment((env) => {
  const host = env.select({ production: ${JSON.stringify(host)}, default: undefined });
  new GoldenService(env, 'api', { image: env.image('api'), port: ${port}, ...(host && { host: \`\${host}.\${env.domain}\` }) });
});
app.synth();
`,
  );
  const pin = `api: { tag: "1.0.0", digest: "sha256:${'a'.repeat(64)}" }`;
  fs.writeFileSync(path.join(source, 'images.lock.yaml'), `dev: { ${pin} }\ntest: { ${pin} }\n${pins}`);
  git(source, 'add', '--all');
  git(source, 'commit', '--quiet', '--allow-empty', '--message', `Port ${port}`);
}

const run = (...args: string[]) => golden.run('publish', ...args);

test('renders what publishing may change, and pushes one commit that names its source', () => {
  const { status, stdout, stderr } = run('--repo', bare, '--branch', 'main');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/dev\/a\/orders-dev\/orders +added.*\npublished [0-9a-f]{12} to main\n$/s);
  expect([...new Set(Object.keys(filesOf(bare)).map((name) => name.split('/')[0]))]).toEqual([
    'README.md',
    'dev',
    'test',
  ]);
  expect(git(bare, 'log', '-1', '--format=%B', 'main')).toMatch(
    new RegExp(
      `^Publish orders to dev, test\n\nSource-Repo: https://git\\.acme\\.io/orders\\.git\nSource-Commit: ${git(source, 'rev-parse', 'HEAD').trim()}\nLibrary: cdk8s-golden-path@`,
    ),
  );
});

test('says that there was nothing to do, also at a later commit of the source', () => {
  run('--repo', bare);
  git(source, 'commit', '--quiet', '--allow-empty', '--message', 'docs');
  const { status, stdout } = run('--repo', bare);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'main holds all of it already; nothing was committed\n' });
  expect(commitsOf(bare)).toHaveLength(2);
});

test('publishes one environment of those, and leaves the others', () => {
  run('--repo', bare);
  commitApp(9090);
  expect(run('--repo', bare, '-e', 'test').status).toBe(0);
  const read = (environment: string) =>
    filesOf(bare)[`${environment}/a/orders-${environment}/orders/deployment-api.yaml`];
  expect([read('dev'), read('test')]).toEqual([expect.stringContaining('8080'), expect.stringContaining('9090')]);
});

describe('the source that promotions render', () => {
  const about = (environment = 'test') =>
    JSON.parse(filesOf(bare)[`${environment}/a/orders-${environment}/orders/.golden-index`]).about;
  const head = () => git(source, 'rev-parse', 'HEAD').trim();

  test('is the commit and the file', () => {
    run('--repo', bare);
    expect(about()).toMatchObject({ sourceCommit: head(), sourcePath: 'app.ts' });
  });

  test('moves with what only promotions change, which is not published', () => {
    run('--repo', bare);
    const before = filesOf(bare);
    commitApp(8080, 'b');
    expect(run('--repo', bare)).toMatchObject({ status: 0, stderr: '' });
    expect([about('dev').sourceCommit, about('test').sourceCommit]).toEqual([head(), head()]);
    const after = filesOf(bare);
    const changed = Object.keys(after).filter((file) => after[file] !== before[file]);
    expect(changed.map((file) => path.basename(file))).toEqual(['.golden-index', '.golden-index']);
    expect(Object.keys(after)).toEqual(Object.keys(before));
  });

  test('stays where only the pins that promotions move have changed', () => {
    run('--repo', bare);
    const { sourceCommit } = about();
    commitApp(8080, 'a', `production: { api: { tag: "0.9.0", digest: "sha256:${'b'.repeat(64)}" } }\n`);
    expect(run('--repo', bare).stdout).toMatch(/nothing was committed/);
    expect(about().sourceCommit).toBe(sourceCommit);
  });

  test('moves in one environment when only that one is published', () => {
    run('--repo', bare);
    const { sourceCommit } = about();
    commitApp(8080, 'b');
    run('--repo', bare, '-e', 'test');
    expect([about('dev').sourceCommit, about('test').sourceCommit]).toEqual([sourceCommit, head()]);
  });

  test('is none that a promotion could not render', () => {
    commitApp(8080, 'no host');
    expect(run('--repo', bare)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/orders\/production\/a\/api/),
    });
    expect(commitsOf(bare)).toHaveLength(1);
  });

  test('stays when what no commit has renders the same', () => {
    run('--repo', bare);
    fs.appendFileSync(path.join(source, 'app.ts'), '//\n');
    expect(run('--repo', bare, '--allow-dirty').stdout).toMatch(/nothing was committed/);
  });
});

test('pushes a branch for a pull request, and reports as JSON', () => {
  const { status, stdout } = run('--repo', bare, '--pull-request', '--json');
  const { problems, published } = JSON.parse(stdout);
  expect({ status, problems }).toEqual({ status: 0, problems: [] });
  expect(published).toEqual([expect.objectContaining({ outcome: 'published', branch: 'golden/orders/orders' })]);
  expect([commitsOf(bare).length, commitsOf(bare, 'golden/orders/orders').length]).toEqual([1, 2]);
});

describe('ends with a code and a message of its own, and changes nothing,', () => {
  test.each<[string, number, string[], RegExp, (() => void)?]>([
    ['for a repository that is not there', 3, ['--repo', '/no.git'], /\/no\.git can't be reached/],
    ['for a branch that is not there', 7, ['--branch', 'trunk'], /has no branch "trunk"; give one of main/],
    ['for an address that is an option', 2, ['--repo=--upload-pack=touch pwned'], /begins with a dash/],
    ['for a branch that is an option', 2, ['--branch=--force'], /branch "--force" begins with a dash/],
    ['for an option that it does not have', 2, ['--no-such-option'], /unknown option/],
    ['for an environment that is promoted to', 1, ['-e', 'production'], /production has not the promotion auto/],
    ['for one of them', 1, ['-e', 'dev', '-e', 'production'], /environment "production" is changed by promotions only/],
    ['for an app that is wrong', 1, [], /port 99999/, () => commitApp(99999)],
    [
      'for a change that no commit has',
      8,
      [],
      /app\.ts\n +- has changes that no commit has/,
      () => fs.appendFileSync(path.join(source, 'app.ts'), '//\n'),
    ],
    [
      'for a lock file in a conflict',
      11,
      [],
      /line 1 is a marker of a merge/,
      () => {
        fs.writeFileSync(
          path.join(source, 'images.lock.yaml'),
          '<<<<<<< HEAD\ndev: {}\n=======\ndev: {}\n>>>>>>> other\n',
        );
        git(source, 'commit', '--quiet', '--all', '--message', 'merge');
      },
    ],
    [
      'for a folder of another app',
      4,
      [],
      /belongs to the app 'payments\/x'/,
      () =>
        commitFiles(bare, {
          'dev/a/orders-dev/orders/.golden-index': '{"format":1,"app":"payments/x","about":{},"files":{}}',
        }),
    ],
    [
      'for a branch that it may not push to',
      5,
      [],
      /refused the push to main/,
      () => fs.writeFileSync(path.join(bare, 'hooks/update'), '#!/bin/sh\nexit 1\n', { mode: 0o755 }),
    ],
    [
      'for a configuration that git can not read',
      1,
      [],
      /git does not work in .*: .*bad config .*\nnothing was published/,
      () => fs.appendFileSync(path.join(source, '.git/config'), '[broken'),
    ],
    [
      'for a signature that can not be made',
      1,
      [],
      /git can't sign the commit \(.*\); set up the key, or turn commit\.gpgSign off/,
      () =>
        fs.appendFileSync(process.env.GIT_CONFIG_GLOBAL as string, '[commit]\ngpgSign = true\n[gpg]\nprogram = /none'),
    ],
  ])('%s', (_, code, args, message, prepare) => {
    prepare?.();
    const before = commitsOf(bare);
    const { status, stderr } = run(
      ...(args.some((each) => each.startsWith('--repo')) ? [] : ['--repo', bare]),
      ...args,
    );
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/ {4}at |secret/);
    expect([status, commitsOf(bare)]).toEqual([code, before]);
    expect(fs.existsSync(path.join(source, 'pwned'))).toBe(false);
  });
});

test('without git, it says what to install', () => {
  const { PATH } = process.env;
  process.env.PATH = golden.folder;
  try {
    const { status, stderr } = run('--repo', bare);
    expect(stderr).toMatch(
      /^error in publish\n {2}- git can't be started \(.*\); install it\nnothing was published\n$/,
    );
    expect(status).toBe(1);
  } finally {
    process.env.PATH = PATH;
  }
});

test('publishes what no commit has when that is allowed, and names no source commit', () => {
  fs.appendFileSync(path.join(source, 'app.ts'), '//\n');
  expect(run('--repo', bare, '--allow-dirty').status).toBe(0);
  expect(git(bare, 'log', '-1', '--format=%B', 'main')).not.toContain('Source-Commit');
});

test('ended by a signal, it leaves no clone behind and says so', async () => {
  fs.writeFileSync(path.join(bare, 'hooks/pre-receive'), '#!/bin/sh\nsleep 5\nexit 1\n', { mode: 0o755 });
  const program = path.join(source, '../bin/golden');
  const child = spawn(process.execPath, [program, 'publish', '--repo', bare], { cwd: source, env: process.env });
  const closed = once(child, 'close');
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  while (child.exitCode === null && leftovers(child.pid).length === 0)
    await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGTERM');
  expect(await closed).toEqual([143, null]);
  expect(said).toMatch(/was interrupted/);
  expect(leftovers(child.pid)).toEqual([]);
  expect(spawnSync('git', ['rev-list', '--count', 'main'], { cwd: bare, encoding: 'utf8' }).stdout).toBe('1\n');
});
