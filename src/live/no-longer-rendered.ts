import { identityOf } from '../diff/identity';
import { appFolders } from '../gitops/app-folders';
import type { PlainObject } from '../platform/placed-object';
import { deliverers, isMadeByController, labelledBy, trackedBy } from './live-object';
import type { LiveApp, LivePlace } from './live-place';

/** The label of everything that this library renders, and its value. */
export const managedBy = ['app.kubernetes.io/managed-by', 'cdk8s-golden-path'] as const;

/**
 * The live objects that apps once rendered and no longer do. An object is an app's when
 *
 * - it has the app's labels: system, environment and preview;
 * - its labels were set by whoever delivers, as Argo CD or whoever applied what is still rendered: controllers copy labels to what
 *   they make;
 * - the Application or Kustomization that tracks it is one that tracks what the app still renders, or is named after the app as
 *   `Delivery` does. Without one, it has to be the app's team's.
 *
 * Two apps of a team in one system whose objects nobody tracks, or one Kustomization does, can't be told apart.
 *
 * @param found live objects with the label {@link managedBy}
 * @param live the live objects of those that are rendered
 */
export function noLongerRendered(
  found: readonly PlainObject[],
  live: readonly PlainObject[],
  { environment, cluster, apps }: LivePlace,
): PlainObject[] {
  const rendered = new Set(apps.flatMap(({ objects }) => objects.map(identityOf)));
  const managers = new Set<string>([...deliverers, ...live.flatMap((object) => labelledBy(object, managedBy[0]))]);
  const owners = apps.map((app) => ownerOf(app, live, environment, cluster));
  return found.filter(
    (object) =>
      !rendered.has(identityOf(object)) &&
      !isMadeByController(object) &&
      labelledBy(object, managedBy[0]).some((manager) => managers.has(manager)) &&
      owners.some((owns) => owns(object)),
  );
}

/** Tells whether an object is one of an app. */
function ownerOf(
  { name, team, system, labelPrefix, preview, objects }: LiveApp,
  live: readonly PlainObject[],
  environment: string,
  cluster: string,
): (object: PlainObject) => boolean {
  const identities = new Set(objects.map(identityOf));
  const trackers = new Set(live.filter((object) => identities.has(identityOf(object))).map(trackedBy));
  const label = ({ metadata }: PlainObject, key: string) => metadata.labels?.[`${labelPrefix}/${key}`];
  const teams = new Set([team, ...objects.map((object) => label(object, 'owner'))]);
  return (object) => {
    const tracker = trackedBy(object);
    const named = appFolders(name).map((folder) => `${object.metadata.namespace}.${folder}`);
    const isTracked =
      tracker === undefined
        ? teams.has(label(object, 'owner'))
        : trackers.has(tracker) || [...named, ...named.map((each) => `${each}.${cluster}`)].includes(tracker);
    return (
      isTracked &&
      label(object, 'system') === system &&
      label(object, 'environment') === environment &&
      label(object, 'preview') === preview
    );
  };
}
