import type { GitClone, Tip } from '../gitops/git-clone';
import { PublishError } from '../gitops/publish-error';
import { type AppInTree, appInTree } from './app-in-tree';

/** An app at the tip of a branch. */
export interface FoundApp {
  readonly branch: string;
  readonly tip: Tip;
  readonly app: AppInTree;
}

/**
 * Fetches a branch and finds an app in it.
 *
 * @param asked the branch; the default is the one that the repository calls its own
 * @param name the app's name, or `<team>/<name>` where two teams have one of that name
 * @param advice what follows from an empty repository
 * @throws PromotionError when the repository holds no such app; PublishError when it can't be reached, is empty, or has no such branch.
 */
export async function findApp(
  clone: GitClone,
  asked: string | undefined,
  name: string,
  advice = 'publish the app to it first',
): Promise<FoundApp> {
  const { branch, exists } = await clone.find(asked);
  if (!exists) throw new PublishError('no-branch', [`the repository is empty; ${advice}`]);
  const tip = await clone.fetch(branch);
  return { branch, tip, app: await appInTree(clone.objects, tip.tree, name) };
}
