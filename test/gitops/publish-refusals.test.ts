import * as fs from 'node:fs';
import * as path from 'node:path';
import { indexName } from '../../src/gitops/folder-index';
import { type PublishOptions, type PublishTarget, publish } from '../../src/gitops/publish';
import type { PublishError } from '../../src/gitops/publish-error';
import { commitFiles, commitsOf, filesOf, git, isolateGit, leftovers, newRepository, restoreGit } from './repositories';
import { api, change, first, newFolder, removeFolders, renderOf, web } from './trees';

beforeEach(isolateGit);
afterEach(() => {
  expect(leftovers()).toEqual([]);
  restoreGit();
  removeFolders();
});

const hello = { 'README.md': 'hello\n' };
const next = change(first, api, 'service-api.yaml', 'next\n');

/** Publishes, and gives what stood in the way. */
async function refusal(
  repository: string,
  renders = [first],
  more: Partial<PublishTarget & PublishOptions & { message: string }> = {},
): Promise<[string, readonly string[]]> {
  const done = publish({ renders, message: 'Publish', ...more }, { repository, ...more }, more);
  const error = (await done.then(
    () => new Error('it was published'),
    (each) => each,
  )) as PublishError;
  return [error.reason ?? error.message, error.problems];
}

/** A repository that `first` was published to, and that someone then changed. */
async function changedBy(files: Record<string, string>, work?: (folder: string) => void): Promise<string> {
  const bare = newRepository(hello);
  await publish({ renders: [first], message: 'Publish' }, { repository: bare });
  commitFiles(bare, files, work);
  return bare;
}

