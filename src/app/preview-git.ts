import { spawnSync } from 'node:child_process';
import { refuse } from '../platform/golden-error';

/** The git work tree that a tree lies in. */
export class PreviewGit {
  private readonly root: string;
  private readonly isBorn: boolean;

  /** @throws GoldenError when the folder is in no work tree, or its history is cut short. */
  constructor(root: string) {
    this.root = root;
    const inside = this.git(['rev-parse', '--is-inside-work-tree', '--is-shallow-repository']);
    const [isWorkTree, isShallow] = inside.stdout.split('\n');
    if (inside.status !== 0 || isWorkTree !== 'true') {
      // Git also refuses a work tree that belongs to someone else, and says how to trust it.
      const why = inside.stderr.trim().split('\n')[0];
      refuse(
        root,
        `is in no git work tree${why && ` (${why})`}; give a checkout: previews are as old as the last commit that changed them`,
      );
    }
    // The oldest commit of a shallow clone seems to have made all of its files.
    if (isShallow === 'true') {
      refuse(
        root,
        'is in a shallow clone, where every file seems young; fetch the whole history: git fetch --unshallow',
      );
    }
    this.isBorn = this.git(['rev-parse', '--quiet', '--verify', 'HEAD']).status === 0;
  }

  /** When a file was last changed by a commit, in milliseconds since 1970; undefined when no commit has it. */
  lastCommit(file: string): number | undefined {
    if (!this.isBorn) return undefined;
    const date = this.say(['log', '-1', '--format=%cI', '--', file]).trim();
    return date === '' ? undefined : Date.parse(date);
  }

  /** Whether a file differs from what is committed. */
  isChanged(file: string): boolean {
    return this.say(['status', '--porcelain', '--untracked-files=all', '--ignored', '--', file]) !== '';
  }

  /** Commits what has become of some folders, and nothing else. */
  commit(message: string, folders: readonly string[]): void {
    this.say(['commit', '--quiet', '--message', message, '--', ...folders]);
  }

  private say(words: readonly string[]): string {
    const { status, stdout, stderr } = this.git(words);
    if (status !== 0) refuse(this.root, `git ${words[0]} failed: ${stderr.trim().split('\n').join('; ')}`);
    return stdout;
  }

  private git(words: readonly string[]) {
    const args = ['--literal-pathspecs', '-C', this.root, ...words];
    const result = spawnSync('git', args, {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      env: { ...process.env, LC_ALL: 'C' },
    });
    if (result.error) refuse(this.root, `git can't be started: ${result.error.message}`);
    return result;
  }
}
