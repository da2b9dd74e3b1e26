import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { GoldenPackage } from './golden-process';

/**
 * What a person sees who runs a command: output and errors in the order in which they come.
 *
 * @param input what is piped in
 */
export function terminal({ folder }: GoldenPackage, command: string, input = ''): string {
  const file = path.join(folder, '.terminal');
  const out = fs.openSync(file, 'w');
  const { CDK8S_OUTDIR, NODE_OPTIONS, ...env } = process.env;
  const program = path.join(folder, '../bin/golden');
  // No argument of these tests has a blank in it.
  const args = command.split(' ').slice(1);
  const { status } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    env,
    input,
    stdio: ['pipe', out, out],
  });
  fs.closeSync(out);
  return `$ ${command}\n${fs.readFileSync(file, 'utf8')}exit code ${status}\n`;
}

/** A recording of what a person sees, reviewed like code. UPDATE_FIXTURES=1 writes what is there. */
export function recorded(name: string, text: string): string {
  const file = path.join(__dirname, 'fixtures', `${name}.txt`);
  if (process.env.UPDATE_FIXTURES) fs.writeFileSync(file, text);
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

/** The lines that an 80-column terminal would break, but for those of one word. */
export function tooWide(text: string): string[] {
  return text.split('\n').filter((line) => line.length > 80 && line.trim().includes(' '));
}
