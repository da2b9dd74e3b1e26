import { createHash } from 'node:crypto';
import { awsBackends } from '../../../compositions/aws/aws-backends';
import { awsClients } from '../../../compositions/aws/aws-clients';
import { awsCluster } from '../../../compositions/aws/aws-cluster';
import { messageQueueAccessOnAws } from '../../../compositions/aws/message-queue-access';
import { objectBucketAccessOnAws } from '../../../compositions/aws/object-bucket-access';
import { workloadIdentityOnAws } from '../../../compositions/aws/workload-identity';
import { gcpBackends } from '../../../compositions/gcp/gcp-backends';
import { onpremBackends } from '../../../compositions/onprem/onprem-backends';
import type { Composition } from '../../../src/crossplane/composition/composition';
import type { KubeObject } from '../../../src/dev/api-client';
import { awsFacts } from '../../crossplane/aws/aws-cluster';
import { gcpFacts } from '../../crossplane/gcp/gcp-facts';
import { onpremFacts } from '../../crossplane/onprem/onprem-facts';
import { playedAddress, playedPassword, rdsAddress, sqsUrl } from './played-providers';

/** A request that is followed from its creation to the end of what it leaves behind. */
export interface FollowedRequest {
  readonly composition: Composition;
  readonly object: KubeObject;
  /** Every key of the contract, as the cloud that is played has it. */
  readonly connection: Readonly<Record<string, string>>;
  /** The status that compositions report. */
  readonly status: Readonly<Record<string, unknown>>;
  /** Whether it may not be deleted as it is. */
  readonly refuses: boolean;
  /** What stays outside of the cluster after the request was deleted, by the names in the composition. */
  readonly leaves: readonly string[];
}

interface RequestedSpec {
  readonly deletionProtection?: boolean;
  readonly deadLetterAfter?: number;
  readonly versioning?: boolean;
  readonly account?: string;
  readonly verb?: string;
  readonly resource?: { readonly name: string };
}

/** What is expected of one request: by its type, a value for each key of the contract. */
interface Expected<Key extends string> {
  readonly connection: Readonly<Record<Key, string>>;
  readonly status: Readonly<Record<string, unknown>>;
  /** What stays while the request is protected. */
  readonly leaves: readonly string[];
}

const aws = { name: 'aws', cloud: { aws: awsFacts } };
const accessOnAws = { cluster: awsCluster(aws), clients: awsClients(aws) };
const [postgresOnAws, queueOnAws, bucketOnAws] = awsBackends(aws);
const queueAccessOnAws = messageQueueAccessOnAws(accessOnAws);
const bucketAccessOnAws = objectBucketAccessOnAws(accessOnAws);
const identityOnAws = workloadIdentityOnAws(accessOnAws);
const onGcp = gcpBackends({ name: 'gcp', cloud: { gcp: gcpFacts } });
const onPremises = onpremBackends({ name: 'dc', cloud: { onprem: onpremFacts } });
const [postgresOnGcp, queueOnGcp, bucketOnGcp, queueAccessOnGcp, bucketAccessOnGcp] = onGcp;
const [postgresOnprem, queueOnprem, bucketOnprem, queueAccessOnprem, bucketAccessOnprem] = onPremises;

/** Every composition that is followed. */
export const followedCompositions: readonly Composition[] = [
  ...[postgresOnAws, queueOnAws, bucketOnAws, queueAccessOnAws, bucketAccessOnAws, identityOnAws],
  ...onGcp,
  ...onPremises,
];

/**
 * The same three requests on every backend, and access to what is requested.
 *
 * @param isProtected whether what they stand for refuses to be deleted; those that do not are of a preview
 */
