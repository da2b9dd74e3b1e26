import { execFile } from 'node:child_process';
import { join } from 'node:path';

/** Renders into a folder with the `golden` command, as a team does. @throws Error with what it said */
export function render(root: string, args: readonly string[], out: string, env: NodeJS.ProcessEnv = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const words = [join(root, 'bin/golden'), 'render', ...args, '--out', out];
    execFile(process.execPath, words, { cwd: root, env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      if (error === null) {
        resolve();
      } else {
        reject(new Error(`golden render ${args.join(' ')} failed: ${(stderr || stdout || error.message).trim()}`));
      }
    });
  });
}
