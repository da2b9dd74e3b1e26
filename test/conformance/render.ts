import { execFile } from 'node:child_process';
import { join } from 'node:path';

/** Renders app files into a folder with the `golden` command, as a team does. @throws Error with what it said */
export function render(root: string, files: readonly string[], out: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = [join(root, 'bin/golden'), 'render', ...files, '--out', out];
    execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) => {
      if (error === null) {
        resolve();
      } else {
        reject(new Error(`golden render ${files.join(' ')} failed: ${(stderr || stdout || error.message).trim()}`));
      }
    });
  });
}
