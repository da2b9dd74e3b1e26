import * as fs from 'node:fs';
import * as path from 'node:path';
import { commitFiles, commitsOf, filesOf, git, isolateGit, newRepository, restoreGit } from '../gitops/repositories';
import { removeFolders } from '../gitops/trees';
import { buildPackage, type GoldenPackage } from './golden-process';
import { PromotedApp } from './promoted-app';

let golden: GoldenPackage;
let app: PromotedApp;

beforeAll(() => {
  golden = buildPackage();
});
beforeEach(() => {
  isolateGit();
  app = new PromotedApp(golden);
});
afterEach(() => {
  restoreGit();
  removeFolders();
});
afterAll(() => golden.remove());

const rollback = (...args: string[]) =>
  app.run('rollback', 'orders', '--environment', 'staging', '--repo', app.bare, '--yes', ...args);

/** Publishes the app with each of these ports, one after the other. @returns the commits of the GitOps repository */
function publishPorts(...ports: number[]): string[] {
  return ports.map((port) => {
    app.commitApp(port);
    app.publish();
    return commitsOf(app.bare)[0];
  });
}

/** The folders of staging at a commit, byte by byte. */
const staging = (commit: string) =>
  Object.fromEntries(Object.entries(filesOf(app.bare, commit)).filter(([file]) => file.startsWith('staging/')));

test('brings the render before back, byte by byte, as a new commit that says so', () => {
  const [first, second] = publishPorts(8080, 9090);
  commitFiles(app.bare, { 'staging/s1/payments/payments/.golden-index': '{}', 'README.md': 'changed\n' });
  const { status, stdout, stderr } = rollback();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^staging \(s1\): 1 changed\n.*\n +~ Deployment api\n/);
  const [head] = commitsOf(app.bare);
  expect(git(app.bare, 'rev-parse', `${head}:staging/s1/orders-staging`)).toBe(
    git(app.bare, 'rev-parse', `${first}:staging/s1/orders-staging`),
  );
  expect(filesOf(app.bare)['README.md']).toBe('changed\n');
  expect(git(app.bare, 'log', '-1', '--format=%(trailers:key=Rolled-Back-To,valueonly)', 'main').trim()).not.toBe(
    second,
  );
  expect(git(app.bare, 'log', '-1', '--format=%B', 'main')).toMatch(
    /^Roll orders in staging back to [0-9a-f]{12}\n\n(?:.*\n)*Source-Commit: [0-9a-f]{40}\nLibrary: .*\nRolled-Back-To: [0-9a-f]{40}\n/,
  );
});

test('goes to the commit that it is told, by its first digits, over a long history', () => {
  const [first] = publishPorts(8080, 9090, 7070);
  for (let n = 0; n < 60; n++) git(app.bare, 'update-ref', 'refs/heads/main', emptyCommit());
  expect(rollback('--to', first.slice(0, 10))).toMatchObject({ status: 0, stderr: '' });
  expect(staging('main')).toEqual(staging(first));
});

test('finds the render before over a long history', () => {
  const [first] = publishPorts(8080, 9090);
  for (let n = 0; n < 60; n++) git(app.bare, 'update-ref', 'refs/heads/main', emptyCommit());
  expect(rollback()).toMatchObject({ status: 0, stderr: '' });
  expect(staging('main')).toEqual(staging(first));
});

test('passes over commits in which an index can’t be read', () => {
  const [first] = publishPorts(8080);
  const index = 'staging/s2/orders-staging/orders/.golden-index';
  commitFiles(app.bare, { [index]: 'garbage\n' });
  publishPorts(9090);
  commitFiles(app.bare, {}, (work) => fs.rmSync(path.join(work, 'staging/s2'), { recursive: true }));
  expect(rollback()).toMatchObject({ status: 0, stderr: '' });
  expect(staging('main')).toEqual(staging(first));
});

test('passes over commits that moved the source only', () => {
  app.commitApp(8080);
  app.publish();
  app.commitApp(9090);
  app.publish();
  app.commitApp(9090, undefined, "if (env.name === 'production') env.external({ kind: 'Secret', name: 'x' });");
  app.commitApp(
    9090,
    undefined,
    "if (env.name === 'production') new GoldenService(env, 'web', { image: env.image('api'), port: 81 });",
  );
  app.publish();
  expect(commitsOf(app.bare)).toHaveLength(4);
  expect(rollback().status).toBe(0);
  expect(app.rendered('staging', 'deployment-api.yaml')).toContain('containerPort: 8080');
});

/** A commit on top of main that changes nothing. */
function emptyCommit(): string {
  const [tree, parent] = ['main^{tree}', 'main'].map((name) => git(app.bare, 'rev-parse', name).trim());
  return git(app.bare, 'commit-tree', '-p', parent, '-m', 'Others', tree).trim();
}

