import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Crossplane's programs. None of them can be built from the Go module proxy, so they have to be there already. */
export const crossplaneProgramNames = [
  'crossplane',
  'crossplane-core',
  'function-patch-and-transform',
  'function-auto-ready',
] as const;

export type CrossplaneProgram = (typeof crossplaneProgramNames)[number];

/** Where each program is. */
export type CrossplanePrograms = Readonly<Record<CrossplaneProgram, string>>;

/** Programs of Crossplane that are not there. */
export class MissingCrossplaneError extends Error {
  constructor(
    readonly programs: readonly CrossplaneProgram[],
    ready: string | undefined,
  ) {
    const place = ready === undefined ? 'GOLDEN_ENGINES names no folder' : `${ready} lacks them`;
    super(`cannot build ${programs.join(', ')}: ${place}; set GOLDEN_ENGINES to a folder with binaries of these names`);
  }
}

/**
 * Finds Crossplane's programs in a folder of ready binaries.
 *
 * @param ready the folder, as `binarySources` reads it from `GOLDEN_ENGINES`
 * @throws MissingCrossplaneError naming each that is not there
 */
export function findCrossplane(ready: string | undefined): CrossplanePrograms {
  const missing = crossplaneProgramNames.filter((name) => ready === undefined || !existsSync(join(ready, name)));
  if (ready === undefined || missing.length > 0) throw new MissingCrossplaneError(missing, ready);
  return Object.fromEntries(crossplaneProgramNames.map((name) => [name, join(ready, name)])) as CrossplanePrograms;
}
