import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ClusterTree, readTree } from '../tree';

const root = join(__dirname, '../../..');

const identity = {
  GIT_AUTHOR_NAME: 'golden',
  GIT_AUTHOR_EMAIL: 'golden@localhost',
  GIT_COMMITTER_NAME: 'golden',
  GIT_COMMITTER_EMAIL: 'golden@localhost',
};

/** A GitOps repository on this machine, which golden publishes to. */
export class GitopsRepository {
  /** Where it is read. */
  readonly url: string;
  private readonly bare: string;
  private readonly work: string;

  private constructor(folder: string, url: string | undefined) {
    this.bare = join(folder, 'gitops.git');
    this.work = join(folder, 'gitops');
    this.url = url ?? pathToFileURL(this.bare).href;
  }

  /**
   * Makes a repository, empty but for a first commit.
   *
   * @param folder where it is kept, as `gitops.git`
   * @param url where it is read; its folder when undefined
   */
  static async make(folder: string, url?: string): Promise<GitopsRepository> {
    const repository = new GitopsRepository(folder, url);
    const { bare, work } = repository;
    await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare], folder);
    await run('git', ['clone', '--quiet', bare, work], folder);
    await repository.write({ 'README.md': 'What is delivered.\n' });
    return repository;
  }

  /** Renders apps for what follows git, and pushes them: `golden publish`. */
  async publish(apps: readonly string[], environment: string, env: Readonly<Record<string, string>> = {}) {
    const flags = ['--repo', this.bare, '--branch', 'main', '--environment', environment, '--allow-dirty'];
    await this.golden(['publish', ...apps, ...flags], env);
  }

  /** Renders apps into a clone and pushes it, as somebody does who promotes by hand. */
  async promote(apps: readonly string[], environment: string) {
    await this.pull();
    await this.golden(['render', ...apps, '--out', this.work, '--environment', environment]);
    await this.push(`Promote to ${environment}`);
  }

  /** Writes files, or removes those that are undefined, as one commit of somebody's own. */
  async write(files: Readonly<Record<string, string | undefined>>): Promise<void> {
    await this.pull();
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.work, path);
      mkdirSync(dirname(file), { recursive: true });
      if (text === undefined) rmSync(file);
      else writeFileSync(file, text);
    }
    await this.push(`Change ${Object.keys(files).join(', ')}`);
  }

  /** What `golden status` says of an app, by what Argo CD says of these Applications. */
  async status(app: string, applications: readonly object[]): Promise<string> {
    const file = `${this.work}-applications.json`;
    writeFileSync(file, JSON.stringify({ kind: 'List', items: applications }));
    return this.golden(['status', app, '--repo', this.bare, '--applications', file, '--json']);
  }

  /** The text of a file. */
  async read(path: string): Promise<string> {
    return run('git', ['show', `main:${path}`], this.bare);
  }

  /** What is rendered for a cluster, `<environment>/<cluster>`. */
  async cluster(name: string): Promise<ClusterTree> {
    await this.pull();
    const found = readTree(this.work).find((cluster) => cluster.name === name);
    if (found === undefined) throw new Error(`nothing is rendered for ${name}`);
    return found;
  }

  private async pull(): Promise<void> {
    const heads = await run('git', ['branch', '--list', 'main'], this.bare);
    if (heads !== '') await run('git', ['pull', '--quiet', '--rebase', 'origin', 'main'], this.work);
  }

  private async push(message: string): Promise<void> {
    await run('git', ['add', '--all'], this.work);
    await run('git', ['commit', '--quiet', '--message', message], this.work);
    await run('git', ['push', '--quiet', 'origin', 'HEAD:main'], this.work);
  }

  private golden(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
    const program = [join(root, 'bin/golden'), ...words];
    return run(process.execPath, program, root, { GITOPS_REPOSITORY: this.url, ...env });
  }
}

function run(
  program: string,
  words: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...process.env, ...identity, ...env } };
    execFile(program, words, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${words.join(' ')} failed: ${(stderr || stdout || error.message).trim()}`));
    });
  });
}
