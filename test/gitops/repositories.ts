import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { newFolder, put } from './trees';

/** Lets git know one committer and no other configuration, until `restoreGit`. */
export function isolateGit(): void {
  const folder = newFolder();
  const identity = '[user]\n\tname = Ann\n\temail = ann@acme.io\n[init]\n\tdefaultBranch = main\n';
  fs.writeFileSync(path.join(folder, 'gitconfig'), identity);
  Object.assign(process.env, { GIT_CONFIG_GLOBAL: path.join(folder, 'gitconfig'), GIT_CONFIG_NOSYSTEM: '1' });
}

const before = { ...process.env };

export function restoreGit(): void {
  for (const name of ['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_NOSYSTEM']) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
}

/** Clones that a process has in the temporary folder. */
export function leftovers(pid = process.pid): string[] {
  return fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith(`golden-publish-${pid}-`));
}

/** Runs git and gives what it prints. */
export function git(folder: string, ...words: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', words, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: process.env,
  });
  if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`);
  return stdout;
}

/** A bare repository with a commit of these files on `main`, or without any. */
export function newRepository(files?: Record<string, string>, ...init: string[]): string {
  const folder = newFolder();
  const bare = path.join(folder, 'gitops.git');
  git(folder, 'init', '--quiet', '--bare', ...init, bare);
  if (files) commitFiles(bare, files);
  return bare;
}

/** Commits files to a branch as a person does, over a clone; `change` may do more to the work tree. */
export function commitFiles(
  bare: string,
  files: Record<string, string>,
  change: (work: string) => void = () => {},
  branch = 'main',
): void {
  const work = path.join(newFolder(), 'work');
  git(path.dirname(work), 'clone', '--quiet', bare, work);
  git(work, 'checkout', '--quiet', '-B', branch);
  for (const [file, content] of Object.entries(files)) put(work, file, content);
  change(work);
  git(work, 'add', '--all');
  git(work, 'commit', '--quiet', '--message', 'By hand');
  git(work, 'push', '--quiet', 'origin', `HEAD:${branch}`);
}

/** Every file of a branch: path to content. */
export function filesOf(bare: string, branch = 'main'): Record<string, string> {
  const names = git(bare, 'ls-tree', '-r', '-z', '--name-only', branch).split('\0').filter(Boolean);
  return Object.fromEntries(names.map((name) => [name, git(bare, 'cat-file', 'blob', `${branch}:${name}`)]));
}

/** The commits of a branch, newest first. */
export function commitsOf(bare: string, branch = 'main'): string[] {
  return git(bare, 'rev-list', branch).split('\n').filter(Boolean);
}
