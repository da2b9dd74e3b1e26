import type { BackendCluster } from '../../src/platform/backend';
import { GoldenError } from '../../src/platform/golden-error';
import { isRecord, show, suggestion } from '../../src/platform/rule';

/** What compositions have to know of a cluster on premises: `cloud.onprem` of the cluster in the topology. */
export interface OnpremCluster {
  /** The object store that buckets and backups are in, run by Rook. */
  readonly objectStore: {
    /** Class of bucket claims; with `reclaimPolicy: Retain`, a bucket outlives its claim. */
    readonly storageClass: string;
    /** Where pods reach it: `https://s3.acme.internal`. */
    readonly endpoint: string;
    /** Its region, which clients sign requests with: mostly the name of the store. */
    readonly region: string;
  };
  /** The RabbitMQ that queues are in; its annotation `rabbitmq.com/topology-allowed-namespaces` lets all namespaces in. */
  readonly rabbitmq: {
    /** Name of the RabbitmqCluster. */
    readonly name: string;
    /** Its namespace. */
    readonly namespace: string;
  };
  /** How databases are stored and which images they run. */
  readonly postgres: {
    /** Class of the volumes. */
    readonly storageClass: string;
    /** Repository of images with the major version as a tag: `ghcr.io/cloudnative-pg/postgresql`. */
    readonly image: string;
  };
}

const label = { like: /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, example: 'fast' };

const forms = {
  objectStore: {
    storageClass: label,
    endpoint: { like: /^https?:\/\/[^/\s]+$/, example: 'https://s3.acme.internal' },
    region: { like: /^[A-Za-z0-9-]+$/, example: 'main' },
  },
  rabbitmq: { name: label, namespace: label },
  postgres: {
    storageClass: label,
    image: { like: /^[a-z0-9.-]+(:[0-9]+)?\/[a-z0-9/._-]+$/, example: 'ghcr.io/cloudnative-pg/postgresql' },
  },
} as const;

/**
 * The facts of a cluster on premises, as the topology has them.
 *
 * @throws GoldenError with every fact that is missing, unknown or no such thing.
 */
export function onpremCluster({ name, cloud }: BackendCluster): OnpremCluster {
  const facts: Readonly<Record<string, unknown>> = cloud.onprem ?? {};
  const problems = [
    ...unknown(facts, Object.keys(forms), ''),
    ...Object.entries(forms).flatMap(([group, fields]) => {
      const values = isRecord(facts[group]) ? facts[group] : {};
      return [
        ...unknown(values, Object.keys(fields), `${group}.`),
        ...Object.entries(fields).flatMap(([field, { like, example }]) => {
          const value = values[field];
          if (typeof value === 'string' && like.test(value)) return [];
          return [`cloud.onprem.${group}.${field} ${show(value)} is needed as text like ${show(example)}`];
        }),
      ];
    }),
  ];
  if (problems.length > 0) {
    throw new GoldenError(problems.map((message) => ({ path: `cluster ${name}`, message })));
  }
  return facts as unknown as OnpremCluster;
}

function unknown(values: Readonly<Record<string, unknown>>, known: readonly string[], prefix: string): string[] {
  return Object.keys(values)
    .filter((name) => !known.includes(name))
    .map((name) => `cloud.onprem.${prefix}${name} is no fact${suggestion(name, known)}; known are ${known.join(', ')}`);
}
