import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { gitEnvironment } from '../../src/gitops/git';
import { checkAddress, checkBranch, pullRequestAddress, withoutPassword } from '../../src/gitops/publish-address';
import { commitMessage } from '../../src/gitops/publish-message';

const accepts = (check: (value: string) => void, value: string) => {
  try {
    check(value);
    return true;
  } catch {
    return false;
  }
};

describe('an address', () => {
  test.each(['--upload-pack=touch x', '-x', '', ' ', 'a\nb', 'a\0b', 'ext::sh -c x', 'EXT::x', 'fd::17'])(
    '%j is refused',
    (address) => {
      expect(() => checkAddress(address)).toThrow(/^repository /);
    },
  );

  test.each(['https://a/b', 'git@a:b/c.git', '../gitops.git', 'C:\\gitops', 'codecommit::eu://a', 'a b"\'$(x)é'])(
    '%j is left to git',
    (address) => expect(() => checkAddress(address)).not.toThrow(),
  );

  test.each([
    ['https://me:secret@a.io/b.git', 'https://a.io/b.git'],
    ['https://token@a.io/b.git', 'https://a.io/b.git'],
    ['https://me:p@ss:w@rd@a.io/b.git', 'https://a.io/b.git'],
    ['ssh://git@a.io/b.git', 'ssh://git@a.io/b.git'],
    ['ssh://git:secret@a.io/b.git', 'ssh://a.io/b.git'],
    ['git@a.io:b.git', 'git@a.io:b.git'],
    ["can't reach 'https://x:y@a/' and https://z@b/", "can't reach 'https://a/' and https://b/"],
  ])('%s is shown as %s', (address, shown) => {
    expect(withoutPassword(address)).toBe(shown);
  });
});

describe('a branch', () => {
  test.each([
    '-x',
    '--force',
    'refs/heads/main',
    'a..b',
    'a b',
    'a\nb',
    '',
    '/a',
    'a/',
    'a//b',
    '.a',
    'a/.b',
    'a.lock',
    '@',
    'a@{b',
    'a.',
    '+a',
    'a:b',
  ])('%j is refused or harmless', (branch) => {
    if (branch === '+a') expect(accepts(checkBranch, branch)).toBe(true);
    else expect(() => checkBranch(branch)).toThrow(/^branch /);
  });

  test('is accepted exactly when git accepts it', () => {
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'a./-~^:?*[\\@{ \u0001é🚢'), minLength: 1, maxLength: 6 }),
      fc.string({ minLength: 1, maxLength: 8 }),
    );
    fc.assert(
      fc.property(
        text.filter((name) => !name.includes('\0') && !name.startsWith('-') && !name.startsWith('refs/')),
        (name) => {
          const { status } = spawnSync('git', ['check-ref-format', `refs/heads/${name}`]);
          // `@` alone is a name for git only below a folder; it means HEAD everywhere else.
          expect([name, accepts(checkBranch, name)]).toEqual([name, status === 0 && name !== '@']);
        },
      ),
      { numRuns: 200 },
    );
  }, 60_000);
});

test.each([
  ['https://u:p@github.com/acme/gitops.git', 'https://github.com/acme/gitops/compare/main...golden/a/b?expand=1'],
  ['git@github.com:acme/gitops.git', 'https://github.com/acme/gitops/compare/main...golden/a/b?expand=1'],
  [
    'ssh://git@gitlab.acme.io:2222/x/y/gitops.git',
    'https://gitlab.acme.io/x/y/gitops/-/merge_requests/new?merge_request%5Bsource_branch%5D=golden%2Fa%2Fb&merge_request%5Btarget_branch%5D=main',
  ],
  [
    'https://bitbucket.org/acme/gitops',
    'https://bitbucket.org/acme/gitops/pull-requests/new?source=golden%2Fa%2Fb&dest=main',
  ],
  ['https://git.acme.io/gitops', undefined],
  ['/srv/gitops.git', undefined],
])('a pull request to %s is opened at %s', (address, expected) => {
  expect(pullRequestAddress(address, 'main', 'golden/a/b', '')).toBe(expected);
});

test('git gets nothing of another repository, and keeps what says who commits and how to connect', () => {
  const { PATH } = process.env;
  expect(
    gitEnvironment({
      ...{
        PATH,
        GIT_DIR: 'x',
        GIT_WORK_TREE: 'x',
        GIT_INDEX_FILE: 'x',
        GIT_NAMESPACE: 'x',
        GIT_CONFIG_PARAMETERS: 'x',
      },
      ...{
        GIT_AUTHOR_NAME: 'Ann',
        GIT_SSH_COMMAND: 'ssh -i key',
        GIT_CONFIG_COUNT: '0',
        LC_ALL: 'de_DE',
        LANGUAGE: 'de',
      },
    }),
  ).toEqual({
    ...{ PATH, GIT_AUTHOR_NAME: 'Ann', GIT_SSH_COMMAND: 'ssh -i key', GIT_CONFIG_COUNT: '0' },
    ...{ LC_ALL: 'C', LANGUAGE: '', GIT_TERMINAL_PROMPT: '0' },
  });
});

test.each(['', ' \n', 'a\0b'])('the message %j is refused', (text) => {
  expect(() => commitMessage(text)).toThrow(/^the message /);
});
