import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Git, type GitAnswer } from './git';
import { GitObjects } from './git-objects';
import { withoutPassword, wordsOf } from './publish-address';
import { PublishError } from './publish-error';

/** The tip of a branch. */
export interface Tip {
  readonly commit: string;
  readonly tree: string;
}

/** What became of a push. */
export interface PushAnswer {
  /** `behind`: others were first. `refused`: the repository does not take it. */
  readonly outcome: 'pushed' | 'behind' | 'refused';
  /** The words of the repository. */
  readonly why: string;
  /** All that was said. */
  readonly said: string;
}

/** How a clone is made. */
export interface CloneOptions {
  /**
   * Who commits, where git's environment and its configuration for all repositories do not say it.
   * @default - what git's configuration says
   */
  readonly settings?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

const remote = 'gitops';

/** What git and servers say of credentials that are missing or do not suffice. */
const locked =
  /authentication failed|could not read (?:username|password)|terminal prompts disabled|permission denied|error: 40[13]|access denied/i;

/**
 * Works on a bare clone in the temporary folder: no files are checked out, and only trees and the files that are asked for are
 * fetched, of the last commit. It is removed whatever happens.
 */
export async function withClone<T>(
  address: string,
  options: CloneOptions,
  work: (clone: GitClone) => Promise<T>,
): Promise<T> {
  // The id tells whoever finds it whether its process still runs.
  const folder = mkdtempSync(join(tmpdir(), `golden-publish-${process.pid}-`));
  const clone = new GitClone(join(folder, 'clone.git'), address, options);
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  // Also when the process is ended from within.
  process.once('exit', remove);
  try {
    return await work(clone);
  } finally {
    await clone.objects.close();
    remove();
    process.off('exit', remove);
  }
}

/** A bare clone that lives for one command. */
export class GitClone {
  readonly git: Git;
  readonly objects: GitObjects;
  private readonly address: string;
  private readonly shown: string;
  private readonly options: CloneOptions;
  private readonly folder: string;
  /** Whether the repository leaves files out until they are asked for. */
  private isPartial = false;
  private isMade = false;

  constructor(folder: string, address: string, options: CloneOptions) {
    this.folder = folder;
    this.options = options;
    // A path is about the folder that the command runs in.
    this.address = existsSync(resolve(address)) ? resolve(address) : address;
    this.shown = withoutPassword(address);
    this.git = new Git({ ...options, gitDir: folder, settings: { ...options.settings, 'user.useConfigOnly': 'true' } });
    this.objects = new GitObjects(this.git, (ids) => this.fetchFiles(ids));
  }

  /**
   * Looks which branch there is.
   *
   * @param asked the default is the one that the repository calls its own
   * @returns the branch, and whether it exists; it does not only where the whole repository is empty
   * @throws PublishError when the repository can't be reached, or has other branches but not this one.
   */
  async find(asked: string | undefined): Promise<{ branch: string; exists: boolean }> {
    if (!this.isMade) await this.make('sha1');
    const { status, output, said } = await this.git.run([
      'ls-remote',
      '--symref',
      '--',
      remote,
      'HEAD',
      'refs/heads/*',
    ]);
    if (status !== 0) this.failed(said);
    const lines = output.toString().split('\n');
    const heads = lines.flatMap((line) => /^([0-9a-f]+)\trefs\/heads\/(.*)$/.exec(line)?.slice(2) ?? []);
    const own = /^ref: refs\/heads\/(.*)\tHEAD$/m.exec(output.toString())?.[1];
    if (/^[0-9a-f]{64}\t/m.test(output.toString())) await this.make('sha256');
    const branch = asked ?? own;
    if (heads.length === 0) return { branch: branch ?? 'main', exists: false };
    if (branch !== undefined && heads.includes(branch)) return { branch, exists: true };
    const known = heads.slice(0, 10).join(', ') + (heads.length > 10 ? `, and ${heads.length - 10} more` : '');
    throw new PublishError('no-branch', [
      branch === undefined
        ? `${this.shown} does not say which branch is its own; give one of ${known}`
        : `${this.shown} has no branch ${JSON.stringify(branch)}; give one of ${known}, or create it there first`,
    ]);
  }

  /** Fetches the last commit of a branch. */
  async fetch(branch: string): Promise<Tip> {
    const { status, said } = await this.git.run([
      ...['fetch', '--quiet', '--depth=1', '--filter=blob:none', '--no-tags', '--no-recurse-submodules'],
      ...['--no-write-fetch-head', '--', remote, `+refs/heads/${branch}:refs/golden/base`],
    ]);
    if (/couldn't find remote ref/.test(said)) {
      throw new PublishError('no-branch', [`the branch ${JSON.stringify(branch)} of ${this.shown} was just removed`]);
    }
    if (status !== 0) this.failed(said);
    this.isPartial = !/filtering not recognized/.test(said);
    const [commit, tree] = await this.objects.ids(['refs/golden/base', 'refs/golden/base^{tree}']);
    return { commit, tree };
  }

