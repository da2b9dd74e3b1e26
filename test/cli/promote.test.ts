import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { commitFiles, commitsOf, filesOf, git, isolateGit, newRepository, restoreGit } from '../gitops/repositories';
import { newFolder, removeFolders } from '../gitops/trees';
import { buildPackage, type GoldenPackage } from './golden-process';
import { appText, digest, lockText, PromotedApp } from './promoted-app';

let golden: GoldenPackage;
let app: PromotedApp;
/** What each test's processes leave behind would be here. */
let temporary: string;
const before = process.env.TMPDIR;

beforeAll(() => {
  golden = buildPackage();
});
beforeEach(() => {
  isolateGit();
  temporary = newFolder();
  process.env.TMPDIR = temporary;
  app = new PromotedApp(golden);
});
afterEach(() => {
  expect(fs.readdirSync(temporary).filter((name) => /^golden-(?:promote|publish)-/.test(name))).toEqual([]);
  expect(git(app.folder, 'worktree', 'list', '--porcelain').match(/^worktree /gm)).toHaveLength(1);
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  restoreGit();
  removeFolders();
});
afterAll(() => golden.remove());

test('renders what staging was rendered from, with the images of staging, as one commit with its trailers', () => {
  const source = app.commitApp(8080, { staging: '1.0.0', production: '2.0.0' });
  app.publish();
  const gitops = commitsOf(app.bare)[0];
  // What came after is not promoted, and nothing of it is lost.
  app.commitApp(9999, { staging: '3.0.0', production: '2.0.0' });
  app.write('app.ts', 'this is not finished');
  const { status, stdout, stderr } = app.promote();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const cluster of ['p1', 'p2']) {
    const deployment = app.rendered('production', 'deployment-api.yaml', cluster);
    expect(deployment).toContain('containerPort: 8080');
    expect(deployment).toContain(`image: r.acme.io/api:1.0.0@${digest('a')}`);
  }
  expect(git(app.bare, 'log', '-1', '--format=%B', 'main')).toMatch(
    new RegExp(
      `^Promote orders from staging to production\n\nSource-Repo: .*\nSource-Commit: ${source}\nLibrary: cdk8s-golden-path@.*\nPromoted-From: staging at ${gitops}\n`,
    ),
  );
  expect(app.index('production').about).toMatchObject({ sourceCommit: source, sourcePath: 'app.ts' });
  expect(app.read('app.ts')).toBe('this is not finished');
  expect(stdout).toMatch(/^production \(p1, p2\): 6 added\n/);
});

test('writes the pins to today’s lock file, with its comments, and leaves the others', () => {
  app.commitApp(8080, { staging: '1.0.0', production: '2.0.0' });
  app.publish();
  app.write('images.lock.yaml', lockText({ staging: '3.0.0', production: '2.0.0' }));
  expect(app.promote().stdout).toMatch(
    /images\.lock\.yaml: api for production is 1\.0\.0@sha256:a{12}, and was 2\.0\.0/,
  );
  expect(app.read('images.lock.yaml')).toBe(lockText({ staging: '3.0.0', production: '1.0.0' }));
});

test('says so when production runs all of it already, and pushes nothing', () => {
  app.commitApp(8080);
  app.publish();
  app.promote();
  const commits = commitsOf(app.bare);
  const { status, stdout } = app.promote();
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'main holds all of it already; nothing was committed\n' });
  expect(commitsOf(app.bare)).toEqual(commits);
});

test('prints the change and makes none in a dry run, nor without somebody who says yes', () => {
  app.commitApp(8080, { staging: '1.0.0', production: '2.0.0' });
  app.publish();
  const commits = commitsOf(app.bare);
  const words = [...app.promotion, '--no-install'];
  const dry = app.run(...words, '--dry-run');
  expect([dry.status, dry.stdout]).toEqual([0, expect.stringMatching(/Deployment api[\s\S]*this was a dry run\n$/)]);
  const asked = app.run(...words);
  expect([asked.status, asked.stderr]).toEqual([13, expect.stringMatching(/there is no terminal to ask at.*--yes/)]);
  expect(commitsOf(app.bare)).toEqual(commits);
  expect(app.read('images.lock.yaml')).toBe(lockText({ staging: '1.0.0', production: '2.0.0' }));
});