export function followedRequests(isProtected: boolean): FollowedRequest[] {
  const request = <Key extends string>(
    composition: Composition<Key>,
    name: string,
    spec: RequestedSpec,
    expected: (hash: string, namespace: string) => Expected<Key>,
  ): FollowedRequest => {
    const cloud = composition.name.slice(composition.name.lastIndexOf('-') + 1);
    const namespace = `${cloud}-${isProtected ? 'kept' : 'free'}`;
    const hash = createHash('sha256').update(namespace).digest('hex').slice(0, 8);
    const { apiVersion, kind } = composition.manifest.spec.compositeTypeRef;
    const { connection, status, leaves } = expected(hash, namespace);
    return {
      composition,
      object: {
        apiVersion,
        kind,
        metadata: { name, namespace, ...(!isProtected && { labels: { 'golden-path.local/preview': 'pr-42' } }) },
        spec: { ...spec, crossplane: { compositionRef: { name: composition.name } } },
      },
      connection,
      status,
      refuses: cloud === 'onprem' && spec.deletionProtection === true,
      leaves: leaves.map((resource) => `${namespace}/${resource}`).sort(),
    };
  };
  const deletionProtection = isProtected;
  const kept = (...resources: string[]) => (isProtected ? resources : []);
  const sending = { verb: 'send', account: 'api', resource: { name: 'events' } };
  const receiving = { ...sending, verb: 'receive' };
  const readWrite = { verb: 'readWrite', account: 'api', resource: { name: 'uploads' } };
  const noUser = { username: '', password: '' };
  const noKey = { accessKeyId: '', secretAccessKey: '' };
  const database = { database: 'app', username: 'app', password: playedPassword };
  const uri = (host: string) => `postgresql://app:${playedPassword}@${host}:5432/app`;
  return [
    request(postgresOnAws, 'orders-db', { deletionProtection }, (hash) => {
      const host = rdsAddress(`orders-db-${hash}`);
      return {
        connection: { host, port: '5432', ...database, uri: uri(host) },
        status: { host, port: 5432, version: '16.9' },
        leaves: kept('instance', 'parameters', 'security-group', 'subnets'),
      };
    }),
    request(queueOnAws, 'events', { deadLetterAfter: 5 }, (hash) => ({
      connection: { queue: sqsUrl(`events-${hash}`), endpoint: 'https://sqs.eu-west-1.amazonaws.com' },
      status: { queue: sqsUrl(`events-${hash}`), deadLetterQueue: sqsUrl(`events-${hash}-dead-letters`) },
      leaves: kept('dead-letters', 'dead-letters-of-queue', 'queue'),
    })),
    request(bucketOnAws, 'uploads', { deletionProtection, versioning: true }, (hash) => {
      const bucket = `uploads-${hash}-123456789012`;
      const endpoint = 'https://s3.eu-west-1.amazonaws.com';
      const settings = ['cors', 'encryption', 'lifecycle', 'ownership', 'policy', 'public-access', 'versioning'];
      return {
        connection: { bucket, endpoint, region: 'eu-west-1' },
        status: { bucket, endpoint },
        leaves: kept('bucket', ...settings),
      };
    }),
    request(postgresOnGcp, 'orders-db', { deletionProtection }, () => ({
      connection: { host: playedAddress, port: '5432', ...database, uri: uri(playedAddress) },
      status: { host: playedAddress, port: 5432, version: '16' },
      leaves: kept('database', 'instance', 'user'),
    })),
    request(queueOnGcp, 'events', { deadLetterAfter: 5 }, (_, namespace) => ({
      connection: {
        queue: `${namespace}.events`,
        endpoint: 'https://pubsub.googleapis.com/v1/projects/acme-production',
      },
      status: { queue: `${namespace}.events`, deadLetterQueue: `${namespace}.events.dead-letters` },
      leaves: kept(
        ...['dead-letter-publisher', 'dead-letter-subscriber', 'dead-letter-topic', 'dead-letters'],
        ...['subscription', 'topic'],
      ),
    })),
    request(bucketOnGcp, 'uploads', { deletionProtection, versioning: true }, (hash) => {
      const project = createHash('sha256').update(gcpFacts.project).digest('hex').slice(0, 6);
      const bucket = `uploads-${hash}-${project}`;
      const endpoint = 'https://storage.googleapis.com';
      return {
        connection: { bucket, endpoint, region: 'europe-west1' },
        status: { bucket, endpoint },
        leaves: kept('bucket'),
      };
    }),
    request(postgresOnprem, 'orders-db', { deletionProtection }, (_, namespace) => ({
      connection: { host: 'orders-db-rw', port: '5432', ...database, uri: uri(`orders-db-rw.${namespace}`) },
      status: { host: `orders-db-rw.${namespace}.svc`, port: 5432, version: '16' },
      leaves: [],
    })),
    request(queueOnprem, 'events', { deadLetterAfter: 5 }, (_, namespace) => ({
      connection: { queue: 'events', endpoint: `amqp://rabbitmq.messaging.svc:5672/${namespace}.events` },
      status: { queue: 'events', deadLetterQueue: 'events.dead-letters' },
      leaves: [],
    })),
    request(bucketOnprem, 'uploads', { deletionProtection }, (hash) => {
      const { endpoint, region } = onpremFacts.objectStore;
      const bucket = `uploads-${hash}`;
      return { connection: { bucket, endpoint, region }, status: { bucket, endpoint }, leaves: [] };
    }),
    request(identityOnAws, 'api', { account: 'api' }, () => ({ connection: {}, status: {}, leaves: [] })),
    ...[sending, receiving].flatMap((spec) => [
      request(queueAccessOnAws, `api-events-${spec.verb}`, spec, (hash) => ({
        connection: noUser,
        status: { target: `arn:aws:sqs:eu-west-1:123456789012:events-${hash}` },
        leaves: [],
      })),
      request(queueAccessOnGcp, `api-events-${spec.verb}`, spec, (_, namespace) => ({
        connection: noUser,
        status: { target: `${namespace}.events` },
        leaves: [],
      })),
      request(queueAccessOnprem, `api-events-${spec.verb}`, spec, (_, namespace) => ({
        connection: { username: `api-events-${spec.verb}-messagequeueaccess`, password: playedPassword },
        status: { target: `${namespace}.events` },
        leaves: [],
      })),
    ]),
    request(bucketAccessOnAws, 'api-uploads-readwrite', readWrite, (hash) => ({
      connection: noKey,
      status: { target: `arn:aws:s3:::uploads-${hash}-123456789012` },
      leaves: [],
    })),
    request(bucketAccessOnGcp, 'api-uploads-readwrite', readWrite, (hash) => {
      const project = createHash('sha256').update(gcpFacts.project).digest('hex').slice(0, 6);
      return { connection: noKey, status: { target: `uploads-${hash}-${project}` }, leaves: [] };
    }),
    request(bucketAccessOnprem, 'api-uploads-readwrite', readWrite, () => ({
      connection: { accessKeyId: 'id', secretAccessKey: playedPassword },
      status: { target: 'uploads-objectbucket' },
      leaves: [],
    })),
  ];
}