  /**
   * Fetches earlier commits of a branch that was fetched.
   *
   * @param commits how many more; all without
   * @returns whether there were any
   */
  async deepen(branch: string, commits?: number): Promise<boolean> {
    if ((await this.git.ask(['rev-parse', '--is-shallow-repository'])).trim() !== 'true') return false;
    const { status, said } = await this.git.run([
      ...['fetch', '--quiet', commits === undefined ? '--unshallow' : `--deepen=${commits}`, '--filter=blob:none'],
      ...['--no-tags', '--no-recurse-submodules', '--no-write-fetch-head'],
      ...['--', remote, `+refs/heads/${branch}:refs/golden/history`],
    ]);
    if (status !== 0) this.failed(said);
    return true;
  }

  /**
   * Pushes a commit as the branch's next one, never over commits of others.
   *
   * @param replaces the commit that the branch may be moved away from, `''` when there may be none
   * @default - the branch is only moved forward
   */
  async push(commit: string, branch: string, replaces?: string): Promise<PushAnswer> {
    const reference = `refs/heads/${branch}`;
    const answer = await this.git.run([
      ...['push', '--porcelain', '--no-thin', '--no-verify', '--no-follow-tags', '--recurse-submodules=no'],
      ...(replaces === undefined ? [] : [`--force-with-lease=${reference}:${replaces}`]),
      ...['--', remote, `${commit}:${reference}`],
    ]);
    const why = /^!\t[^\t]*\t(\[.*)$/m.exec(answer.output.toString())?.[1] ?? '';
    if (answer.status === 0) return { outcome: 'pushed', why, said: answer.said };
    if (why === '') this.brokeOff(branch, answer.said);
    // A shallow update is one onto a commit that the branch does not have any more.
    const behind =
      /^\[rejected\]|\((?:failed to update ref|failed to lock|cannot lock ref|incorrect old value|reference already exists|shallow update not allowed|unable to (?:create|lock|update))/;
    return { outcome: behind.test(why) ? 'behind' : 'refused', why, said: answer.said };
  }

  /** The commit of a branch, `''` where there is no such branch. */
  async commitOf(branch: string): Promise<string> {
    const { status, output, said } = await this.git.run(['ls-remote', '--', remote, `refs/heads/${branch}`]);
    if (status !== 0) this.failed(said);
    const line = output
      .toString()
      .split('\n')
      .find((each) => each.endsWith(`\trefs/heads/${branch}`));
    return line?.split('\t')[0] ?? '';
  }

  /** The tree of a commit. */
  async treeOf(commit: string): Promise<string> {
    return (await this.objects.ids([`${commit}^{tree}`]))[0];
  }

  private async make(format: 'sha1' | 'sha256'): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
    const init = new Git({ ...this.options });
    await init.ask(['init', '--quiet', '--bare', '--template=', `--object-format=${format}`, '--', this.folder]);
    await this.git.ask(['config', `remote.${remote}.url`, this.address]);
    this.isMade = true;
  }

  private async fetchFiles(ids: readonly string[]): Promise<void> {
    if (!this.isPartial) return;
    const words = ['fetch', '--quiet', '--filter=blob:none', '--no-tags', '--no-recurse-submodules', '--stdin'];
    const { status, said } = await new Git({
      ...this.options,
      gitDir: this.folder,
      // Nothing that is here helps the other side to find single files.
      settings: { 'fetch.negotiationAlgorithm': 'noop' },
    }).run([...words, '--no-write-fetch-head', '--', remote], `${ids.join('\n')}\n`);
    if (status !== 0) this.failed(said);
  }

  /** A push that came to no verdict. */
  private brokeOff(branch: string, said: string): never {
    const words = wordsOf(said);
    throw locked.test(said)
      ? new PublishError('refused', [
          `${this.shown} lets this account read but not push to ${branch} (${words}); give it that right, or credentials that have it`,
        ])
      : new PublishError('unreachable', [
          `the push to ${branch} of ${this.shown} broke off (${words}); it may have arrived all the same: run the command again`,
        ]);
  }

  private failed(said: GitAnswer['said']): never {
    const words = wordsOf(said);
    if (/no space left on device|disk quota exceeded/i.test(said)) {
      throw new PublishError('setup', [`the disk is full (${words}); free some space, here in ${tmpdir()} or there`]);
    }
    if (existsSync(this.address) && /does not appear to be a git repository|invalid gitfile format/i.test(said)) {
      const what = statSync(this.address).isDirectory() ? 'a folder that holds no git repository' : 'a file';
      throw new PublishError('invalid', [
        `${this.shown} is ${what}; give the URL of a repository, or the folder that one was cloned or initialised in`,
      ]);
    }
    throw new PublishError('unreachable', [
      locked.test(said)
        ? `${this.shown} lets nobody in without credentials that git has not (${words}); set up git's credential helper or an ssh key for it`
        : `${this.shown} can't be reached (${words}); check the address, and that git can fetch from it here`,
    ]);
  }
}
