import { indexName } from './folder-index';
import type { Git } from './git';
import type { FolderChange } from './plan-tree';
import { PublishError } from './publish-error';

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
): Promise<string> {
  const draft = (await git.ask(['fast-import', '--quiet', '--force', '--done'], importOf(base, changes))).trim();
  const sign =
    (await git.run(['config', '--type=bool', '--get', 'commit.gpgSign'])).output.toString().trim() === 'true';
  const parents = base === undefined ? [] : ['-p', base];
  const words = ['commit-tree', ...parents, ...(sign ? ['-S'] : []), '-F', '-', `${draft}^{tree}`];
  const { status, output, said } = await git.run(words, message);
  if (status === 0) return output.toString().trim();
  if (/tell me who you are|auto-detection is disabled|empty ident|no (?:name|email) was given/i.test(said)) {
    throw new PublishError('setup', [
      'git does not know who commits; set it with `git config --global user.name NAME` and `git config --global user.email EMAIL`, or GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL, GIT_COMMITTER_NAME and GIT_COMMITTER_EMAIL',
    ]);
  }
  throw new PublishError('setup', [`git can't commit: ${said.trim()}`]);
}

/**
 * What git-fast-import(1) reads. Its commit is only there for its tree: nobody signs it, and it is never pushed. Names of folders
 * and files need no quotes, because a render's have no character that does.
 */
function importOf(base: string | undefined, changes: readonly FolderChange[]): Buffer {
  const parts: (string | Buffer)[] = [
    'feature done\ncommit refs/golden/draft\nmark :1\ncommitter golden <golden> 0 +0000\ndata 0\n',
  ];
  if (base !== undefined) parts.push(`from ${base}\n`);
  for (const { folder, exists, rendered, indexText } of changes) {
    if (exists) parts.push(`D ${folder}\n`);
    if (rendered === undefined) continue;
    for (const { name, content } of [...rendered.files, { name: indexName, content: indexText ?? '' }]) {
      const bytes = Buffer.from(content);
      parts.push(`M 100644 inline ${folder}/${name}\ndata ${bytes.length}\n`, bytes, '\n');
    }
  }
  parts.push('get-mark :1\ndone\n');
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}
