import type { IConstruct } from 'constructs';
import type { Backends, CrossplaneVersion } from './backend';
import { GoldenError } from './golden-error';
import { type AutoscalingSettings, type HibernationSettings, hibernationSettingsProblems } from './hibernation';
import type { KubernetesMinor } from './kubernetes-minor';
import { oldestKubernetesMinor } from './kubernetes-minor';
import { isHostName } from './names';
import { type NetworkSettings, networkSettingsProblems } from './network-settings';
import type { ObjectJudge } from './object-judge';
import { show } from './rule';
import { type SecretStoreSettings, secretStoreProblems } from './secret-store-settings';
import { defaultSizes, type Size, type SizeName, sizeProblems } from './size';
import { type Topology, topologyProblems } from './topology';

/** How requests from outside reach services. */
export interface RoutingSettings {
  /**
   * Gateway API routes, Ingress, or both of them while a platform migrates from one to the other.
   * @default 'gateway'
   */
  readonly via?: 'gateway' | 'ingress' | 'both';
  /**
   * The Gateway that routes attach to, as `namespace/name`, where a cluster names none.
   * @default 'gateway/public'
   */
  readonly gateway?: string;
  /**
   * The class of rendered Ingresses.
   * @default - the cluster's default class
   */
  readonly ingressClass?: string;
  /**
   * The cert-manager ClusterIssuer that signs certificates of hosts.
   * @default - no certificate is requested: the gateway or the load balancer brings its own
   */
  readonly certificateIssuer?: string;
}

/** How Prometheus finds what to scrape. */
export interface MonitoringSettings {
  /**
   * Labels that the Prometheus installation selects its monitors by.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Time between two scrapes.
   * @default '30s'
   */
  readonly interval?: string;
  /**
   * Samples one scrape of one pod may bring: above it the scrape fails, so that one service cannot fill the database.
   * @default 20000
   */
  readonly sampleLimit?: number;
}

/** Where telemetry goes. */
export interface TelemetrySettings {
  /** Address of the collector's OTLP receiver, like `http://collector.observability:4318`. */
  readonly endpoint: string;
  /**
   * How the collector is spoken to.
   * @default 'http/protobuf'
   */
  readonly protocol?: 'http/protobuf' | 'grpc';
  /**
   * Share of traces that are kept, from 0 to 1, decided where a trace begins.
   * @default 1
   */
  readonly sampling?: number;
}

