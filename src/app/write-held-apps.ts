import type { TreeOptions } from '../gitops/plan-tree';
import { type HeldRenders, writeHeldTrees } from '../gitops/write-held';
import { asGoldenError } from './as-golden-error';
import type { RenderedApp } from './rendered-app';
import { type WrittenApps, writtenApps } from './write-apps';

/**
 * Brings apps to the tree below `outdir` as `writeApps` does, where somebody else holds their contents.
 *
 * @throws GoldenError when none of them can be written.
 */
export async function writeHeldApps(
  apps: readonly RenderedApp[],
  outdir: string,
  held: HeldRenders,
  options: TreeOptions,
): Promise<WrittenApps> {
  const trees = apps.map(({ tree }) => tree);
  const plans = await writeHeldTrees(outdir, trees, held, options).catch((error) =>
    asGoldenError(outdir, () => {
      throw error;
    }),
  );
  return writtenApps(apps, outdir, plans);
}
