import { withClone } from '../gitops/git-clone';
import { PublishError } from '../gitops/publish-error';
import { indexedFolders } from '../gitops/read-commit';
import { GoldenError, type Problem } from '../platform/golden-error';
import { parseLock } from '../platform/platform-lock-text';
import { type Topology, topologyProblems } from '../platform/topology';
import { contradictions } from './contradictions';
import { lockText, writtenPart } from './lock-text';
import { treeCatalog } from './tree-catalog';

/** The file by which a platform publishes its topology, in the root of the GitOps repository; beside apps with the catalog. */
export const platformLockFile = 'platform.lock.yaml';

/** What a platform has published. */
export interface PublishedPlatform {
  /** The lock of apps, byte by byte: what the platform team published, and the services of the tree. */
  readonly text: string;
  /** What it says. */
  readonly topology: Topology;
  /** What of it contradicts itself. */
  readonly warnings: readonly Problem[];
  /** The commit that it is of. */
  readonly commit: string;
}

/**
 * Reads what the platform has published to a GitOps repository, and which services its tree renders.
 *
 * @throws PublishError when the repository can't be read or holds no such file, GoldenError when the file says something impossible, or
 * when an index in the tree can't be relied on.
 */
export async function publishedPlatform(
  repo: string,
  asked: string | undefined,
  signal: AbortSignal,
): Promise<PublishedPlatform> {
  return withClone(repo, { signal }, async (clone) => {
    const { branch, exists } = await clone.find(asked);
    const tip = exists ? await clone.fetch(branch) : undefined;
    const [entries] = tip ? await clone.objects.trees([tip.tree]) : [[]];
    const file = entries.find(({ name }) => name === platformLockFile);
    if (tip === undefined || file?.kind !== 'file') {
      const found = file ? `is a ${file.kind}` : 'is not there';
      throw new PublishError('tree', [
        `${platformLockFile} ${found} in the root of ${branch}; the platform team publishes its topology as that file`,
      ]);
    }
    await clone.objects.files([file.id]);
    const written = writtenPart(clone.objects.bytes(file.id).toString('utf8'));
    const platform = publishedTopology(written);
    const clusters = new Map(Object.entries(platform.environments).map(([name, each]) => [name, each.clusters]));
    const folders = await indexedFolders(clone.objects, tip.tree, (path, depth) => {
      const [environment, cluster] = path.split('/');
      return depth === 1 ? clusters.has(environment) : clusters.get(environment)?.includes(cluster) === true;
    });
    const { rendered, warnings } = treeCatalog(folders, platform);
    const topology = { ...platform, rendered };
    const against = contradictions(topology).map((message) => ({ path: platformLockFile, message }));
    return { text: lockText(written, rendered), topology, warnings: [...warnings, ...against], commit: tip.commit };
  });
}

/** @throws GoldenError when the text is no YAML. */
export function parsedLock(text: string): unknown {
  try {
    return parseLock(text);
  } catch (error) {
    throw refused([`is no YAML: ${(error as Error).message.split('\n')[0]}`]);
  }
}

function publishedTopology(text: string): Topology {
  const topology = parsedLock(text);
  const problems = topologyProblems(topology);
  if (problems.length > 0) throw refused(problems);
  if ((topology as Topology).rendered !== undefined) {
    throw refused(['has services as rendered, which golden update computes; take the section out']);
  }
  return topology as Topology;
}

function refused(messages: readonly string[]): GoldenError {
  return new GoldenError(messages.map((message) => ({ path: platformLockFile, message, cause: 'lock' })));
}
