import type { BackendCluster } from '../../src/platform/backend';
import { GoldenError } from '../../src/platform/golden-error';
import { type Rule, show, suggestion, violations } from '../../src/platform/rule';

/** What compositions have to know of a cluster on Google Cloud: `cloud.gcp` of the cluster in the topology. */
export interface GcpCluster {
  /** Id of the project that resources are made in. */
  readonly project: string;
  /** Number of that project: Google names its own service accounts by it. */
  readonly projectNumber: string;
  /** Region of resources whose request names none: `europe-west1`. */
  readonly region: string;
  /** The VPC network of the cluster: `projects/acme-prod/global/networks/main`. It has private services access. */
  readonly network: string;
  /**
   * Key of requests that ask for one of the organisation: `projects/…/locations/…/keyRings/…/cryptoKeys/…`.
   * @default - none: such requests are refused, and databases are encrypted with a key of Google's
   */
  readonly kmsKey?: string;
}

const known = ['project', 'projectNumber', 'region', 'network', 'kmsKey'];

const forms: Readonly<Record<string, { readonly form: RegExp; readonly like: string }>> = {
  project: { form: /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, like: 'acme-prod' },
  projectNumber: { form: /^[0-9]+$/, like: '"123456789012"' },
  region: { form: /^[a-z]+(-[a-z]+)+[0-9]+$/, like: 'europe-west1' },
  network: { form: /^projects\/[^/]+\/global\/networks\/[^/]+$/, like: 'projects/acme-prod/global/networks/main' },
  kmsKey: {
    form: /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/,
    like: 'projects/acme-prod/locations/europe-west1/keyRings/data/cryptoKeys/buckets',
  },
};

const rules: readonly Rule<Readonly<Record<string, unknown>>>[] = [
  (facts) =>
    Object.keys(facts)
      .filter((name) => !known.includes(name))
      .map((name) => `${name} is no fact${suggestion(name, known)}; known are ${known.join(', ')}`),
  (facts) =>
    known.flatMap((name) => {
      const { form, like } = forms[name];
      const fact = facts[name];
      if (fact === undefined) return name === 'kmsKey' ? [] : [`${name} is missing; write it like ${like}`];
      return typeof fact === 'string' && form.test(fact) ? [] : [`${name} ${show(fact)} must be a string like ${like}`];
    }),
];

/**
 * The facts of a cluster on Google Cloud, as the topology has them.
 *
 * @throws GoldenError with every fact that is missing, malformed or unknown.
 */
export function gcpCluster({ name, cloud }: BackendCluster): GcpCluster {
  const facts = cloud.gcp ?? {};
  const problems = violations(facts, rules);
  if (problems.length > 0) {
    throw new GoldenError(problems.map((message) => ({ path: `cluster ${name}`, message: `cloud.gcp.${message}` })));
  }
  return facts as unknown as GcpCluster;
}
