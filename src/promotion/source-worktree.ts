import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Git, gitEnvironment } from '../gitops/git';
import { wordsOf } from '../gitops/publish-address';
import { show } from '../platform/rule';
import { PromotionError } from './promotion-error';

/** Where something was rendered from, as the index of an app folder says it. */
export interface RecordedSource {
  readonly repo?: string;
  readonly commit: string;
  /** The app's file, below the root of the repository. */
  readonly path: string;
}

/** A work tree of the source, for as long as it is needed. */
export interface SourceWorktree {
  /** Its root. */
  readonly root: string;
  /** The root of the work tree that the command runs in. */
  readonly here: string;
}

/**
 * Checks the source out at its commit, beside the work tree that the command runs in, which stays as it is. No hook runs. It is
 * removed whatever happens.
 *
 * @throws PromotionError when the repository around the working folder does not have the commit and can't fetch it.
 */
export async function withWorktree<T>(
  source: RecordedSource,
  signal: AbortSignal | undefined,
  work: (worktree: SourceWorktree) => Promise<T>,
): Promise<T> {
  const git = new Git({ signal });
  const { commit } = source;
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) {
    throw new PromotionError('source', [`the source commit ${show(commit)} in the index is no id of a commit`]);
  }
  const top = await git.run(['rev-parse', '--show-toplevel']);
  if (top.status !== 0) {
    throw new PromotionError('source', [
      `${process.cwd()} is in no work tree of git; run this in a clone of ${source.repo ?? 'the repository that was published from'}`,
    ]);
  }
  await bring(git, source);
  // The id tells whoever finds it whether its process still runs.
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), `golden-promote-${process.pid}-`)));
  const root = path.join(folder, 'source');
  // An app that is ended because it loops takes the process with it.
  const atExit = () => {
    spawnSync('git', ['worktree', 'remove', '--force', '--', root], { env: gitEnvironment(), stdio: 'ignore' });
    fs.rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', atExit);
  try {
    await git.ask(['worktree', 'add', '--quiet', '--detach', '--', root, commit]);
    return await work({ root, here: top.output.toString().replace(/\r?\n$/, '') });
  } finally {
    process.off('exit', atExit);
    // Also when a signal ended the work: without it the repository would remember a work tree that is gone.
    await new Git({}).run(['worktree', 'remove', '--force', '--', root]);
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A path below the root of a work tree, which no link leads out of. */
export function within({ root }: SourceWorktree, file: string): string {
  const target = path.resolve(root, file);
  const isBelow = (each: string) => each === root || each.startsWith(`${root}${path.sep}`);
  if (path.isAbsolute(file) || !isBelow(target) || (fs.existsSync(target) && !isBelow(fs.realpathSync(target)))) {
    throw new PromotionError('source', [`the source path ${show(file)} in the index leads out of the repository`]);
  }
  return target;
}

/** Makes sure that the repository has a commit; what a shallow clone lacks is fetched. */
async function bring(git: Git, { commit, repo }: RecordedSource): Promise<void> {
  const has = async () => (await git.run(['cat-file', '-e', `${commit}^{commit}`])).status === 0;
  if (await has()) return;
  const isShallow = (await git.ask(['rev-parse', '--is-shallow-repository'])).trim() === 'true';
  const { status, said } = await git.run([
    ...['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules'],
    ...(isShallow ? ['--depth=1'] : []),
    ...['--', 'origin', commit],
  ]);
  if (status === 0 && (await has())) return;
  throw new PromotionError('source', [
    `the commit ${commit.slice(0, 12)}${repo === undefined ? '' : ` of ${repo}`} is not in this repository, and origin does not give it (${wordsOf(said)}); run this in a clone of the repository that was published from`,
  ]);
}
