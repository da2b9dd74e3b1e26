import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { GoldenApp } from '../app/golden-app';
import { Preview } from '../app/preview';
import { synthesize } from '../app/synthesize';
import type { Environment } from '../platform/environment';
import { pathOf, refuse } from '../platform/golden-error';
import type { ImageLock } from '../platform/image-lock';
import type { ClusterNetwork } from '../platform/network-settings';
import type { External, PlainObject } from '../platform/placed-object';
import { Platform } from '../platform/platform';
import { show } from '../platform/rule';

/** An object as it is written to the tree. Fields are reached without types, as tests read them: `.spec.replicas`. */
export type Manifest = PlainObject & {
  // biome-ignore lint/suspicious/noExplicitAny: a test names the very field that it is about
  readonly [field: string]: any;
};

/** Where a test renders to. */
export interface TestEnvironmentOptions {
  /**
   * The platform whose decisions apply.
   * @default - {@link testPlatform}
   */
  readonly platform?: Platform;
  /**
   * The environment.
   * @default - the platform's first
   */
  readonly environment?: string;
  /**
   * One of the environment's clusters.
   * @default - its first
   */
  readonly cluster?: string;
  /**
   * The team that owns the app.
   * @default - the platform's first owner, or `team` where it names none
   */
  readonly team?: string;
  /**
   * The system that the app is part of.
   * @default 'system'
   */
  readonly system?: string;
  /**
   * Pinned images, or the path of a lock file.
   * @default - the lock that the working folder or one above holds
   */
  readonly images?: ImageLock | string;
  /**
   * Objects outside of the app that its own objects may name.
   * @default - none
   */
  readonly external?: readonly External[];
}

/** Network facts of every test cluster: policies know host names, and the API server has an address. */
const network: ClusterNetwork = { hostNames: 'cilium', apiServer: ['10.0.0.1/32'] };

/** A platform for tests: `dev` on one cluster, `production` on two, Kubernetes 1.36, the domain `acme.io`. */
export const testPlatform: Platform = new Platform({
  domain: 'acme.io',
  registries: ['ghcr.io/acme'],
  topology: {
    environments: {
      dev: { clusters: ['eu-dev'] },
      production: { clusters: ['eu-prod', 'us-prod'], tier: 'critical', promotion: 'manual' },
    },
    clusters: {
      'eu-dev': { kubernetes: '1.36', network },
      'eu-prod': { kubernetes: '1.36', network },
      'us-prod': { kubernetes: '1.36', network },
    },
  },
});

/**
 * An environment of an app that is made for one test.
 *
 * ```ts
 * const api = new GoldenService(testEnvironment(), 'api', { image, port: 8080 });
 * expect(synthObject(api.deployment).spec.revisionHistoryLimit).toBe(3);
 * ```
 *
 * @throws GoldenError when the platform has no such environment, cluster or team.
 */
export function testEnvironment(options: TestEnvironmentOptions = {}): Environment {
  const platform = options.platform ?? testPlatform;
  const { environments, owners = {} } = platform.topology;
  const app = new GoldenApp({
    platform,
    team: options.team ?? Object.keys(owners)[0] ?? 'team',
    system: options.system ?? 'system',
    images: options.images,
    external: options.external,
    environments: [options.environment ?? Object.keys(environments)[0]],
  });
  const made: Environment[] = [];
  app.forEachEnvironment((env) => made.push(env));
  const found = options.cluster === undefined ? made[0] : made.find((env) => env.cluster === options.cluster);
  return (
    found ??
    refuse(app, `cluster ${show(options.cluster)} is unknown here; use ${made.map((env) => env.cluster).join(', ')}`)
  );
}

/**
 * All objects below a construct of a {@link GoldenApp} or of a preview of one, as they would be written. The whole app is rendered and checked.
 *
 * @throws GoldenError with every problem of the app, or when the construct is in no GoldenApp: use cdk8s's own `Testing`
 * for plain charts.
 */
export function synthObjects(scope: IConstruct): Manifest[] {
  const app = scope.node.root;
  if (!GoldenApp.isGoldenApp(app) && !Preview.isPreview(app))
    refuse(scope, 'is in no GoldenApp; use Testing.synth of cdk8s for a plain chart');
  return synthesize(app)
    .objects.filter(({ construct }) => construct.node.scopes.includes(scope))
    .map(({ object }) => object);
}

/**
 * One object of a {@link GoldenApp}, as it would be written. The whole app is rendered and checked.
 *
 * @throws GoldenError with every problem of the app, or when there is no object, as where a property is undefined.
 */
export function synthObject(object: ApiObject | undefined): Manifest {
  if (!object) refuse('synthObject', 'was given undefined; the workload does not make this object');
  const [manifest] = synthObjects(object);
  return manifest ?? refuse(object, `${pathOf(object)} renders nothing`);
}
