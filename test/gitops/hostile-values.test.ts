import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { publish } from '../../src/gitops/publish';
import { checkAddress, checkBranch } from '../../src/gitops/publish-address';
import type { PublishError } from '../../src/gitops/publish-error';
import { parsePin } from '../../src/promotion/edit-image-lock';
import { within } from '../../src/promotion/source-worktree';
import { commitFiles, filesOf, git, isolateGit, newRepository, restoreGit } from './repositories';
import { first, newFolder, removeFolders, snapshot } from './trees';

// Each run starts a dozen gits, and a busy machine starts them slowly.
jest.setTimeout(300_000);

let home: string;
const before = process.cwd();

beforeEach(() => {
  isolateGit();
  // What a shell or an option of git would make would be made here.
  home = newFolder();
  process.chdir(home);
});
afterEach(() => {
  expect(snapshot(home)).toEqual({});
  process.chdir(before);
  restoreGit();
  removeFolders();
});

/** Pieces of values that mean something to a shell, to git's options, to references, to paths or to a terminal. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '$(touch pwned)',
      '`touch pwned`',
      '; touch pwned ;',
      '&& touch pwned',
      '| tee pwned',
      '> pwned',
      '$HOME',
      '%s',
    ],
    ...[
      "'",
      '"',
      '\\',
      '\n',
      '\r\n',
      '\t',
      ' ',
      '*',
      '?',
      '[a]',
      '{a,b}',
      '~',
      '^',
      ':',
      '@{',
      '@',
      '#',
      '!',
      '\u0007',
      '\u001b[31m',
    ],
    ...[
      '-',
      '--',
      '--upload-pack=touch pwned',
      '--output=pwned',
      '-o',
      '--exec=touch pwned',
      '-c',
      'core.pager=touch pwned',
      '--',
    ],
    ...[
      '..',
      '../..',
      '/',
      '//',
      '.',
      '.git',
      '.lock',
      'refs/heads/',
      'HEAD',
      'FETCH_HEAD',
      '+',
      ':refs/heads/main',
      '^{commit}',
    ],
    ...[
      'ext::sh -c touch% pwned',
      'fd::1',
      'file://',
      'é',
      'e\u0301',
      '日本',
      '🙂',
      '\u202e',
      '\ud800',
      'Source-Commit: x',
      '<<<<<<<',
    ],
  ),
  fc.stringMatching(/^[a-z0-9]{1,4}$/),
);
const text = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''));

/** How something ended: without an error, or with what refused it. */
async function outcome(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: PublishError) => error.reason ?? String(error),
  );
}

test('whatever passes for a branch is one to git too', () => {
  const git = (branch: string) => spawnSync('git', ['check-ref-format', `refs/heads/${branch}`]).status === 0;
  const ours = (branch: string) => {
    try {
      checkBranch(branch);
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(text, (branch) => !ours(branch) || git(branch)),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zé日][a-z0-9/._-]{0,12}$/u), (branch) => ours(branch) === git(branch)),
    { numRuns: 200 },
  );
});

test('any branch is pushed to under its own name, or refused', async () => {
  const bare = newRepository({ 'README.md': 'hello\n' });
  await fc.assert(
    fc.asyncProperty(text, async (branch) => {
      const heads = git(bare, 'for-each-ref', '--format=%(refname)').split('\n');
      const ended = await outcome(publish({ renders: [first], message: 'x' }, { repository: bare, proposal: branch }));
      const after = git(bare, 'for-each-ref', '--format=%(refname)').split('\n');
      const added = after.filter((name) => !heads.includes(name));
      if (ended !== 'done') {
        expect([ended, added]).toEqual([expect.stringMatching(/^(?:invalid|refused|busy)$/), []]);
      } else expect(added).toEqual(heads.includes(`refs/heads/${branch}`) ? [] : [`refs/heads/${branch}`]);
    }),
    { numRuns: 25 },
  );
});

test('any address is a repository or none, and never a program or an option', async () => {
  await fc.assert(
    fc.asyncProperty(text, async (address) => {
      const ended = await outcome(publish({ renders: [first], message: 'x' }, { repository: address, branch: 'main' }));
      expect(ended).toMatch(/^(?:invalid|unreachable|no-branch)$/);
    }),
    { numRuns: 40 },
  );
});

