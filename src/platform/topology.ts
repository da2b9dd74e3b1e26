import { readFileSync } from 'node:fs';
import { type CatalogEntry, catalogProblems } from './catalog';
import { GoldenError } from './golden-error';
import { type KubernetesMinor, kubernetesMinors } from './kubernetes-minor';
import { isHostName, nameProblem } from './names';
import { type ClusterNetwork, clusterNetworkProblems } from './network-settings';
import { parseLock } from './platform-lock-text';
import { type Prices, pricesProblems } from './prices';
import { type RenderedService, renderedProblems } from './rendered-services';
import { rolloutStepsProblems } from './rollout-steps';
import { isRecord, oneOf, show, suggestion, unknownKeyProblems } from './rule';

/** One environment that apps are rendered for. */
export interface EnvironmentTopology {
  /** Names of the clusters that run it. */
  readonly clusters: readonly string[];
  /**
   * The order in which a change of an app reaches the clusters: `[[eu-prod], [us-prod, ap-prod]]` has all others wait until it is
   * healthy in `eu-prod`. It takes an Argo CD that serves every cluster.
   * @default - all clusters at once
   */
  readonly rollout?: readonly (readonly string[])[];
  /**
   * The cluster where the environment's data lives and where one-off objects are rendered.
   * @default - the first of `clusters`
   */
  readonly home?: string;
  /**
   * Whether a publish changes the environment, or only a promotion does.
   * @default 'auto'
   */
  readonly promotion?: 'auto' | 'manual';
  /**
   * How much an outage here matters.
   * @default 'standard'
   */
  readonly tier?: 'standard' | 'critical';
  /**
   * The domain that hosts of this environment lie in.
   * @default - the environment's name in front of the platform's domain: `staging.acme.io`
   */
  readonly domain?: string;
}

/** One cluster. */
export interface ClusterTopology {
  /**
   * The minor version that it runs: objects and fields it lacks are refused.
   * @default '1.30'
   */
  readonly kubernetes?: KubernetesMinor;
  /**
   * The Gateway that routes attach to, as `namespace/name`.
   * @default - the platform's `routing.gateway`
   */
  readonly gateway?: string;
  /**
   * Facts about its cloud, by provider; what composes cloud resources reads them.
   * @default - none
   */
  readonly cloud?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /**
   * What network policies have to know about it.
   * @default - host names can't be allowed, and addresses of the API server and of backends are unknown
   */
  readonly network?: ClusterNetwork;
}

/** A team that owns apps. */
export interface OwnerTopology {
  /** The group of the identity provider that holds the team's members. */
  readonly group?: string;
  /** Where its costs are booked. */
  readonly costCenter?: string;
  /** Its channel. */
  readonly slack?: string;
}

/** Environments, clusters and owners, as data: a new one needs no release of any package. */
export interface Topology {
  /** Environments by name. */
  readonly environments: Readonly<Record<string, EnvironmentTopology>>;
  /**
   * Clusters by name. A cluster that only an environment names has the defaults of {@link ClusterTopology}.
   * @default - every cluster has defaults
   */
  readonly clusters?: Readonly<Record<string, ClusterTopology>>;
  /**
   * Teams by name. When given, an app of any other team is refused.
   * @default - any team name is accepted
   */
  readonly owners?: Readonly<Record<string, OwnerTopology>>;
  /**
   * Services that the platform team names, by `team/name`, for what the GitOps tree does not render.
   * @default - none
   */
  readonly services?: Readonly<Record<string, CatalogEntry>>;
  /**
   * Services as the GitOps tree renders them, by `team/name`; where it does, that holds instead of `services`. `golden update`
   * computes it.
   * @default - none
   */
  readonly rendered?: Readonly<Record<string, RenderedService>>;
  /**
   * What requests cost: a team sees it beside its quota.
   * @default - no costs are shown
   */
  readonly prices?: Prices;
}

/**
 * Reads the topology that the platform publishes.
 *
 * @param file path of the lock file
 * @throws GoldenError when the file is missing, is no YAML, or says something impossible, with every problem in it.
 */
export function readTopology(file = 'platform.lock.yaml'): Topology {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new GoldenError([
      {
        path: file,
        message: `there is no ${file} here; fetch it from the GitOps repository, or give the platform its topology inline`,
      },
    ]);
  }
  let topology: unknown;
  try {
    topology = parseLock(text);
  } catch (error) {
    throw new GoldenError([{ path: file, message: `is no YAML: ${(error as Error).message.split('\n')[0]}` }]);
  }
  const problems = topologyProblems(topology);
  if (problems.length > 0) throw new GoldenError(problems.map((message) => ({ path: file, message })));
  return topology as Topology;
}

