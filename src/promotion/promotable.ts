import { indexText, sha256 } from '../gitops/folder-index';
import type { RenderedFolder } from '../gitops/tree-render';

/**
 * The fact by which an index tells what promotions would render from it: a hash of all folders of the environments that only they
 * change. When it changes, the source commit of the index does too.
 */
export function promotable(app: string, folders: readonly RenderedFolder[]): Readonly<Record<string, string>> {
  if (folders.length === 0) return {};
  const lines = folders.map((each) => `${each.folder} ${sha256(indexText(app, each))}\n`);
  return { promotable: sha256(lines.sort().join('')) };
}
