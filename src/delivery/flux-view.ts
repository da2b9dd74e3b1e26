import type { Construct } from 'constructs';
import { GitRepository } from '../../imports/source.toolkit.fluxcd.io';
import { appFolders, dataFolder } from '../gitops/app-folders';
import type { DeliveryPlace } from './delivery-place';

/**
 * A GitRepository that shows a part of the GitOps repository. A Kustomization takes all that is below its path, so what is no folder of
 * the tree, as one app's folders in all namespaces, is cut out of the repository before.
 *
 * @param lines what is left out of the environment's folder, and with `!` what is not, in the format of `.gitignore`: the last line that
 * matches decides
 */
export function fluxView(
  scope: Construct,
  place: DeliveryPlace,
  name: string,
  lines: readonly string[],
  secret: string | undefined,
): GitRepository {
  const [environment] = place.folder.split('/');
  const outside = ['/*', `!/${environment}`, `/${environment}/*`, `!/${place.folder}`];
  return new GitRepository(scope, `repository-${name}`, {
    metadata: { name, namespace: place.namespace },
    spec: {
      interval: '1m',
      url: place.repoUrl,
      ref: reference(place.revision),
      ignore: `${[...outside, ...lines].join('\n')}\n`,
      ...(secret !== undefined && { secretRef: { name: secret } }),
    },
  });
}

/** What Flux itself has, and the folders of teams. */
export function withoutPlatformApps({ folder, namespace, platformApps }: DeliveryPlace): string[] {
  return [...platformApps.flatMap(appFolders).map((name) => `/${folder}/*/${name}`), `!/${folder}/${namespace}/*`];
}

/** The folders of one of the platform's apps, in all namespaces but Flux's own, without what delivers teams. */
export function onlyPlatformApp({ folder, namespace }: DeliveryPlace, app: string): string[] {
  return [
    `/${folder}/*/*`,
    ...appFolders(app).map((name) => `!/${folder}/*/${name}`),
    `/${folder}/*/${app}/${kustomizations}`,
    `/${folder}/${namespace}/*`,
  ];
}

/** The Kustomizations that the platform's apps render into the namespaces of teams. */
export function onlyTeamKustomizations({ folder, namespace, platformApps }: DeliveryPlace): string[] {
  return [
    `/${folder}/*/*`,
    ...platformApps.flatMap((app) => [
      `!/${folder}/*/${app}`,
      `/${folder}/*/${app}/*`,
      `!/${folder}/*/${app}/${kustomizations}`,
    ]),
    `/${folder}/${namespace}/*`,
  ];
}

/** The data of named apps, by the namespace that they are in. */
export function onlyData({ folder }: DeliveryPlace, apps: readonly (readonly [namespace: string, app: string])[]) {
  return [`/${folder}/*/*`, ...apps.map(([namespace, app]) => `!/${folder}/${namespace}/${dataFolder(app)}`)];
}

/** The files of Kustomizations; Flux reads a file that is called `kustomization.yaml` as something else. */
const kustomizations = 'kustomization-*.yaml';

function reference(revision: string) {
  if (/^[0-9a-f]{40}$/.test(revision)) return { commit: revision };
  return revision.startsWith('refs/') ? { name: revision } : { branch: revision };
}