test('pushes a branch for a pull request, and reports as JSON', () => {
  app.commitApp(8080);
  app.publish();
  const { status, stdout } = app.promote('--pull-request', '--json');
  expect([status, JSON.parse(stdout)]).toEqual([
    0,
    expect.objectContaining({
      problems: [],
      published: expect.objectContaining({ outcome: 'published', branch: 'golden/orders/orders/production' }),
      pins: {
        file: 'images.lock.yaml',
        changes: [expect.objectContaining({ environment: 'production', name: 'api' })],
      },
    }),
  ]);
  expect(commitsOf(app.bare)).toHaveLength(2);
});

describe('the packages', () => {
  /** A package of one file that is the library, with a port of its own. */
  function vendor(version: string, port: number): string {
    const folder = path.join(newFolder(), 'package');
    fs.mkdirSync(folder);
    fs.writeFileSync(
      path.join(folder, 'package.json'),
      JSON.stringify({ name: 'acme-platform', version, main: 'main.js' }),
    );
    const library = JSON.stringify(path.join(path.dirname(app.folder), 'lib/src'));
    fs.writeFileSync(path.join(folder, 'main.js'), `module.exports = { ...require(${library}), port: ${port} };\n`);
    const packed = path.join(path.dirname(folder), 'package.tgz');
    execFileSync('tar', ['-czf', packed, '-C', path.dirname(folder), 'package']);
    return packed;
  }

  function commitWith(version: string, port: number): string {
    fs.mkdirSync(path.join(app.folder, 'vendor'), { recursive: true });
    fs.copyFileSync(vendor(version, port), path.join(app.folder, `vendor/platform.tgz`));
    const dependencies = { 'acme-platform': 'file:vendor/platform.tgz' };
    app.write('package.json', JSON.stringify({ name: 'orders', version: '1.0.0', dependencies }));
    const packages = {
      '': { name: 'orders', version: '1.0.0', dependencies },
      'node_modules/acme-platform': { version, resolved: 'file:vendor/platform.tgz' },
    };
    app.write(
      'package-lock.json',
      JSON.stringify({ name: 'orders', version: '1.0.0', lockfileVersion: 3, requires: true, packages }),
    );
    const text = appText(8080, '', 'acme-platform')
      .replace('import { ', 'import { port, ')
      .replace('port: 8080', 'port');
    app.write('shop/app.ts', text);
    app.write('shop/images.lock.yaml', lockText({ staging: '1.0.0' }));
    fs.rmSync(path.join(app.folder, 'node_modules/acme-platform'), { recursive: true, force: true });
    fs.mkdirSync(path.join(app.folder, 'node_modules/acme-platform'));
    execFileSync('tar', [
      '-xzf',
      path.join(app.folder, 'vendor/platform.tgz'),
      '-C',
      path.join(app.folder, 'node_modules/acme-platform'),
      '--strip-components=1',
    ]);
    return app.commit(version);
  }

  test('are those of the commit that staging was rendered from', () => {
    const source = commitWith('1.0.0', 7001);
    app.publish('shop/app.ts');
    commitWith('2.0.0', 7002);
    const { status, stderr } = app.run(...app.promotion, '--yes');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(app.rendered('production', 'deployment-api.yaml')).toContain('containerPort: 7001');
    expect(app.index('production').about).toMatchObject({ sourceCommit: source, sourcePath: 'shop/app.ts' });
    expect(app.read('shop/images.lock.yaml')).toContain('production:');
  });

  test('of today are used only where the lock file names the same', () => {
    commitWith('1.0.0', 7001);
    app.publish('shop/app.ts');
    commitWith('2.0.0', 7002);
    expect(app.promote()).toMatchObject({
      status: 9,
      stderr: expect.stringMatching(/package-lock\.json names other packages than today's; leave out --no-install/),
    });
  });

  test('that no lock file names are not guessed', () => {
    app.commitApp(8080);
    app.publish();
    const done = app.run(...app.promotion, '--yes');
    expect(done).toMatchObject({
      status: 9,
      stderr: expect.stringMatching(/there is no package-lock\.json.*--no-install/),
    });
  });

  test('that can’t be installed stand in the way, in the words of npm', () => {
    commitWith('1.0.0', 7001);
    app.write('package-lock.json', app.read('package-lock.json').replaceAll('vendor/platform.tgz', 'vendor/gone.tgz'));
    app.write('package.json', app.read('package.json').replaceAll('vendor/platform.tgz', 'vendor/gone.tgz'));
    app.commit();
    app.publish('shop/app.ts');
    const done = app.run(...app.promotion, '--yes');
    expect(done).toMatchObject({ status: 9, stderr: expect.stringMatching(/npm ci failed: .*gone\.tgz/) });
  });
});

describe('is refused, and changes nothing,', () => {
  test.each<[string, number, RegExp, () => string[]]>([
    [
      'when production would run an image that staging does not run',
      13,
      /production would run "r\.acme\.io\/web:9@sha256:c+"?.*, which staging does not run/,
      () => {
        const web = `if (env.name === 'production') new GoldenService(env, 'web', { image: 'r.acme.io/web:9@${digest('c')}', port: 1024 });`;
        app.commitApp(8080, undefined, web);
        app.publish();
        return [];
      },
    ],
    [
      'when staging was edited by hand',
      13,
      /deployment-api\.yaml' was edited by hand; staging does not run what was rendered/,
      () => {
        app.commitApp(8080);
        app.publish();
        commitFiles(app.bare, { 'staging/s1/orders-staging/orders/deployment-api.yaml': 'edited: true\n' });
        return [];
      },
    ],
    [
      'when an index of staging can’t be read',
      4,
      /'staging\/s1\/orders-staging\/orders\/\.golden-index' is not JSON; restore it from git/,
      () => {
        app.commitApp(8080);
        app.publish();
        commitFiles(app.bare, { 'staging/s1/orders-staging/orders/.golden-index': 'garbage\n' });
        return [];
      },
    ],
    [
      'when an index of production can’t be read',
      4,
      /'production\/p3\/orders-production\/orders\/\.golden-index' is not JSON; restore it from git/,
      () => {
        app.commitApp(8080);
        app.publish();
        // A cluster that is not rendered any more.
        commitFiles(app.bare, { 'production/p3/orders-production/orders/.golden-index': 'garbage\n' });
        return [];
      },
    ],
    [
      'when what staging was rendered from is unknown',
      13,
      /does not say from which commit and file/,
      () => {
        app.commitApp(8080);
        app.write('app.ts', `${app.read('app.ts')}//\n`);
        app.publish('--allow-dirty');
        return [];
      },
    ],
    [
      'when that commit is not to be had',
      8,
      /the commit [0-9a-f]{12} of .* is not in this repository, and origin does not give it/,
      () => {
        app.commitApp(8080);
        app.publish();
        for (const name of ['.git', 'node_modules'])
          fs.renameSync(path.join(app.folder, name), path.join(newFolder(), name));
        git(app.folder, 'init', '--quiet');
        git(app.folder, 'commit', '--quiet', '--allow-empty', '--message', 'another repository');
        return [];
      },
    ],
    [
      'to an environment that is published to',
      1,
      /environment "stagin" is unknown/,
      () => {
        app.commitApp(8080);
        app.publish();
        return ['--to', 'stagin'];
      },
    ],
    [
      'to the environment that it is from',
      13,
      /staging is published to, not promoted to/,
      () => {
        app.commitApp(8080);
        app.publish();
        return ['--to', 'staging'];
      },
    ],
    [
      'from an environment that the app is not in',
      13,
      /orders\/orders is not in environment "stagng" \(did you mean "staging"\?\)/,
      () => {
        app.commitApp(8080);
        app.publish();
        return ['--from', 'stagng'];
      },
    ],
    [
      'from an empty repository',
      7,
      /the repository is empty; publish the app to it first/,
      () => {
        app.commitApp(8080);
        return ['--repo', newRepository()];
      },
    ],
    [
      'from a repository that does not hold it',
      13,
      /app "orders" is not in the repository; no app was published to it/,
      () => {
        app.commitApp(8080);
        return [];
      },
    ],
    ['from a branch that is not there', 7, /has no branch "trunk"/, () => ['--branch', 'trunk']],
    [
      'from a branch that is an option',
      2,
      /branch "--upload-pack=x" begins with a dash/,
      () => ['--branch=--upload-pack=x'],
    ],
    [
      'when today’s lock file is in a conflict',
      11,
      /line 1 is a marker of a merge/,
      () => {
        app.commitApp(8080);
        app.publish();
        app.write('images.lock.yaml', '<<<<<<< HEAD\n');
        return [];
      },
    ],
    [
      'when the branch is protected',
      5,
      /refused the push to main/,
      () => {
        app.commitApp(8080);
        app.publish();
        fs.writeFileSync(path.join(app.bare, 'hooks/update'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
        return [];
      },
    ],
    [
      'when the index leads out of the repository',
      8,
      /the source path "\.\.\/\.\.\/etc\/passwd" in the index leads out/,
      () => {
        app.commitApp(8080);
        app.publish();
        const index = app.index('staging');
        index.about.sourcePath = '../../etc/passwd';
        commitFiles(app.bare, { 'staging/s1/orders-staging/orders/.golden-index': JSON.stringify(index) });
        return [];
      },
    ],
    [
      'when the index names an option as its commit',
      8,
      /the source commit "--all" in the index is no id/,
      () => {
        app.commitApp(8080);
        app.publish();
        const index = app.index('staging');
        index.about.sourceCommit = '--all';
        commitFiles(app.bare, { 'staging/s1/orders-staging/orders/.golden-index': JSON.stringify(index) });
        return [];
      },
    ],
  ])('%s', (_, code, message, prepare) => {
    const args = prepare();
    const [files, lock] = [
      filesOf(app.bare),
      fs.existsSync(path.join(app.folder, 'images.lock.yaml')) && app.read('images.lock.yaml'),
    ];
    const { status, stderr } = app.promote(...args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/ {4}at /);
    expect(status).toBe(code);
    expect(filesOf(app.bare)).toEqual(files);
    if (lock) expect(app.read('images.lock.yaml')).toBe(lock);
  });
});

test('takes an image of production alone when it is allowed by name', () => {
  const image = `r.acme.io/web:9@${digest('c')}`;
  app.commitApp(
    8080,
    undefined,
    `if (env.name === 'production') new GoldenService(env, 'web', { image: '${image}', port: 1024 });`,
  );
  app.publish();
  expect(app.promote('--allow-image', image)).toMatchObject({ status: 0 });
});

test('fetches the source commit that a shallow clone lacks', () => {
  const source = app.commitApp(8080);
  app.publish();
  app.commitApp(8081);
  const shallow = path.join(newFolder(), 'shallow');
  git(path.dirname(shallow), 'clone', '--quiet', '--depth=1', `file://${app.origin}`, shallow);
  fs.rmSync(path.join(app.folder, '.git'), { recursive: true });
  fs.renameSync(path.join(shallow, '.git'), path.join(app.folder, '.git'));
  expect(app.promote()).toMatchObject({ status: 0, stderr: '' });
  expect(app.index('production').about.sourceCommit).toBe(source);
});
