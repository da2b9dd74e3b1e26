import { recoverTree } from '../gitops/owned-tree';
import { asGoldenError } from './as-golden-error';

/**
 * Completes or rolls back what a killed writer left half done below `outdir`: also a run that then refuses to write leaves no
 * half of an earlier one behind.
 *
 * @throws GoldenError when another process is writing, or when the disk does not let it finish.
 */
export function settleTree(outdir: string): void {
  asGoldenError(outdir, () => recoverTree(outdir));
}
