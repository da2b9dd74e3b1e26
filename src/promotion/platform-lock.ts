import { parse } from 'yaml';
import { withClone } from '../gitops/git-clone';
import { PublishError } from '../gitops/publish-error';
import { GoldenError } from '../platform/golden-error';
import { topologyProblems } from '../platform/topology';

/** The file by which a platform publishes its topology and catalog, in the root of the GitOps repository and beside apps. */
export const platformLockFile = 'platform.lock.yaml';

/** What a platform has published. */
export interface PublishedPlatform {
  /** The file, byte by byte. */
  readonly text: string;
  /** The commit that it is of. */
  readonly commit: string;
}

/**
 * Reads what the platform has published to a GitOps repository.
 *
 * @throws PublishError when the repository can't be read or holds no such file, GoldenError when the file says something impossible.
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
    const text = clone.objects.bytes(file.id).toString('utf8');
    const problems = topologyProblems(parsedLock(text));
    if (problems.length > 0) throw refused(problems);
    return { text, commit: tip.commit };
  });
}

/** @throws GoldenError when the text is no YAML. */
export function parsedLock(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 });
  } catch (error) {
    throw refused([`is no YAML: ${(error as Error).message.split('\n')[0]}`]);
  }
}

function refused(messages: readonly string[]): GoldenError {
  return new GoldenError(messages.map((message) => ({ path: platformLockFile, message, cause: 'lock' })));
}
