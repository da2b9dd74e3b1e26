import type { GitObjects } from '../gitops/git-objects';
import { type CommittedFolder, filesOfFolder, handsOn } from '../gitops/read-commit';
import { type AppInTree, foldersIn } from './app-in-tree';
import { imagesOf } from './images-of';
import { PromotionError } from './promotion-error';
import type { RecordedSource } from './source-worktree';

/** What an environment was rendered from, and what it runs. */
export interface Staged {
  readonly source: RecordedSource;
  readonly images: readonly string[];
}

/**
 * What an app's folders in an environment say of their source.
 *
 * @throws PromotionError when they do not name one, or are not as they were rendered.
 */
export async function staged(objects: GitObjects, app: AppInTree, environment: string): Promise<Staged> {
  const folders = foldersIn(app, environment);
  const manifests: string[] = [];
  const touched: string[] = [];
  for (const folder of folders) {
    const files = await filesOfFolder(objects, folder);
    manifests.push(...files.values());
    touched.push(...handsOn(folder, files));
  }
  if (touched.length > 0) {
    throw new PromotionError(
      'tree',
      touched.map((what) => `${what}; ${environment} does not run what was rendered: publish ${app.owner} again`),
    );
  }
  return { source: sourceOf(folders, app.owner, environment), images: imagesOf(manifests) };
}

function sourceOf(folders: readonly CommittedFolder[], owner: string, environment: string): RecordedSource {
  const sources = new Map(
    folders.map(({ index: { about } }) => [`${about.sourceCommit} ${about.sourcePath}`, about] as const),
  );
  if (sources.size > 1) {
    const commits = [...sources.values()].map(({ sourceCommit }) => sourceCommit?.slice(0, 12) ?? 'an unknown one');
    throw new PromotionError('tree', [
      `${owner} in ${environment} was rendered from several commits, ${commits.join(' and ')}; publish all of it again`,
    ]);
  }
  const [{ sourceRepo, sourceCommit, sourcePath }] = sources.values();
  if (sourceCommit === undefined || sourcePath === undefined) {
    throw new PromotionError('tree', [
      `the index of ${owner} in ${environment} does not say from which commit and file it was rendered; publish it again, without --allow-dirty`,
    ]);
  }
  return { ...(sourceRepo !== undefined && { repo: sourceRepo }), commit: sourceCommit, path: sourcePath };
}
