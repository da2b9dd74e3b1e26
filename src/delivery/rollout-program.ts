import type { ApplicationSpecSourceDirectory } from '../../imports/argoproj.io';
import { indexName } from '../gitops/folder-index';
import type { PlainObject } from '../platform/placed-object';

/** A file of the GitOps repository that no app renders. */
export interface RepositoryFile {
  /** Where it is, below the root. */
  readonly path: string;
  readonly content: string;
}

const folder = '.rollout';

/**
 * What a GitOps repository holds once where an environment names a `rollout`, beside its CODEOWNERS: Argo CD evaluates a Jsonnet
 * file only, and what it evaluates is in the Applications. Golden does not write it, because it is no app's.
 */
export const rolloutFile: RepositoryFile = {
  path: `${folder}/applications.jsonnet`,
  content: 'function(applications) applications\n',
};

/** What an Application says of what it delivers, so that it changes when that does. */
export const renderedKey = 'golden-path.local/rendered';

/** An Application as it is evaluated, and the folder that it delivers. */
export interface PinnedApplication {
  readonly object: PlainObject;
  /** `<environment>/<cluster>/<namespace>/<app>` */
  readonly folder: string;
}

/**
 * A source that evaluates to Applications, each pinned to the commit that the source itself is read at, and marked with what its
 * folder holds there: the mark changes with the folder's files alone, and the pin with every commit.
 */
export function pinnedSource(applications: readonly PinnedApplication[]): {
  path: string;
  directory: ApplicationSpecSourceDirectory;
} {
  const value = `local mark(index) = std.sha256(std.toString(std.parseJson(index).files));
[
${applications.map(pinned).join(',\n')}
]
`;
  return { path: folder, directory: { jsonnet: { tlas: [{ name: 'applications', code: true, value }] } } };
}

/** JSON is Jsonnet; Argo CD replaces `$NAME` in it, and takes `$$` for a dollar. */
function pinned({ object, folder: delivered }: PinnedApplication): string {
  return `${JSON.stringify(object, undefined, 2).replaceAll('$', '$$$$')} + {
  metadata+: { annotations+: { '${renderedKey}': mark(importstr '../${delivered}/${indexName}') } },
  spec+: { source+: { targetRevision: '$ARGOCD_APP_REVISION' } },
}`;
}