test('a repository is reached by any path that a file system has', async () => {
  const name = text.filter((each) => !/[/\0]/.test(each) && !/\p{Surrogate}/u.test(each) && !/^\.{1,2}$/.test(each));
  await fc.assert(
    fc.asyncProperty(name, async (each) => {
      const folder = path.join(newFolder(), each);
      fs.renameSync(newRepository({ 'README.md': 'hello\n' }), folder);
      const isFit = !hasControl(folder);
      const ended = await outcome(publish({ renders: [first], message: 'x' }, { repository: folder }));
      expect(ended).toBe(isFit ? 'done' : 'invalid');
      if (isFit) expect(Object.keys(filesOf(folder))).toHaveLength(6);
    }),
    { numRuns: 25 },
  );
});

test('any message is in the commit as it was given, and says nothing in the name of the trailers', async () => {
  const bare = newRepository({ 'README.md': 'hello\n' });
  let round = 0;
  await fc.assert(
    fc.asyncProperty(text, async (message) => {
      const trailers = { 'Source-Commit': `abc${round}`, Library: message };
      const render = {
        ...first,
        folders: first.folders.map((each) => ({ ...each, about: { round: String(round++) } })),
      };
      const ended = await outcome(publish({ renders: [render], message, trailers }, { repository: bare }));
      if (message.trim() === '') return expect(ended).toBe('invalid');
      expect(ended).toBe('done');
      const said = git(bare, 'log', '-1', '--format=%B', '--encoding=UTF-8', 'main');
      const wellFormed = (each: string) => Buffer.from(each).toString();
      expect(said.startsWith(wellFormed(message.replaceAll('\r\n', '\n').trim()))).toBe(true);
      const commits = git(bare, 'log', '-1', '--format=%(trailers:key=Source-Commit,valueonly)', 'main').trim();
      expect(commits).toBe(trailers['Source-Commit']);
    }),
    { numRuns: 25 },
  );
});

test('names of files that others put into the repository are never options, nor paths out of it', async () => {
  const bare = newRepository({ 'README.md': 'hello\n' });
  const strange = ['-rf', '--help', '$(touch pwned)', 'a b', 'é', "quote'", '"'].map((name) => [
    `staging/${name}/x/y/z`,
    'x\n',
  ]);
  commitFiles(bare, Object.fromEntries(strange));
  await publish({ renders: [first], message: 'x' }, { repository: bare });
  expect(Object.keys(filesOf(bare)).filter((name) => name.endsWith('/z'))).toHaveLength(strange.length);
});

test('no path of an index leads out of the work tree of its source', () => {
  const root = fs.realpathSync(newFolder());
  fs.symlinkSync('/etc', path.join(root, 'link'));
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        text.map((each) => `link/${each}`),
      ),
      (file) => {
        let target: string;
        try {
          target = within({ root, here: root }, file);
        } catch {
          return;
        }
        expect(target === root || target.startsWith(`${root}/`)).toBe(true);
        if (fs.existsSync(target)) expect(fs.realpathSync(target).startsWith(root)).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

test('no text but a tag and a digest is a pin', () => {
  fc.assert(
    fc.property(text, (each) => typeof parsePin(each) === 'string' && typeof parsePin(`${each}@sha256:0`) === 'string'),
  );
});

test('no source file that starts programs starts a shell', () => {
  const files = fs.readdirSync(path.join(before, 'src'), { recursive: true, encoding: 'utf8' });
  const starters = files
    // What starts engines is for conformance only.
    .filter((name) => name.endsWith('.ts') && !name.startsWith('dev/'))
    .map((name) => ({ name, text: fs.readFileSync(path.join(before, 'src', name), 'utf8') }))
    .filter(({ text }) => /child_process'/.test(text));
  expect(starters).not.toEqual([]);
  // `exec` as a method is that of regular expressions.
  const shells = starters.filter(({ text }) => /\bshell:|(?<!\.)\b(?:exec|execSync)\(/.test(text));
  expect(shells.map(({ name }) => name)).toEqual([]);
});

/** Whether a text is one that no address may be. */
function hasControl(each: string): boolean {
  try {
    checkAddress(each);
    return false;
  } catch {
    return true;
  }
}
