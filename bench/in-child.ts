import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { CaseName } from './cases';
import type { Numbers } from './numbers';

const entry = join(__dirname, 'run.js');

/** Runs a case in a fresh process, so that no measurement warms another one up. */
export function inChild(name: CaseName, size: number, folder?: string): Numbers {
  const args = ['--expose-gc', entry, 'case', name, String(size), ...(folder ? [folder] : [])];
  return JSON.parse(succeed(args)) as Numbers;
}

/** Runs each case the same number of times, in turns, and keeps the least of every number: what others did to the machine adds. */
export function inTurns<Key extends string>(
  times: number,
  runs: Readonly<Record<Key, () => Numbers>>,
): Record<Key, Numbers> {
  const best = {} as Record<Key, Numbers>;
  for (let i = 0; i < times; i++) {
    for (const [key, run] of Object.entries(runs) as [Key, () => Numbers][]) best[key] = least(best[key], run());
  }
  return best;
}

/** Milliseconds that a whole Node process takes. */
export function processTime(args: readonly string[], cwd?: string): number {
  const start = process.hrtime.bigint();
  succeed(args, cwd);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function least(a: Numbers | undefined, b: Numbers): Numbers {
  return a ? Object.fromEntries(Object.entries(b).map(([key, value]) => [key, Math.min(value, a[key])])) : b;
}

function succeed(args: readonly string[], cwd?: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}
