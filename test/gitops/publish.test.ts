import * as fs from 'node:fs';
import * as path from 'node:path';
import { indexName } from '../../src/gitops/folder-index';
import { writeTree } from '../../src/gitops/owned-tree';
import { type Publication, type PublishOptions, type PublishTarget, publish } from '../../src/gitops/publish';
import { commitFiles, commitsOf, filesOf, git, isolateGit, leftovers, newRepository, restoreGit } from './repositories';
import { api, change, first, newFolder, removeFolders, renderOf, snapshot, web } from './trees';

beforeEach(isolateGit);
afterEach(() => {
  expect(leftovers()).toEqual([]);
  restoreGit();
  removeFolders();
});

const hello = { 'README.md': 'hello\n', 'staging/eu/orders/other/x.yaml': 'x: 1\n', 'dev/a/b/api/y.yaml': 'y: 1\n' };

function put(
  bare: string,
  renders: Publication['renders'],
  more: Partial<Publication & PublishTarget & PublishOptions> = {},
) {
  return publish({ renders, message: 'Publish', ...more }, { repository: bare, ...more }, more);
}

describe('a publish', () => {
  test('brings to the branch exactly what a render writes to a folder', async () => {
    const bare = newRepository(hello);
    const { outcome, commit, branch, apps } = await put(bare, [first]);
    expect({ outcome, commit, branch }).toEqual({ outcome: 'published', commit: commitsOf(bare)[0], branch: 'main' });
    expect(apps[0].folders.map(({ folder, change }) => [folder, change])).toEqual([
      [web, 'added'],
      [api, 'added'],
    ]);
    const root = newFolder();
    writeTree(root, first);
    const written = Object.entries(snapshot(root)).filter(([, content]) => content !== '/');
    expect(filesOf(bare)).toEqual({ ...hello, ...Object.fromEntries(written) });
  });

  test('that changes, adds and removes is one commit with one parent', async () => {
    const bare = newRepository(hello);
    await put(bare, [first]);
    const next = renderOf('orders', { [api]: { 'deployment-api.yaml': 'new\n' } }, ['staging', 'production']);
    await put(bare, [next]);
    const [head, parent] = commitsOf(bare);
    expect(git(bare, 'rev-list', '--parents', '-1', head).trim()).toBe(`${head} ${parent}`);
    expect(git(bare, 'diff', '--no-renames', '--name-status', parent, head).trim().split('\n')).toEqual([
      `D\t${web}/${indexName}`,
      `D\t${web}/service-web.yaml`,
      `M\t${api}/${indexName}`,
      `M\t${api}/deployment-api.yaml`,
      `D\t${api}/service-api.yaml`,
    ]);
  });

  test('removes the folder of data that an app does not render any more', async () => {
    const bare = newRepository(hello);
    const render = (folders: Parameters<typeof renderOf>[1]) => ({ ...renderOf('orders', folders), folderName: 'api' });
    const files = { 'service-api.yaml': 'a: 1\n' };
    await put(bare, [render({ [api]: files, [`${api}.data`]: files })]);
    await put(bare, [render({ [api]: files })]);
    const [head, parent] = commitsOf(bare);
    expect(git(bare, 'diff', '--name-status', parent, head).trim().split('\n')).toEqual([
      `D\t${api}.data/${indexName}`,
      `D\t${api}.data/service-api.yaml`,
    ]);
  });

  test('of what is there already commits nothing', async () => {
    const bare = newRepository(hello);
    await put(bare, [first]);
    const commits = commitsOf(bare);
    expect(await put(bare, [first])).toMatchObject({ outcome: 'unchanged', commit: commits[0] });
    expect(commitsOf(bare)).toEqual(commits);
  });

  test('of several apps is one commit', async () => {
    const bare = newRepository(hello);
    await put(bare, [first, renderOf('payments', { 'staging/eu/payments/payments': { 'a.yaml': 'a: 1\n' } })]);
    expect(commitsOf(bare)).toHaveLength(2);
    expect(Object.keys(filesOf(bare))).toContain('staging/eu/payments/payments/a.yaml');
  });

  test('is the first commit of an empty repository, on the branch that it was given', async () => {
    const bare = newRepository();
    expect(await put(bare, [first], { branch: 'trunk' })).toMatchObject({ outcome: 'published', branch: 'trunk' });
    expect(commitsOf(bare, 'trunk')).toHaveLength(1);
  });

  test('goes to the branch that the repository calls its own when none is given', async () => {
    const bare = newRepository(hello, '--initial-branch', 'main');
    commitFiles(bare, { z: 'z' }, undefined, 'release');
    git(bare, 'symbolic-ref', 'HEAD', 'refs/heads/release');
    expect(await put(bare, [first])).toMatchObject({ branch: 'release' });
    expect(commitsOf(bare, 'main')).toHaveLength(1);
  });

  test.each([
    ['files are left out until they are asked for', ['config', 'uploadpack.allowFilter', 'true']],
    ['the whole last commit comes', ['config', 'uploadpack.allowFilter', 'false']],
  ])('works where %s', async (_, words) => {
    const bare = newRepository(hello);
    git(bare, ...words);
    await put(`file://${bare}`, [first]);
    const next = change(first, api, 'service-api.yaml', 'next\n');
    await put(`file://${bare}`, [next]);
    expect(filesOf(bare)).toMatchObject({ [`${api}/service-api.yaml`]: 'next\n', ...hello });
    git(bare, 'fsck', '--strict');
  });

  test('works on a repository with ids of SHA-256', async () => {
    const bare = newRepository(undefined, '--object-format=sha256');
    const work = newFolder();
    git(work, 'init', '--quiet', '--object-format=sha256');
    git(work, 'commit', '--quiet', '--allow-empty', '--message', 'By hand');
    git(work, 'push', '--quiet', bare, 'HEAD:main');
    await put(bare, [first]);
    const { outcome } = await put(bare, [first]);
    expect([outcome, commitsOf(bare)[0].length]).toEqual(['unchanged', 64]);
  });

  test('takes paths from the working folder', async () => {
    const bare = newRepository(hello);
    const home = process.cwd();
    process.chdir(path.dirname(bare));
    try {
      await put('./gitops.git', [first]);
    } finally {
      process.chdir(home);
    }
    expect(commitsOf(bare)).toHaveLength(2);
  });
});

