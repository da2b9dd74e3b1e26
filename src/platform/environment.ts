import { type ApiObject, Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { CatalogService } from './catalog';
import { pathOf, refuse } from './golden-error';
import type { Hibernation } from './hibernation';
import { type ImageLock, lockedImage } from './image-lock';
import type { KubernetesMinor } from './kubernetes-minor';
import { environmentLabels } from './labels';
import { nameProblem } from './names';
import type { ClusterNetwork } from './network-settings';
import { ownershipOf } from './ownership';
import type { External } from './placed-object';
import { Platform } from './platform';
import { type PreviewFacts, previewName } from './preview';
import { knownService, unknownService } from './rendered-services';
import { show } from './rule';
import { type SecretReference, secretReference } from './secret-reference';

/** What is known about the place that something is rendered for. */
export interface EnvironmentFacts {
  /** Name of the environment: `staging`. */
  readonly name: string;
  /** Name of the cluster: `eu-staging`. */
  readonly cluster: string;
  /** Whether this is the cluster where the environment's data lives. */
  readonly isHome: boolean;
  /** The domain that hosts lie in: `staging.acme.io`. */
  readonly domain: string;
  /** How much an outage matters here. */
  readonly tier: 'standard' | 'critical';
  /** Whether a publish changes this environment, or only a promotion does. */
  readonly promotion: 'auto' | 'manual';
  /** The Kubernetes minor that the cluster runs. */
  readonly kubernetes: KubernetesMinor;
  /** The Gateway that routes attach to, as `namespace/name`. */
  readonly gateway: string;
  /** Facts about the cluster's cloud, by provider. */
  readonly cloud: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** What network policies have to know about the cluster. */
  readonly network: ClusterNetwork;
  /** The preview that is rendered; undefined where the app itself is. */
  readonly preview?: PreviewFacts;
  /** When workloads that do not say it themselves sleep; undefined where they always run. */
  readonly hibernate?: Hibernation;
}

/** What an {@link Environment} is made from. */
export interface EnvironmentProps {
  /** Name of the environment, known to the platform's topology. */
  readonly name: string;
  /** Name of one of its clusters. */
  readonly cluster: string;
  /**
   * The images that are pinned for it.
   * @default - none: `image()` is refused
   */
  readonly images?: () => ImageLock;
  /**
   * The preview that is rendered in it.
   * @default - none: the app itself is rendered
   */
  readonly preview?: PreviewFacts;
  /**
   * When workloads that do not say it themselves sleep.
   * @default - never
   */
  readonly hibernate?: Hibernation;
}

const environmentSymbol = Symbol.for('cdk8s-golden-path.Environment');

/**
 * One environment on one cluster: the chart that an app's constructs live in. Its namespace and labels reach every object
 * in it, whoever made the object.
 */
export class Environment extends Chart implements EnvironmentFacts {
  /** Whether a construct is an environment; safe across copies of this library. */
  static isEnvironment(x: unknown): x is Environment {
    return typeof x === 'object' && x !== null && environmentSymbol in x;
  }

  readonly name: string;
  readonly cluster: string;
  readonly isHome: boolean;
  readonly domain: string;
  readonly tier: 'standard' | 'critical';
  readonly promotion: 'auto' | 'manual';
  readonly kubernetes: KubernetesMinor;
  readonly gateway: string;
  readonly cloud: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly network: ClusterNetwork;
  readonly preview?: PreviewFacts;
  readonly hibernate?: Hibernation;
  /** The namespace of the app's team in this environment. */
  readonly namespace: string;
  private readonly images: () => ImageLock;
  private readonly outside: External[] = [];

  /** @throws GoldenError when the namespace that the platform's rule gives is no DNS label. */
  constructor(scope: Construct, id: string, props: EnvironmentProps) {
    const platform = Platform.of(scope);
    const ownership = ownershipOf(scope);
    const namespace = ownership ? platform.namespace(ownership.team, props.name) : props.name;
    const problem = nameProblem('namespace', namespace);
    if (problem) refuse(scope, problem);
    super(scope, id, {
      namespace,
      labels: { ...environmentLabels(platform, props.name, ownership, props.preview) },
      disableResourceNameHashes: true,
    });
    Object.defineProperty(this, environmentSymbol, { value: true });
    const facts = factsOf(platform, props.name, props.cluster);
    this.name = facts.name;
    this.cluster = facts.cluster;
    this.isHome = facts.isHome;
    this.domain = facts.domain;
    this.tier = facts.tier;
    this.promotion = facts.promotion;
    this.kubernetes = facts.kubernetes;
    this.gateway = facts.gateway;
    this.cloud = facts.cloud;
    this.network = facts.network;
    this.preview = props.preview;
    this.hibernate = props.hibernate;
    this.namespace = namespace;
    this.images = props.images ?? (() => refuse(this, 'no images are pinned here; give the app an image lock'));
  }

  /**
   * The value for this environment. Every environment needs one, or a `default` does.
   *
   * @throws GoldenError when this environment has no value, or a key names no environment.
   */
  select<T>(values: { readonly [environment: string]: T }): T {
    const known = Object.keys(Platform.of(this).topology.environments);
    const unknown = Object.keys(values).filter((key) => key !== 'default' && !known.includes(key));
    if (unknown.length > 0) {
      refuse(
        this,
        `select names ${unknown.map(show).join(', ')}, which is no environment; use ${known.join(', ')} or default`,
      );
    }
    if (Object.hasOwn(values, this.name)) return values[this.name];
    if (Object.hasOwn(values, 'default')) return values.default;
    return refuse(this, `select has no value for ${show(this.name)} and no default; add one of the two`);
  }

  /**
   * The image that is pinned for this environment, with tag and digest.
   *
   * @throws GoldenError with the line that is missing or wrong in the lock.
   */
  image(name: string): string {
    const found = lockedImage(this.images(), this.name, name, Platform.of(this).registries[0]);
    return 'image' in found ? found.image : refuse(this, found.problem);
  }

  /** Names a value in the team's secret store, which is fetched in the cluster and never rendered. */
  secret(path: string, key?: string): SecretReference {
    if (typeof path !== 'string' || path === '')
      refuse(this, `secret path ${show(path)} is empty; write its path in the store`);
    return secretReference(path, key);
  }

  /**
   * A service of another repository, as `team/name`, from the catalog in the platform's topology: as it is rendered here. A call of
   * one that only another environment has is a warning.
   *
   * @throws GoldenError when the catalog has no such service, with the names that are near.
   */
  service(id: string): CatalogService {
    const platform = Platform.of(this);
    const known = knownService(platform.topology, id, this.name, this.cluster);
    if (!known) return refuse(this, unknownService(platform.topology, id));
    return new CatalogService(id, platform.namespace(id.split('/')[0], this.name), known.entry, known.missing);
  }

  /**
   * Says that objects are in the cluster without the app, so that naming them is no mistake. `*` stands for any name.
   */
  external(...objects: readonly External[]): void {
    this.outside.push(...objects);
  }

  /** What is in the cluster without the app. */
  get externals(): readonly External[] {
    return [...this.outside];
  }

  /** The name of an object that has none of its own; a preview's is not the app's. */
  override generateObjectName(object: ApiObject): string {
    return previewName(super.generateObjectName(object), this.preview);
  }

  /** The path of this environment, for messages. */
  override toString(): string {
    return pathOf(this);
  }
}

/** Where a construct is rendered for: the environment around it, or in a plain chart the platform's first one. */
export function environmentOf(scope: IConstruct): EnvironmentFacts {
  const environment = scope.node.scopes.reverse().find((s) => Environment.isEnvironment(s));
  if (environment) return environment as Environment;
  const platform = Platform.of(scope);
  const [name, { clusters }] = Object.entries(platform.topology.environments)[0];
  return factsOf(platform, name, clusters[0]);
}

function factsOf(platform: Platform, name: string, cluster: string): EnvironmentFacts {
  const environment = platform.topology.environments[name];
  const facts = platform.topology.clusters?.[cluster];
  return {
    name,
    cluster,
    isHome: (environment.home ?? environment.clusters[0]) === cluster,
    domain: environment.domain ?? `${name}.${platform.domain}`,
    tier: environment.tier ?? 'standard',
    promotion: environment.promotion ?? 'auto',
    kubernetes: platform.kubernetesMinor(cluster),
    gateway: facts?.gateway ?? platform.routing.gateway,
    cloud: facts?.cloud ?? {},
    network: facts?.network ?? {},
  };
}
