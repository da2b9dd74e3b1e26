import { indexName } from './folder-index';
import type { Git } from './git';
import type { FolderChange } from './plan-tree';
import { wordsOf } from './publish-address';
import { PublishError } from './publish-error';

/** Who commits, as git writes it into commits, with the time. */
export interface Committer {
  readonly author: string;
  readonly committer: string;
  /** Whether git's configuration asks for a signature. */
  readonly signs: boolean;
}

/**
 * Asks git's configuration who commits.
 *
 * @throws PublishError when it does not say.
 */
export async function askCommitter(git: Git): Promise<Committer> {
  const asked = [
    git.run(['var', 'GIT_AUTHOR_IDENT']),
    git.run(['var', 'GIT_COMMITTER_IDENT']),
    git.run(['config', '--type=bool', '--get', 'commit.gpgSign']),
  ];
  const [author, committer, signs] = await Promise.all(asked);
  if (author.status !== 0 || committer.status !== 0) {
    throw new PublishError('setup', [
      'git does not know who commits; set it with `git config --global user.name NAME` and `git config --global user.email EMAIL`, or GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL, GIT_COMMITTER_NAME and GIT_COMMITTER_EMAIL',
    ]);
  }
  return {
    author: author.output.toString().trim(),
    committer: committer.output.toString().trim(),
    signs: signs.output.toString().trim() === 'true',
  };
}

/**
 * Makes a commit that differs from another in some app folders only, without a work tree or an index.
 *
 * @param base the commit that it follows, undefined for the first
 * @returns its id
 */
export async function commitFolders(
  git: Git,
  base: string | undefined,
  changes: readonly FolderChange[],
  message: string,
  committer: Committer,
): Promise<string> {
  const input = importOf(base, changes, message, committer);
  const commit = (await git.ask(['fast-import', '--quiet', '--force', '--done'], input)).trim();
  if (!committer.signs) return commit;
  // What is imported can't be signed, so its tree is committed once more.
  const parents = base === undefined ? [] : ['-p', base];
  const { status, output, said } = await git.run(
    ['commit-tree', ...parents, '-S', '-F', '-', `${commit}^{tree}`],
    message,
  );
  if (status !== 0)
    throw new PublishError('setup', [
      `git can't sign the commit (${wordsOf(said)}); set up the key, or turn commit.gpgSign off`,
    ]);
  return output.toString().trim();
}

/** What git-fast-import(1) reads. Names of folders and files need no quotes: a render's have no character that does. */
function importOf(
  base: string | undefined,
  changes: readonly FolderChange[],
  message: string,
  { author, committer }: Committer,
): Buffer {
  const parts: Buffer[] = [];
  const line = (text: string) => parts.push(Buffer.from(`${text}\n`));
  const data = (text: string) => {
    const bytes = Buffer.from(text);
    line(`data ${bytes.length}`);
    parts.push(bytes);
    line('');
  };
  line('feature done');
  line('commit refs/golden/draft');
  line('mark :1');
  line(`author ${author}`);
  line(`committer ${committer}`);
  data(message);
  if (base !== undefined) line(`from ${base}`);
  for (const { folder, exists, rendered, indexText = '' } of changes) {
    if (exists) line(`D ${folder}`);
    for (const { name, content } of rendered ? [...rendered.files, { name: indexName, content: indexText }] : []) {
      line(`M 100644 inline ${folder}/${name}`);
      data(content);
    }
  }
  line('get-mark :1');
  line('done');
  return Buffer.concat(parts);
}
