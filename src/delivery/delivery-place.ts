import type { IConstruct } from 'constructs';
import type { ApplicationSpecSource } from '../../imports/argoproj.io';
import type { ObjectMeta } from '../../imports/kubernetes';
import { type EnvironmentFacts, environmentOf } from '../platform/environment';
import { Platform } from '../platform/platform';
import type { DeliveryProps } from './delivery-props';

/** What is delivered where, and by whom. */
export interface DeliveryPlace {
  readonly platform: Platform;
  readonly environment: EnvironmentFacts;
  /** The folder of the environment and cluster in the GitOps repository: `dev/eu-dev`. */
  readonly folder: string;
  /** The namespace that Argo CD, or Flux, runs in. */
  readonly namespace: string;
  /** The name that Argo CD has for the cluster. */
  readonly cluster: string;
  /** Set apart from the same name for another cluster, where one Argo CD serves all of them. */
  readonly named: (name: string) => string;
  /** A folder of the GitOps repository. */
  readonly source: (path: string) => ApplicationSpecSource & { readonly repoURL: string; readonly path: string };
  readonly repoUrl: string;
  readonly revision: string;
  /** The platform's own apps, in their order. */
  readonly platformApps: readonly string[];
  /** The account that they are applied with, as `namespace/name`. */
  readonly account: string;
}

/** The steps in which the environment's clusters get what changes; undefined where all get it at once. */
export function rolloutOf({ platform, environment }: Pick<DeliveryPlace, 'platform' | 'environment'>) {
  return platform.topology.environments[environment.name].rollout;
}

/** The same environment in another of its clusters, as the Argo CD that serves both knows it. */
export function inOtherCluster(place: DeliveryPlace, cluster: string): DeliveryPlace {
  const folder = `${place.environment.name}/${cluster}`;
  return { ...place, folder, cluster, named: (name) => `${name}.${cluster}` };
}

/** The name that Argo CD gives to the cluster it runs in. */
export const inCluster = 'in-cluster';

/** Where each engine's own installation puts it, and the account that applies there. */
const installations = {
  'argo-cd': { namespace: 'argocd', account: 'argocd-application-controller' },
  flux: { namespace: 'flux-system', account: 'kustomize-controller' },
} as const;

/** Works out the place of a delivery below a construct. */
export function deliveryPlace(
  scope: IConstruct,
  { engine = 'argo-cd', serves = 'own', revision = 'main', platformApps, ...props }: DeliveryProps,
): DeliveryPlace {
  const installed = installations[engine];
  const namespace = props.namespace ?? installed.namespace;
  const platform = Platform.of(scope);
  const environment = environmentOf(scope);
  const repoUrl = platform.gitops?.repoUrl ?? '';
  const shared = serves === 'every-cluster';
  const app = (scope.node.root as { readonly name?: string }).name;
  return {
    platform,
    environment,
    folder: `${environment.name}/${environment.cluster}`,
    namespace,
    cluster: shared ? environment.cluster : inCluster,
    // A dot is in no name of a namespace, an app or a cluster, so joined names never meet.
    named: (name) => (shared ? `${name}.${environment.cluster}` : name),
    source: (path) => ({ repoURL: repoUrl, targetRevision: revision, path }),
    repoUrl,
    revision,
    platformApps: platformApps ?? (app === undefined ? [] : [app]),
    account: props.account ?? `${namespace}/${installed.account}`,
  };
}

/** Metadata of an object of Argo CD; objects of a lower wave are healthy before those of a higher one are applied. */
export function deliveryMetadata(
  { namespace }: DeliveryPlace,
  name: string,
  wave: number,
  annotations: Readonly<Record<string, string>> = {},
): ObjectMeta {
  return {
    name,
    namespace,
    annotations: { 'argocd.argoproj.io/sync-wave': String(wave), ...annotations },
  };
}

/** The waves of Argo CD's own objects: settings before projects, projects before the apps in them. */
export const waves = { settings: -2, projects: -1, apps: 0 } as const;

/**
 * Holds the sync that would remove the object until somebody confirms it: with it goes everything that it delivers.
 */
export const confirmedPruning = { 'argocd.argoproj.io/sync-options': 'Prune=confirm' };
