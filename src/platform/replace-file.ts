import * as fs from 'node:fs';
import * as path from 'node:path';
import { refuse } from './golden-error';

/**
 * Writes a file so that readers see the old text or the new one, and a link stays a link.
 *
 * @throws GoldenError when it can't be written.
 */
export function replaceFile(file: string, text: string): void {
  const target = fs.existsSync(file) ? fs.realpathSync(file) : path.resolve(file);
  const draft = `${target}.${process.pid}`;
  try {
    const mode = fs.existsSync(target) ? fs.statSync(target).mode : 0o644;
    fs.writeFileSync(draft, text, { mode });
    fs.renameSync(draft, target);
  } catch (error) {
    fs.rmSync(draft, { force: true });
    refuse(file, `can't be written: ${(error as Error).message}`);
  }
}
