import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { PromotionError } from './promotion-error';
import type { SourceWorktree } from './source-worktree';

/** Variables by which an npm that runs this process says where it runs; another npm would take them for orders. */
const ofNpm =
  /^npm_(?:package_|lifecycle_|config_(?:local_prefix|global|prefix|dry_run|omit|include|workspaces?)$|command$)/i;

/**
 * Installs the packages that the lock file of a source names, exactly these: `npm ci`.
 *
 * @param file the app's file
 * @throws PromotionError when there is no lock file, or npm fails.
 */
export async function installPackages(worktree: SourceWorktree, file: string, signal?: AbortSignal): Promise<void> {
  const folder = folderOf('package-lock.json', worktree, file);
  if (folder === undefined) {
    throw new PromotionError('install', [
      'there is no package-lock.json beside the app or above it at that commit; commit one, or give --no-install when nothing has to be installed',
    ]);
  }
  const words = ['ci', '--include=dev', '--no-audit', '--no-fund', '--no-progress', '--no-update-notifier'];
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofNpm.test(name)));
  const { status, said } = await new Promise<{ status: number | null; said: string }>((resolve, reject) => {
    const output: Buffer[] = [];
    const child = spawn('npm', words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], signal });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => output.push(data));
    child.once('error', (error) => {
      const message = `npm can't be started (${error.message}); install it, or give --no-install`;
      reject(signal?.aborted ? signal.reason : new PromotionError('install', [message]));
    });
    child.once('close', (code) => resolve({ status: code, said: Buffer.concat(output).toString() }));
  });
  if (status === 0) return;
  const words8 = said
    .split('\n')
    .filter((line) => /^npm (?:err!|error)/i.test(line) && !/A complete log|debug-\d/.test(line))
    .map((line) => line.replace(/^npm (?:err!|error)\s*/i, ''))
    .filter((line) => line !== '')
    .slice(0, 8);
  throw new PromotionError('install', [`npm ci failed: ${words8.join('; ') || `exit code ${status}`}`]);
}

/**
 * Lets a source use the packages that are installed in the work tree that the command runs in.
 *
 * @throws PromotionError when its lock file names others than today's.
 */
export function usePackagesHere(worktree: SourceWorktree, file: string): void {
  const { root, here } = worktree;
  const folder = folderOf('package-lock.json', worktree, file);
  if (folder !== undefined) {
    const lock = path.join(folder, 'package-lock.json');
    const today = path.join(here, path.relative(root, lock));
    if (!fs.existsSync(today) || !fs.readFileSync(lock).equals(fs.readFileSync(today))) {
      throw new PromotionError('install', [
        `${path.relative(root, lock)} names other packages than today's; leave out --no-install, so that those of that commit are installed`,
      ]);
    }
  }
  for (const each of upwards(root, path.dirname(file))) {
    const installed = path.join(here, path.relative(root, each), 'node_modules');
    const link = path.join(each, 'node_modules');
    if (fs.existsSync(installed) && !fs.existsSync(link)) fs.symlinkSync(installed, link);
  }
}

/** The nearest folder with a file of this name, from an app upwards to the root of its repository. */
export function folderOf(name: string, { root }: SourceWorktree, file: string): string | undefined {
  return upwards(root, path.dirname(file)).find((folder) => fs.existsSync(path.join(folder, name)));
}

function upwards(root: string, from: string): string[] {
  return from === root || path.dirname(from) === from ? [from] : [from, ...upwards(root, path.dirname(from))];
}