test('prints the change and makes none in a dry run', () => {
  publishPorts(8080, 9090);
  const commits = commitsOf(app.bare);
  const { status, stdout } = rollback('--dry-run', '--json');
  expect([status, JSON.parse(stdout)]).toMatchObject([
    0,
    { problems: [], risks: [], places: [{ environment: 'staging', cluster: 's1' }] },
  ]);
  expect(commitsOf(app.bare)).toEqual(commits);
});

describe('is refused, and changes nothing,', () => {
  test.each<[string, number, RegExp, () => string[]]>([
    [
      'where there was nothing before',
      13,
      /orders\/orders has no earlier render in staging/,
      () => {
        publishPorts(8080);
        return [];
      },
    ],
    [
      'for a commit that the branch does not have',
      7,
      /main has no commit "0123456789"/,
      () => {
        publishPorts(8080);
        return ['--to', '0123456789'];
      },
    ],
    [
      'for a commit of another branch',
      7,
      /main has no commit/,
      () => {
        publishPorts(8080);
        commitFiles(app.bare, { x: 'x\n' }, undefined, 'other');
        return ['--to', commitsOf(app.bare, 'other')[0]];
      },
    ],
    [
      'for a commit that is an option',
      2,
      /commit "--all" is no id of a commit/,
      () => {
        publishPorts(8080);
        return ['--to=--all'];
      },
    ],
    [
      'for a commit that does not hold it',
      13,
      /orders\/orders is not in staging at [0-9a-f]{12}/,
      () => {
        const [first] = publishPorts(8080);
        return ['--to', git(app.bare, 'rev-parse', `${first}^`).trim()];
      },
    ],
    [
      'for a commit in which an index can’t be read',
      13,
      /at [0-9a-f]{12}, the index of 'staging\/s2\/orders-staging\/orders' can't be read; give another commit with --to/,
      () => {
        publishPorts(8080);
        commitFiles(app.bare, { 'staging/s2/orders-staging/orders/.golden-index': 'garbage\n' });
        const [broken] = commitsOf(app.bare);
        commitFiles(app.bare, {}, (work) => fs.rmSync(path.join(work, 'staging/s2'), { recursive: true }));
        return ['--to', broken];
      },
    ],
    [
      'where an index can’t be read',
      4,
      /'staging\/s2\/orders-staging\/orders\/\.golden-index' is not JSON; restore it from git/,
      () => {
        publishPorts(8080, 9090);
        commitFiles(app.bare, { 'staging/s2/orders-staging/orders/.golden-index': 'garbage\n' });
        return [];
      },
    ],
    [
      'where no index can be read',
      4,
      /'staging\/s1\/orders-staging\/orders\/\.golden-index' is not JSON; restore it from git/,
      () => {
        publishPorts(8080, 9090);
        commitFiles(app.bare, { 'staging/s1/orders-staging/orders/.golden-index': 'garbage\n' });
        return [];
      },
    ],
    [
      'in an environment that it is not in',
      13,
      /is not in environment "prod"; it is in staging/,
      () => {
        publishPorts(8080);
        return ['--environment', 'prod'];
      },
    ],
    [
      'for an app that is not there',
      13,
      /app "order" is not in the repository/,
      () => {
        publishPorts(8080);
        return ['order'];
      },
    ],
    [
      'where the render was edited by hand',
      4,
      /deployment-api\.yaml' was edited by hand/,
      () => {
        publishPorts(8080, 9090);
        commitFiles(app.bare, { 'staging/s1/orders-staging/orders/deployment-api.yaml': 'edited: true\n' });
        return ['--to', commitsOf(app.bare)[2]];
      },
    ],
    [
      'to a render that was edited by hand',
      13,
      /at [0-9a-f]{12}, '.*deployment-api\.yaml' was edited by hand; give another commit/,
      () => {
        publishPorts(8080, 9090);
        commitFiles(app.bare, { 'staging/s1/orders-staging/orders/deployment-api.yaml': 'edited: true\n' });
        const [edited] = commitsOf(app.bare);
        app.run('publish', '--repo', app.bare, '--force');
        return ['--to', edited];
      },
    ],
    ['in an empty repository', 7, /the repository is empty/, () => ['--repo', newRepository()]],
    ['in one that is not there', 3, /no\.git can't be reached/, () => ['--repo', path.join(app.folder, 'no.git')]],
  ])('%s', (_, code, message, prepare) => {
    const args = prepare();
    const isApp = args.length === 1;
    const before = commitsOf(app.bare);
    const { status, stderr } = isApp
      ? app.run(
          'rollback',
          ...args,
          ...(args[0].startsWith('--') ? ['orders'] : []),
          '--environment',
          'staging',
          '--repo',
          app.bare,
          '--yes',
        )
      : rollback(...args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/ {4}at |secret/);
    expect([status, commitsOf(app.bare)]).toEqual([code, before]);
    expect(fs.existsSync(path.join(app.folder, 'pwned'))).toBe(false);
  });
});