/** What a platform decides once for all of its apps. */
export interface PlatformProps {
  /** The organisation's domain: hosts and label keys derive from it. */
  readonly domain: string;
  /**
   * Prefix of the platform's own label and annotation keys.
   * @default - the domain
   */
  readonly labelPrefix?: string;
  /**
   * Registries that images may come from, each with an optional path: `ghcr.io/acme`.
   * @default - any registry
   */
  readonly registries?: readonly string[];
  /**
   * The repository that rendered trees are committed to.
   * @default - none: rendering needs no repository
   */
  readonly gitops?: { readonly repoUrl: string };
  /**
   * Environments, clusters and owners.
   * @default - one environment `default` on one cluster `default` with Kubernetes 1.30
   */
  readonly topology?: Topology;
  /**
   * Sizes by name, beside or instead of `xs`, `small`, `medium`, `large` and `xl`.
   * @default - {@link defaultSizes}
   */
  readonly sizes?: Readonly<Record<string, Size>>;
  /**
   * Size of a workload that names none.
   * @default 'small'
   */
  readonly defaultSize?: string;
  /**
   * CPU limit as a multiple of the request.
   * @default - no CPU limit: a limit throttles even on an idle node
   */
  readonly cpuLimitRatio?: number;
  /**
   * The namespace of a team in an environment.
   * @default - `<team>-<environment>`
   */
  readonly namespace?: (team: string, environment: string) => string;
  /**
   * How requests from outside reach services.
   * @default - Gateway API routes on `gateway/public`, no certificates of their own
   */
  readonly routing?: RoutingSettings;
  /**
   * How Prometheus finds what to scrape.
   * @default - every 30 s, 20,000 samples at most, no labels
   */
  readonly monitoring?: MonitoringSettings;
  /**
   * Where telemetry goes.
   * @default - service, version, environment and owner are named to the SDK, the exporter keeps its own defaults
   */
  readonly telemetry?: TelemetrySettings;
  /**
   * Which pods of the platform network policies have to know.
   * @default - see {@link NetworkSettings}
   */
  readonly network?: NetworkSettings;
  /**
   * Where the values of secrets come from.
   * @default - a SecretStore `default` in each namespace
   */
  readonly secretStore?: SecretStoreSettings;
  /**
   * What scales workloads beside the autoscaler that every cluster has.
   * @default - nothing
   */
  readonly autoscaling?: AutoscalingSettings;
  /**
   * How workloads sleep.
   * @default - only with KEDA, in UTC
   */
  readonly hibernation?: HibernationSettings;
  /**
   * How requests for databases, queues and the like are fulfilled, by the cluster that they are made in: the same
   * compositions that are installed there.
   * @default - unknown: workloads can't use what a request provides
   */
  readonly backends?: Backends;
  /**
   * The Crossplane that fulfils requests. With `'v1'`, which is 1.20, they are rendered as claims.
   * @default 'v2'
   */
  readonly crossplane?: CrossplaneVersion;
  /**
   * Label of a node that names its pool.
   * @default 'node-pool'
   */
  readonly nodePoolLabel?: string;
  /**
   * Rules of the organisation that everything rendered is held against: `new Guardrails({ packs })`.
   * @default - none
   */
  readonly policies?: ObjectJudge;
  /**
   * CustomResourceDefinitions that apps use beside the ones this library knows: their objects are checked too.
   * @default - none
   */
  readonly crds?: readonly object[];
}

const contextKey = 'cdk8s-golden-path:platform';

/** An organisation's settings and topology. One per organisation, published as a package. */
export class Platform {
  /** What applies where no platform is set: works in a plain cdk8s chart, on any cluster from Kubernetes 1.30. */
  static readonly default: Platform = new Platform({
    domain: 'golden-path.local',
    network: { enforce: false, reason: 'without a platform nothing is known of the cluster' },
  });

  /** The platform that a construct belongs to, or {@link Platform.default}. */
  static of(scope: IConstruct): Platform {
    return scope.node.tryGetContext(contextKey) ?? Platform.default;
  }

  readonly domain: string;
  readonly labelPrefix: string;
  readonly registries: readonly string[];
  readonly gitops?: { readonly repoUrl: string };
  readonly topology: Topology;
  readonly sizes: Readonly<Record<string, Size>>;
  readonly defaultSize: string;
  readonly cpuLimitRatio?: number;
  readonly routing: Required<Pick<RoutingSettings, 'via' | 'gateway'>> & RoutingSettings;
  readonly monitoring: Required<MonitoringSettings>;
  readonly telemetry?: TelemetrySettings;
  readonly network: NetworkSettings;
  readonly secretStore: Required<Pick<SecretStoreSettings, 'name' | 'kind'>> & SecretStoreSettings;
  readonly autoscaling: AutoscalingSettings;
  readonly hibernation: Required<Pick<HibernationSettings, 'timeZone'>> & HibernationSettings;
  readonly backends?: Backends;
  readonly crossplane: CrossplaneVersion;
  readonly nodePoolLabel: string;
  readonly policies?: ObjectJudge;
  readonly crds: readonly object[];
  private readonly namespaceOf: (team: string, environment: string) => string;