describe('a repository is refused', () => {
  test('that is not there', async () => {
    expect(await refusal(path.join(newFolder(), 'no.git'))).toEqual([
      'unreachable',
      [expect.stringMatching(/no\.git can't be reached \(.*does not appear to be a git repository.*check the address/)],
    ]);
  });

  test('that is a folder without one, or a file', async () => {
    const folder = newFolder();
    fs.writeFileSync(path.join(folder, 'file'), 'text\n');
    expect(await refusal(folder)).toEqual([
      'invalid',
      [expect.stringMatching(/ is a folder that holds no git repository; give the URL of a repository, or the folder/)],
    ]);
    expect(await refusal(path.join(folder, 'file'))).toEqual([
      'invalid',
      [expect.stringMatching(/\/file is a file; give the URL/)],
    ]);
  });

  test('that nobody answers for', async () => {
    expect(await refusal('http://user:secret@127.0.0.1:9/gitops.git')).toEqual([
      'unreachable',
      [expect.stringMatching(/^http:\/\/127\.0\.0\.1:9\/gitops\.git can't be reached \((?!.*secret)/)],
    ]);
  });

  test('that has other branches only', async () => {
    expect(await refusal(newRepository(hello), [first], { branch: 'trunk' })).toEqual([
      'no-branch',
      [expect.stringMatching(/has no branch "trunk"; give one of main, or create it there first/)],
    ]);
  });

  test('that is empty, for a pull request', async () => {
    expect(await refusal(newRepository(), [first], { proposal: 'golden/a/b' })).toEqual([
      'no-branch',
      [expect.stringMatching(/is empty; a pull request needs the branch main/)],
    ]);
  });

  test('whose branch is protected: a hook says why', async () => {
    const bare = newRepository(hello);
    const hook = '#!/bin/sh\nprintf "main is protected\\ropen a pull request\\n" >&2\nexit 1\n';
    fs.writeFileSync(path.join(bare, 'hooks/pre-receive'), hook, { mode: 0o755 });
    expect(await refusal(bare)).toEqual([
      'refused',
      [
        expect.stringMatching(
          /refused the push to main \(.*hook declined\): main is protected; open a pull request\); .*--pull-request/,
        ),
      ],
    ]);
    expect(commitsOf(bare)).toHaveLength(1);
  });

  test('that has no room on its disk, or finds none here', async () => {
    const hook = path.join(newFolder(), 'pack-objects');
    // git passes on what it hears before its program ends.
    const program = '#!/bin/sh\necho "write error: No space left on device" >&2\nsleep 2\nexit 1\n';
    fs.writeFileSync(hook, program, { mode: 0o755 });
    fs.appendFileSync(process.env.GIT_CONFIG_GLOBAL as string, `[uploadpack]\npackObjectsHook = ${hook}\n`);
    expect(await refusal(newRepository(hello))).toEqual([
      'setup',
      [
        expect.stringMatching(
          /^the disk is full \(.*No space left on device.*\); free some space, here in .* or there$/,
        ),
      ],
    ]);
  });

  test('that breaks off while it is pushed to: it may have arrived', async () => {
    const bare = newRepository(hello);
    fs.writeFileSync(path.join(bare, 'hooks/pre-receive'), '#!/bin/sh\nkill -9 $PPID\n', { mode: 0o755 });
    expect(await refusal(bare)).toEqual([
      'unreachable',
      [
        expect.stringMatching(
          /the push to main of .* broke off .*may have arrived all the same: run the command again/,
        ),
      ],
    ]);
  });

  test('that has the branch checked out', async () => {
    const bare = newRepository(hello);
    const work = path.join(newFolder(), 'work');
    git(path.dirname(work), 'clone', '--quiet', bare, work);
    expect(await refusal(work)).toEqual([
      'refused',
      [expect.stringMatching(/branch main is checked out.*; give a bare repository/)],
    ]);
  });
});

describe('a tree is refused, and left as it is,', () => {
  test.each<[string, Record<string, string>, ((work: string) => void) | undefined, RegExp]>([
    ['with a file that was edited by hand', { [`${api}/service-api.yaml`]: 'edited\n' }, undefined, /edited by hand/],
    [
      'with a file that no render wrote',
      { [`${api}/mine.yaml`]: 'a: 1\n' },
      undefined,
      /'.*mine\.yaml' is a file that no render/,
    ],
    [
      'with an index of a newer format',
      { [`${api}/${indexName}`]: '{"format": 2}' },
      undefined,
      /has format 2, this version reads 1/,
    ],
    [
      'with an index in a conflict',
      { [`${api}/${indexName}`]: '<<<<<<< HEAD' },
      undefined,
      /is not JSON; restore it from git/,
    ],
    [
      'with a symlink in the place of the app’s folder',
      {},
      (work) => {
        fs.rmSync(path.join(work, api), { recursive: true });
        fs.symlinkSync('/etc', path.join(work, api));
      },
      /'staging\/eu\/orders\/api' is a symlink, the render needs a folder there/,
    ],
    [
      'with a symlink above it',
      {},
      (work) => {
        fs.rmSync(path.join(work, 'staging/eu'), { recursive: true });
        fs.symlinkSync('../production', path.join(work, 'staging/eu'));
      },
      /'staging\/eu' is a symlink, the render needs a folder there/,
    ],
    [
      'with a symlink in the place of a file',
      {},
      (work) => {
        fs.rmSync(path.join(work, api, 'service-api.yaml'));
        fs.symlinkSync('/etc/passwd', path.join(work, api, 'service-api.yaml'));
      },
      /service-api\.yaml' is a symlink in the place of a rendered file/,
    ],
    [
      'with a submodule in the place of the app’s folder',
      {},
      (work) => {
        fs.rmSync(path.join(work, api), { recursive: true });
        git(work, 'rm', '-r', '--quiet', '--cached', '--', api);
        git(work, 'update-index', '--add', '--cacheinfo', `160000,${git(work, 'rev-parse', 'HEAD').trim()},${api}`);
        fs.mkdirSync(path.join(work, api));
      },
      /'staging\/eu\/orders\/api' is a submodule, the render needs a folder there/,
    ],
  ])('%s', async (_, files, work, message) => {
    const bare = await changedBy(files, work);
    const before = git(bare, 'ls-tree', '-r', 'main');
    const [reason, problems] = await refusal(bare, [next]);
    expect([reason, problems.length]).toEqual(['tree', 1]);
    expect(problems[0]).toMatch(message);
    expect(git(bare, 'ls-tree', '-r', 'main')).toBe(before);
  });

  test('with a folder of another app', async () => {
    const bare = newRepository(hello);
    await publish(
      { renders: [renderOf('payments', { [api]: { 'a.yaml': 'a\n' } })], message: 'x' },
      { repository: bare },
    );
    expect(await refusal(bare)).toEqual([
      'tree',
      [expect.stringMatching(/belongs to the app 'payments', not to 'orders'/)],
    ]);
  });

  test('with a path that differs only in case', async () => {
    const bare = newRepository({ ...hello, 'Staging/eu/x/y/z.yaml': 'z\n' });
    expect(await refusal(bare)).toEqual([
      'tree',
      [expect.stringMatching(/'staging' and 'Staging' differ only in case/)],
    ]);
  });

  test('when two apps of one command render the same folder', async () => {
    const bare = newRepository(hello);
    const other = renderOf('payments', { [api]: { 'a.yaml': 'a\n' } });
    expect(await refusal(bare, [first, other])).toEqual([
      'tree',
      [`'${api}' is rendered by both 'orders' and 'payments'; rename one`],
    ]);
  });
});

test('hand-edited files are overwritten when that is forced', async () => {
  const bare = await changedBy({ [`${api}/service-api.yaml`]: 'edited\n' });
  await publish({ renders: [next], message: 'x' }, { repository: bare }, { force: true });
  expect(filesOf(bare)[`${api}/service-api.yaml`]).toBe('next\n');
});

test('what git does not name as committing is told how to set it', async () => {
  fs.writeFileSync(process.env.GIT_CONFIG_GLOBAL as string, '');
  const names = Object.keys(process.env).filter((name) => /^(?:EMAIL|GIT_(?:AUTHOR|COMMITTER)_)/.test(name));
  for (const name of names) delete process.env[name];
  const bare = newRepository();
  expect(await refusal(bare)).toEqual([
    'setup',
    [expect.stringMatching(/git config --global user\.name NAME.*GIT_AUTHOR_NAME/)],
  ]);
  await publish(
    { renders: [first], message: 'x' },
    { repository: bare },
    { settings: { 'user.name': '-n "x', 'user.email': 'x@y' } },
  );
  expect(git(bare, 'log', '-1', '--format=%an', 'main').trim()).toBe('-n "x');
});

describe('of others that push first', () => {
  test('their commits stay, and the publish follows them', async () => {
    const bare = newRepository(hello);
    let pushes = 0;
    const options = {
      onStep: (step: string) => {
        if (step === 'pushing to main' && pushes++ < 2) commitFiles(bare, { [`theirs-${pushes}`]: 'x\n' });
      },
    };
    const { attempts } = await publish({ renders: [first], message: 'x' }, { repository: bare }, options);
    expect([attempts, commitsOf(bare).length]).toEqual([3, 4]);
    expect(filesOf(bare)).toMatchObject({
      'theirs-1': 'x\n',
      'theirs-2': 'x\n',
      [`${web}/service-web.yaml`]: expect.anything(),
    });
  });

  test('what they left is looked at again', async () => {
    const bare = newRepository(hello);
    let pushes = 0;
    const options = {
      onStep: (step: string) => {
        if (step === 'pushing to main' && pushes++ === 0) commitFiles(bare, { [`${api}/theirs.yaml`]: 'x\n' });
      },
    };
    const [reason, problems] = await refusal(bare, [first], options);
    expect([reason, problems]).toEqual([
      'tree',
      [expect.stringMatching(/theirs\.yaml' is a file that no render wrote/)],
    ]);
  });

  test('one gives up after as many attempts as it was given', async () => {
    const bare = newRepository(hello);
    let pushes = 0;
    const onStep = (step: string) => void (step === 'pushing to main' && commitFiles(bare, { [`${pushes++}`]: 'x\n' }));
    expect(await refusal(bare, [first], { onStep, attempts: 2 })).toEqual([
      'busy',
      [expect.stringMatching(/others published 2 times in the meantime .*run the command again/)],
    ]);
  });
});

test.each(['looking at', 'pushing to'])('ended while %s, it leaves no clone behind', async (step) => {
  const bare = newRepository(hello);
  const controller = new AbortController();
  const options = {
    signal: controller.signal,
    onStep: (each: string) => {
      if (each.startsWith(step)) setTimeout(() => controller.abort(), 5);
    },
  };
  const done = publish({ renders: [first], message: 'x' }, { repository: bare }, options);
  await done.catch((error) => expect(error.name).toBe('AbortError'));
  expect(leftovers()).toEqual([]);
});
