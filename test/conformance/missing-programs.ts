import type { Binaries, Program } from '../../src/dev/binaries';

/** Why programs can't be run here; undefined when they can. */
export async function missingPrograms(binaries: Binaries, programs: readonly Program[]): Promise<string | undefined> {
  try {
    for (const program of programs) await binaries.find(program);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
