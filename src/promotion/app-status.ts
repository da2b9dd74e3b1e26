import type { GitClone, Tip } from '../gitops/git-clone';
import { type CommittedFolder, filesOfFolder, handsOn } from '../gitops/read-commit';
import { show } from '../platform/rule';
import type { AppInTree } from './app-in-tree';
import type { ApplicationStatus } from './argo-cd-status';
import { commitWithin } from './history';
import { imagesOf } from './images-of';

/** What is rendered for a folder of an app, and what Argo CD runs of it. */
export interface FolderStatus {
  readonly folder: string;
  readonly environment: string;
  readonly cluster: string;
  /** What it was rendered from; undefined where the index does not say. */
  readonly sourceCommit?: string;
  /** The library and its version. */
  readonly library?: string;
  /** The images of its containers, sorted. */
  readonly images: readonly string[];
  /** What Argo CD says; undefined when it has no such Application, or was not asked. */
  readonly argoCd?: Pick<ApplicationStatus, 'name' | 'sync' | 'health' | 'commit'>;
  /** Why what runs is not what is rendered, a sentence each; undefined when Argo CD was not asked. */
  readonly differs?: readonly string[];
}

/**
 * What is rendered for each folder of an app at the tip of a branch, and why Argo CD runs something else.
 *
 * @param applications what Argo CD says; undefined when it was not asked
 */
export async function appStatus(
  clone: GitClone,
  branch: string,
  tip: Tip,
  { folders }: Pick<AppInTree, 'folders'>,
  applications: readonly ApplicationStatus[] | undefined,
): Promise<FolderStatus[]> {
  const found: FolderStatus[] = [];
  for (const each of folders) {
    const { folder, environment, cluster, index } = each;
    const files = await filesOfFolder(clone.objects, each);
    const { sourceCommit, library } = index.about;
    const argoCd = applications?.find(({ paths }) => paths.includes(folder));
    const hands = handsOn(each, files);
    const differs =
      applications === undefined
        ? hands
        : [...hands, ...(await differences(clone, branch, tip, each, applications, argoCd))];
    found.push({
      ...{ folder, environment, cluster },
      ...(sourceCommit !== undefined && { sourceCommit }),
      ...(library !== undefined && { library }),
      images: imagesOf(readable(files)),
      ...(argoCd && {
        argoCd: {
          ...{ name: argoCd.name, sync: argoCd.sync, health: argoCd.health },
          ...(argoCd.commit !== undefined && { commit: argoCd.commit }),
        },
      }),
      ...((applications !== undefined || hands.length > 0) && { differs }),
    });
  }
  return found;
}

/** What someone put there need not be YAML. */
function readable(files: ReadonlyMap<string, string>): string[] {
  return [...files].filter(([name]) => name.endsWith('.yaml')).map(([, content]) => content);
}

async function differences(
  clone: GitClone,
  branch: string,
  tip: Tip,
  { folder, index }: CommittedFolder,
  applications: readonly ApplicationStatus[],
  argoCd: ApplicationStatus | undefined,
): Promise<string[]> {
  if (argoCd === undefined) return [`no Application has the path ${folder}`];
  const follows = argoCd.branch;
  const elsewhere =
    follows !== undefined && follows !== branch && follows !== 'HEAD' && follows !== `refs/heads/${branch}`;
  const late = await behind(clone, branch, tip, folder, index, argoCd.commit);
  return [
    ...(elsewhere ? [`its Application follows ${show(follows)}, not ${branch}`] : []),
    ...late,
    ...(late.length > 0 ? turn(applications, argoCd) : []),
    ...argoCd.reasons,
  ];
}

/** What a cluster waits for whose turn has not come. */
function turn(applications: readonly ApplicationStatus[], { rollout }: ApplicationStatus): string[] {
  if (rollout === undefined) return [];
  const reasons = applications.find(({ name }) => name === rollout)?.reasons ?? [];
  return [[`waits until the roll-out ${rollout} moves it on`, ...reasons].join('; ')];
}

/** How the commit that was synced last differs from the branch. */
async function behind(
  clone: GitClone,
  branch: string,
  tip: Tip,
  folder: string,
  { files, about }: CommittedFolder['index'],
  commit: string | undefined,
): Promise<string[]> {
  if (commit === undefined) return ['was never synced'];
  const short = commit.slice(0, 12);
  const past = await commitWithin(clone, branch, tip, commit, folder);
  if (past === 'unknown') return [`runs the commit ${short}, which ${branch} does not have`];
  if (past === 'unreadable') return [`runs the commit ${short}, in which the index of this folder can't be read`];
  if (past === undefined) return [`runs the commit ${short}, which does not have this folder`];
  const same = JSON.stringify(past.index.files) === JSON.stringify(files);
  if (same) return [];
  const [was, is] = [past.index.about, about].map(
    ({ sourceCommit }) => sourceCommit?.slice(0, 12) ?? 'an unknown source',
  );
  return [`runs the commit ${short}, rendered from ${was}; the branch holds what was rendered from ${is}`];
}
