import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { PublishError } from './publish-error';

/** What a git command said. */
export interface GitAnswer {
  readonly status: number;
  readonly output: Buffer;
  /** What it said to people, in English. */
  readonly said: string;
}

/** How git commands run. */
export interface GitOptions {
  /**
   * The repository, as `--git-dir` names it.
   * @default - the one around the working folder, if any
   */
  readonly gitDir?: string;

  /**
   * The working folder.
   * @default - that of this process
   */
  readonly folder?: string;

  /**
   * Settings on top of git's own configuration.
   * @default - none
   */
  readonly settings?: Readonly<Record<string, string>>;

  /**
   * Ends the command that runs, and each one after.
   * @default - none
   */
  readonly signal?: AbortSignal;
}

/**
 * Variables by which git is told who commits, how to connect and where its configuration is. All others of its own, such as the
 * `GIT_DIR` that a hook has, are about another repository, and are kept away.
 */
const passed =
  /^GIT_(?:AUTHOR_\w+|COMMITTER_\w+|SSH\w*|ASKPASS|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|SSL_\w+|HTTP_\w+|PROXY_\w+|TERMINAL_PROMPT|EXEC_PATH|TRACE\w*|ALLOW_PROTOCOL)$/;

/** Settings of a person's own work that must not reach a repository that lives for a moment. */
const ownSettings: Readonly<Record<string, string>> = {
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  'gc.auto': '0',
  'maintenance.auto': 'false',
  'color.ui': 'false',
  'fetch.writeCommitGraph': 'false',
};

/** The environment that git gets: nothing of another repository, English, and no question that nobody answers. */
export function gitEnvironment(from: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(from).filter(([name]) => !name.startsWith('GIT_') || passed.test(name));
  return { GIT_TERMINAL_PROMPT: '0', ...Object.fromEntries(kept), LC_ALL: 'C', LANGUAGE: '' };
}

/** Runs git commands, without a shell. */
export class Git {
  private readonly options: GitOptions;
  private readonly environment = gitEnvironment();

  constructor(options: GitOptions) {
    this.options = options;
  }

  /**
   * Runs a command to its end, whatever it comes to.
   *
   * @throws PublishError when there is no git, and the signal's reason when it was ended.
   */
  run(words: readonly string[], input: string | Buffer = ''): Promise<GitAnswer> {
    const { signal } = this.options;
    return new Promise((resolve, reject) => {
      const [output, said]: [Buffer[], Buffer[]] = [[], []];
      const child = this.spawn(words);
      child.stdout.on('data', (data) => output.push(data));
      child.stderr.on('data', (data) => said.push(data));
      child.stdin.end(input);
      child.once('error', (error) => {
        reject(new PublishError('setup', [`git can't be started (${error.message}); install it`]));
      });
      // Only when it has closed does no process of it write to the repository any more.
      child.once('close', (status) => {
        if (signal?.aborted) reject(signal.reason);
        else resolve({ status: status ?? 128, output: Buffer.concat(output), said: Buffer.concat(said).toString() });
      });
    });
  }

  /** Runs a command that is expected to succeed, and gives what it printed. */
  async ask(words: readonly string[], input?: string | Buffer): Promise<string> {
    const { status, output, said } = await this.run(words, input);
    if (status !== 0) throw new Error(`git ${words[0]} failed: ${said.trim() || `exit code ${status}`}`);
    return output.toString();
  }

  /** Starts a command that answers what it is asked, for as long as it is asked. */
  start(words: readonly string[]) {
    const child = this.spawn(words);
    child.stderr.resume();
    const closed = new Promise((resolve) => {
      child.once('error', resolve);
      child.once('close', resolve);
    });
    return { child, closed, answers: child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer> };
  }

  /** Throws the signal's reason when the work was ended. */
  throwIfEnded(): void {
    this.options.signal?.throwIfAborted();
  }

  private spawn(words: readonly string[]): ChildProcessWithoutNullStreams {
    const { gitDir, folder, settings, signal } = this.options;
    signal?.throwIfAborted();
    const all = Object.entries({ ...ownSettings, ...settings }).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    const args = [...(gitDir === undefined ? [] : [`--git-dir=${gitDir}`]), ...all, ...words];
    const child = spawn('git', args, { cwd: folder, env: this.environment, stdio: 'pipe' });
    const end = () => child.kill();
    signal?.addEventListener('abort', end, { once: true });
    child.once('close', () => signal?.removeEventListener('abort', end));
    // A command that ends before it has read everything says why itself.
    child.stdin.on('error', () => {});
    return child;
  }
}