const sections = ['environments', 'clusters', 'owners', 'services', 'rendered', 'prices'];
const keys = {
  environment: ['clusters', 'rollout', 'home', 'promotion', 'tier', 'domain'],
  cluster: ['kubernetes', 'gateway', 'cloud', 'network'],
};

/** Everything that is wrong with a topology, a sentence each. */
export function topologyProblems(topology: unknown): string[] {
  if (!isRecord(topology)) return [`topology ${show(topology)} is no mapping; write environments, clusters and owners`];
  const problems = unknownKeyProblems('topology', topology, sections);
  const clusters = isRecord(topology.clusters) ? topology.clusters : {};
  if (!isRecord(topology.environments) || Object.keys(topology.environments).length === 0) {
    problems.push('topology.environments is empty; name at least one environment with its clusters');
  } else {
    for (const [name, environment] of Object.entries(topology.environments)) {
      problems.push(...environmentProblems(name, environment, Object.keys(clusters)));
    }
  }
  for (const [name, cluster] of Object.entries(clusters)) problems.push(...clusterProblems(name, cluster));
  if (topology.prices !== undefined) problems.push(...pricesProblems('topology.prices', topology.prices));
  for (const owner of Object.keys(isRecord(topology.owners) ? topology.owners : {})) {
    problems.push(...list(nameProblem('owner', owner)));
  }
  const owners = isRecord(topology.owners) ? Object.keys(topology.owners) : undefined;
  if (topology.services !== undefined) problems.push(...catalogProblems(topology.services, owners));
  if (topology.rendered !== undefined) {
    const environments = isRecord(topology.environments) ? Object.keys(topology.environments) : [];
    problems.push(...renderedProblems(topology.rendered, owners, environments));
  }
  return problems;
}

function environmentProblems(name: string, environment: unknown, known: readonly string[]): string[] {
  const what = `topology.environments.${name}`;
  const problems = list(nameProblem('environment', name));
  if (!isRecord(environment)) return [...problems, `${what} ${show(environment)} is no mapping; write its clusters`];
  problems.push(...unknownKeyProblems(what, environment, keys.environment));
  const { clusters, home, promotion, tier, domain } = environment;
  if (!Array.isArray(clusters) || clusters.length === 0) {
    return [...problems, `${what}.clusters is empty; name at least one cluster`];
  }
  for (const cluster of clusters) {
    problems.push(...list(nameProblem(`${what} cluster`, cluster)));
    if (known.length > 0 && !known.includes(cluster)) {
      problems.push(
        `${what} names the cluster ${show(cluster)}, which topology.clusters lacks${suggestion(String(cluster), known)}`,
      );
    }
  }
  if (new Set(clusters).size < clusters.length) problems.push(`${what}.clusters names a cluster twice; name each once`);
  problems.push(...rolloutStepsProblems(`${what}.rollout`, environment.rollout, clusters));
  if (home !== undefined && !clusters.includes(home)) {
    problems.push(`${what}.home ${show(home)} is none of its clusters ${clusters.join(', ')}`);
  }
  if (promotion !== undefined && promotion !== 'auto' && promotion !== 'manual') {
    problems.push(`${what}.promotion ${show(promotion)} is unknown; use auto or manual`);
  }
  if (tier !== undefined && tier !== 'standard' && tier !== 'critical') {
    problems.push(`${what}.tier ${show(tier)} is unknown; use standard or critical`);
  }
  if (domain !== undefined && !isHostName(domain)) problems.push(`${what}.domain ${show(domain)} is no domain name`);
  return problems;
}

function clusterProblems(name: string, cluster: unknown): string[] {
  const what = `topology.clusters.${name}`;
  if (!isRecord(cluster)) return [`${what} ${show(cluster)} is no mapping; write {} for a cluster with defaults`];
  const problems = [...list(nameProblem('cluster', name)), ...unknownKeyProblems(what, cluster, keys.cluster)];
  if (cluster.kubernetes !== undefined && !kubernetesMinors.includes(cluster.kubernetes as KubernetesMinor)) {
    problems.push(
      `${what}.kubernetes ${show(cluster.kubernetes)} is not supported; write ${oneOf(kubernetesMinors.map(show))}, with quotes`,
    );
  }
  if (cluster.gateway !== undefined && !/^[a-z0-9-]+\/[a-z0-9.-]+$/.test(String(cluster.gateway))) {
    problems.push(`${what}.gateway ${show(cluster.gateway)} is no gateway; write namespace/name`);
  }
  if (cluster.network !== undefined) problems.push(...clusterNetworkProblems(`${what}.network`, cluster.network));
  return problems;
}

function list(problem: string | undefined): string[] {
  return problem === undefined ? [] : [problem];
}