  /** @throws GoldenError with every setting that cannot work. */
  constructor(props: PlatformProps) {
    this.domain = props.domain;
    this.labelPrefix = props.labelPrefix ?? props.domain;
    this.registries = [...(props.registries ?? [])];
    this.gitops = props.gitops;
    this.topology = props.topology ?? { environments: { default: { clusters: ['default'], domain: props.domain } } };
    this.sizes = { ...defaultSizes, ...props.sizes };
    this.defaultSize = props.defaultSize ?? ('small' satisfies SizeName);
    this.cpuLimitRatio = props.cpuLimitRatio;
    this.namespaceOf = props.namespace ?? ((team, environment) => `${team}-${environment}`);
    this.routing = { via: 'gateway', gateway: 'gateway/public', ...props.routing };
    this.monitoring = { labels: {}, interval: '30s', sampleLimit: 20_000, ...props.monitoring };
    this.telemetry = props.telemetry;
    this.network = props.network ?? {};
    this.secretStore = { kind: 'SecretStore', ...(props.secretStore ?? { name: 'default' }) };
    this.autoscaling = props.autoscaling ?? {};
    this.hibernation = { ...props.hibernation, timeZone: props.hibernation?.timeZone ?? 'Etc/UTC' };
    this.backends = props.backends;
    this.crossplane = props.crossplane ?? 'v2';
    this.nodePoolLabel = props.nodePoolLabel ?? 'node-pool';
    this.policies = props.policies;
    this.crds = [...(props.crds ?? [])];

    const problems = platformProblems(this);
    if (problems.length > 0) throw new GoldenError(problems.map((message) => ({ path: 'platform', message })));
  }

  /** Makes this the platform of a construct and of everything below it. Call it before children are added. */
  bind(scope: IConstruct): void {
    scope.node.setContext(contextKey, this);
  }

  /** The namespace of a team in an environment. */
  namespace(team: string, environment: string): string {
    return this.namespaceOf(team, environment);
  }

  /** The Kubernetes minor that a cluster runs. */
  kubernetesMinor(cluster: string): KubernetesMinor {
    return this.topology.clusters?.[cluster]?.kubernetes ?? oldestKubernetesMinor;
  }
}

function platformProblems(platform: Platform): string[] {
  const problems = [
    ...topologyProblems(platform.topology),
    ...networkSettingsProblems(platform.network),
    ...secretStoreProblems(platform.secretStore),
    ...hibernationSettingsProblems(platform.hibernation, platform.autoscaling, platform.registries),
  ];
  if (!isHostName(platform.domain))
    problems.push(`domain ${show(platform.domain)} is no domain name; write it like "acme.io"`);
  if (!isHostName(platform.labelPrefix)) {
    problems.push(`labelPrefix ${show(platform.labelPrefix)} is no DNS name; write it like "acme.io"`);
  }
  if (platform.crossplane !== 'v1' && platform.crossplane !== 'v2') {
    problems.push(`crossplane ${show(platform.crossplane)} is no version that compositions are for; use "v1" or "v2"`);
  }
  for (const [name, size] of Object.entries(platform.sizes)) problems.push(...sizeProblems(`sizes.${name}`, size));
  if (!(platform.defaultSize in platform.sizes)) {
    problems.push(
      `defaultSize ${show(platform.defaultSize)} is unknown; use ${Object.keys(platform.sizes).join(', ')}`,
    );
  }
  if (platform.cpuLimitRatio !== undefined && !(platform.cpuLimitRatio >= 1)) {
    problems.push(
      `cpuLimitRatio ${show(platform.cpuLimitRatio)} would put the limit below the request; use 1 or more, or leave it out`,
    );
  }
  if (!/^[a-z0-9-]+\/[a-z0-9.-]+$/.test(platform.routing.gateway)) {
    problems.push(`routing.gateway ${show(platform.routing.gateway)} is no gateway; write namespace/name`);
  }
  for (const registry of platform.registries) {
    if (typeof registry !== 'string' || !/^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)*$/.test(registry)) {
      problems.push(
        `registry ${show(registry)} is no registry; write a host and an optional path, like "ghcr.io/acme"`,
      );
    }
  }
  return problems;
}
