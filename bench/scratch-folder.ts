import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/**
 * Where rendered trees are written: in memory where the system has a folder for that, because a shared disk is slower or
 * faster by four from one minute to the next. `GOLDEN_BENCH_FOLDER` names another one.
 */
export function scratchFolder(): string {
  return process.env.GOLDEN_BENCH_FOLDER ?? (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());
}