describe('facts of the source', () => {
  const at = (commit: string) => ({ source: { sourceCommit: commit } });
  const recorded = (bare: string, folder: string) =>
    JSON.parse(filesOf(bare)[`${folder}/${indexName}`]).about.sourceCommit;

  test('are recorded in each index, and are no reason for a commit', async () => {
    const bare = newRepository(hello);
    await put(bare, [first], at('one'));
    expect(await put(bare, [first], at('two'))).toMatchObject({ outcome: 'unchanged' });
    expect([recorded(bare, api), recorded(bare, web)]).toEqual(['one', 'one']);
  });

  test('move in all indexes of an app that changed, and in none of another', async () => {
    const bare = newRepository(hello);
    const folder = 'staging/eu/payments/payments';
    const other = renderOf('payments', { [folder]: { 'a.yaml': 'a: 1\n' } });
    await put(bare, [first, other], at('one'));
    await put(bare, [change(first, api, 'service-api.yaml', 'next\n'), other], at('two'));
    expect([api, web, folder].map((each) => recorded(bare, each))).toEqual(['two', 'two', 'one']);
  });
});

describe('the commit', () => {
  test('is by whom git’s configuration names, and ends with the trailers', async () => {
    const bare = newRepository(hello);
    const trailers = { 'Source-Repo': 'https://acme.io/o.git', Library: 'x@1' };
    await put(bare, [first], { message: 'Publish orders', trailers });
    expect(git(bare, 'log', '-1', '--format=%an <%ae>/%cn/%s/%(trailers:only)', 'main').trim()).toBe(
      'Ann <ann@acme.io>/Ann/Publish orders/Source-Repo: https://acme.io/o.git\nLibrary: x@1',
    );
  });

  test.each([
    ['quotes and signs of a shell', '"; touch pwned; $(touch pwned) `touch pwned` \'\\'],
    ['a dash in front', '--amend'],
    ['letters of anywhere', 'Größe 尺寸 🚢 \u202e'],
    ['several paragraphs', 'one\n\ntwo\n\nthree'],
  ])('says what it is told: %s', async (_, message) => {
    const bare = newRepository(hello);
    await put(bare, [first], { message });
    expect(git(bare, 'log', '-1', '--format=%B', 'main').trim()).toBe(message);
    expect(fs.existsSync('pwned')).toBe(false);
  });

  test('takes no trailer from its text, nor a line from the value of a trailer', async () => {
    const bare = newRepository(hello);
    await put(bare, [first], {
      message: 'Publish\n\nSource-Commit: forged',
      trailers: { 'Source-Commit': 'abc', Library: 'x\nSource-Commit: forged' },
    });
    expect(git(bare, 'log', '-1', '--format=%(trailers:key=Source-Commit,valueonly)', 'main').trim()).toBe('abc');
  });

  test('holds the bytes of the render whatever git’s configuration would make of lines, names and hooks', async () => {
    const bare = newRepository({ ...hello, '.gitattributes': '* text eol=crlf filter=no\n*.yaml filter=no\n' });
    const hooks = newFolder();
    fs.writeFileSync(path.join(hooks, 'pre-push'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const settings =
      '[core]\n autocrlf = true\n hooksPath = HOOKS\n[push]\n default = nothing\n followTags = true\n[fetch]\n prune = true\n[diff]\n noprefix = true\n[color]\n ui = always\n[filter "no"]\n clean = false\n required = true\n[safe]\n bareRepository = explicit\n';
    fs.appendFileSync(process.env.GIT_CONFIG_GLOBAL as string, settings.replace('HOOKS', hooks));
    await put(bare, [first]);
    isolateGit();
    expect(filesOf(bare)[`${api}/service-api.yaml`]).toBe('kind: Service\n');
  });

  test('is signed where git’s configuration asks for it', async () => {
    const bare = newRepository(hello);
    const program = path.join(newFolder(), 'gpg');
    const signature = '-----BEGIN PGP SIGNATURE-----\\nx\\n-----END PGP SIGNATURE-----\\n';
    const script = `#!/bin/sh\ncat > /dev/null\nprintf '\\n[GNUPG:] SIG_CREATED x\\n' >&2\nprintf -- '${signature}'\n`;
    fs.writeFileSync(program, script, { mode: 0o755 });
    const settings = `[commit]\n gpgSign = true\n[gpg]\n program = ${program}\n`;
    fs.appendFileSync(process.env.GIT_CONFIG_GLOBAL as string, settings);
    await put(bare, [first], { message: 'Signed' });
    expect(git(bare, 'cat-file', 'commit', 'main')).toMatch(/^gpgsig -----BEGIN PGP SIGNATURE-----\n.*\n\nSigned\n$/ms);
    expect(commitsOf(bare)).toHaveLength(2);
  });

  test('is made where a hook or an alias of git runs the command', async () => {
    const bare = newRepository(hello);
    const other = newRepository(hello);
    const inherited = {
      GIT_DIR: other,
      GIT_WORK_TREE: '/',
      GIT_INDEX_FILE: '/no',
      GIT_OBJECT_DIRECTORY: '/no',
      GIT_NAMESPACE: 'x',
    };
    Object.assign(process.env, inherited);
    try {
      await put(bare, [first]);
    } finally {
      for (const name of Object.keys(inherited)) delete process.env[name];
    }
    expect([commitsOf(bare).length, commitsOf(other).length]).toEqual([2, 1]);
  });
});

describe('a proposal', () => {
  const proposal = 'golden/orders/orders';

  test('leaves the branch as it is, and replaces the one before', async () => {
    const bare = newRepository(hello);
    const main = commitsOf(bare);
    await put(bare, [first], { proposal });
    const next = change(first, api, 'service-api.yaml', 'next\n');
    expect(await put(bare, [next], { proposal })).toMatchObject({ outcome: 'published', branch: proposal });
    expect(commitsOf(bare)).toEqual(main);
    expect(commitsOf(bare, proposal)).toEqual([expect.anything(), ...main]);
    expect(filesOf(bare, proposal)[`${api}/service-api.yaml`]).toBe('next\n');
  });

  test('that is open already is not pushed again', async () => {
    const bare = newRepository(hello);
    const { commit } = await put(bare, [first], { proposal });
    expect(await put(bare, [first], { proposal })).toMatchObject({ outcome: 'unchanged', commit, branch: proposal });
  });

  test('says where the pull request is opened when the forge says so', async () => {
    const bare = newRepository(hello);
    const hook = '#!/bin/sh\necho "Create a pull request:" >&2\necho "  https://git.acme.io/new/1" >&2\n';
    fs.writeFileSync(path.join(bare, 'hooks/post-receive'), hook, { mode: 0o755 });
    expect(await put(bare, [first], { proposal })).toMatchObject({ pullRequest: 'https://git.acme.io/new/1' });
  });
});
