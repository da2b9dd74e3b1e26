import { relative, resolve } from 'node:path';
import { Git } from '../gitops/git';
import { withoutPassword, wordsOf } from '../gitops/publish-address';
import { PublishError } from '../gitops/publish-error';
import type { Problem } from '../platform/golden-error';

/** Where apps come from. */
export interface PublishSource {
  /** Their repository's address; undefined when it has no remote, or there is no repository. */
  readonly repo?: string;
  /** The commit that they were rendered at; undefined when they were not rendered at any. */
  readonly commit?: string;
  /** The path of each app file in its repository; of none when they were not rendered at a commit. */
  readonly paths: ReadonlyMap<string, string>;
  /** What git is told of who commits there, in that repository alone. */
  readonly settings: Readonly<Record<string, string>>;
  /** Why the commit is not what is rendered. */
  readonly problems: readonly Problem[];
}

/** Asks git where app files come from; all are of the working folder's repository. */
export async function publishSource(files: readonly string[]): Promise<PublishSource> {
  const git = new Git({});
  const line = async (...words: string[]) => {
    const { status, output } = await git.run(words);
    return status === 0 ? output.toString().trim() : undefined;
  };
  const head = await git.run(['rev-parse', '--quiet', '--verify', 'HEAD^{commit}']);
  const commit = head.status === 0 ? head.output.toString().trim() : undefined;
  if (commit === undefined) {
    // Such as that the folder is somebody else's, or that its own configuration can't be read.
    const said = /not a git repository/.test(head.said) ? '' : head.said.trim();
    if (said !== '') throw new PublishError('setup', [`git does not work in ${process.cwd()}: ${wordsOf(said)}`]);
    const message =
      'is in no git work tree with a commit, and what is published names the commit that it comes from; commit it, or publish with --allow-dirty';
    return { paths: new Map(), settings: {}, problems: [{ path: process.cwd(), message }] };
  }
  const settings: Record<string, string> = {};
  for (const key of ['user.name', 'user.email']) {
    const value = await line('config', '--get', key);
    if (value !== undefined && value !== '') settings[key] = value;
  }
  const remote = await line('remote', 'get-url', 'origin');
  const changed = await git.ask(['status', '--porcelain', '-z', '--no-renames', '--untracked-files=no']);
  const known = await Promise.all(
    files.map((file) => line('ls-files', '-z', '--full-name', '--error-unmatch', '--', resolve(file))),
  );
  const problems = [
    // Two letters and a space come before each path (git-status(1)).
    ...changed
      .split('\0')
      .filter((entry) => entry !== '')
      .map((entry) => entry.slice(3)),
    ...files.filter((_, n) => known[n] === undefined),
  ].map(
    (path): Problem => ({ path, message: 'has changes that no commit has; commit it, or publish with --allow-dirty' }),
  );
  return {
    ...(remote && { repo: withoutPassword(remote) }),
    ...(problems.length === 0 && { commit }),
    paths: new Map(
      problems.length > 0 ? [] : files.map((file, n) => [shown(file), known[n]?.split('\0')[0] as string]),
    ),
    settings,
    problems,
  };
}

/** As a run of apps names its files. */
function shown(file: string): string {
  return relative(process.cwd(), resolve(file));
}
