import type { ConnectionKeys } from '../../../src/crossplane/composition/connection-keys';
import type { KubeObject } from '../../../src/dev/api-client';

// biome-ignore lint/suspicious/noExplicitAny: the fields of any kind of object, read and never written
type Fields = any;

/** The password that whoever makes one makes here. */
export const playedPassword = 'played-secret';

/** The address that Cloud SQL gives an instance here. */
export const playedAddress = '10.20.0.3';

/** What a provider or an operator does with an object. */
export interface Played {
  /** What the status says: `atProvider` of a managed resource. */
  readonly atProvider?: Readonly<Record<string, unknown>>;
  /** The whole status of an object that is no managed resource. */
  readonly status?: Readonly<Record<string, unknown>>;
  /** The id that the provider chooses; otherwise the name that the object asks for, or its own. */
  readonly externalName?: string;
  /** What the connection Secret of a managed resource holds. */
  readonly connection?: Readonly<Record<string, string>>;
  /** Secrets that an operator writes beside the object, by their names. */
  readonly secrets?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The name outside of the cluster that an object asks for. */
export function externalNameOf({ metadata }: KubeObject): string {
  return metadata.annotations?.['crossplane.io/external-name'] ?? metadata.name;
}

const project = 'projects/acme-production';
const ready = { conditions: [readyCondition('Ready')] };
const inOrder = () => ({ status: ready });

/** The connection keys of a kind, all of them. */
function connectionOf<Kind extends keyof ConnectionKeys>(_kind: Kind, keys: Record<ConnectionKeys[Kind], string>) {
  return keys;
}

/** The address of a database on RDS. */
export function rdsAddress(identifier: string): string {
  return `${identifier}.abc.eu-west-1.rds.amazonaws.com`;
}

/** The address of a queue of SQS. */
export function sqsUrl(name: string): string {
  return `https://sqs.eu-west-1.amazonaws.com/123456789012/${name}`;
}

/** What is played, by apiVersion and kind; other managed resources only come to be. */
const plays: Readonly<Record<string, (object: KubeObject, forProvider: Fields) => Played>> = {
  'rds.aws.m.upbound.io/v1beta1 Instance': (_, { identifier, username }) => {
    const address = rdsAddress(identifier);
    return {
      externalName: `db-${identifier}`,
      atProvider: { address, port: 5432, engineVersionActual: '16.9' },
      connection: connectionOf('rds.aws.m.upbound.io/v1beta1 Instance', {
        endpoint: `${address}:5432`,
        address,
        host: address,
        port: '5432',
        username,
        password: playedPassword,
      }),
    };
  },
  'ec2.aws.m.upbound.io/v1beta1 SecurityGroup': (_, { name }) => ({ externalName: `sg-${name}` }),
  'sqs.aws.m.upbound.io/v1beta1 Queue': (_, { name }) => ({
    externalName: sqsUrl(name),
    atProvider: { arn: `arn:aws:sqs:eu-west-1:123456789012:${name}`, url: sqsUrl(name) },
  }),
  's3.aws.m.upbound.io/v1beta1 Bucket': (object, { region }) => {
    const id = externalNameOf(object);
    return { atProvider: { id, arn: `arn:aws:s3:::${id}`, region } };
  },
  'sql.gcp.m.upbound.io/v1beta1 DatabaseInstance': (object, { region, databaseVersion }) => ({
    atProvider: {
      connectionName: `acme-production:${region}:${externalNameOf(object)}`,
      privateIpAddress: playedAddress,
      databaseVersion,
    },
  }),
  'pubsub.gcp.m.upbound.io/v1beta1 Topic': (object) => ({
    atProvider: { id: `${project}/topics/${externalNameOf(object)}` },
  }),
  'pubsub.gcp.m.upbound.io/v1beta1 Subscription': (object) => ({
    atProvider: { id: `${project}/subscriptions/${externalNameOf(object)}` },
  }),
  'storage.gcp.m.upbound.io/v1beta1 Bucket': (object) => ({ atProvider: { id: externalNameOf(object) } }),
  'external-secrets.io/v1 ExternalSecret': ({ spec }) => ({
    status: ready,
    secrets: { [(spec as Fields).target.name]: { password: playedPassword } },
  }),
  'postgresql.cnpg.io/v1 Cluster': ({ metadata: { name, namespace } }) => {
    const host = `${name}-rw`;
    const uri = `postgresql://app:${playedPassword}@${host}.${namespace}:5432/app`;
    return {
      status: ready,
      secrets: {
        [`${name}-app`]: { host, port: '5432', dbname: 'app', username: 'app', password: playedPassword, uri },
      },
    };
  },
  'postgresql.cnpg.io/v1 Database': () => ({ status: { applied: true } }),
  'objectbucket.io/v1alpha1 ObjectBucketClaim': ({ metadata: { name } }) => ({
    status: { phase: 'Bound' },
    secrets: { [name]: { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: playedPassword } },
  }),
  'rabbitmq.com/v1beta1 User': ({ metadata: { name } }) => ({
    status: { ...ready, username: name, credentials: { name: `${name}-user-credentials` } },
    secrets: { [`${name}-user-credentials`]: { username: name, password: playedPassword } },
  }),
  ...Object.fromEntries(
    ['Binding', 'Exchange', 'Permission', 'Policy', 'Queue', 'Vhost'].map((kind) => [
      `rabbitmq.com/v1beta1 ${kind}`,
      inOrder,
    ]),
  ),
};

/** What becomes of an object when its provider or operator has done its work. */
export function played(object: KubeObject): Played {
  const play = plays[`${object.apiVersion} ${object.kind}`];
  return play?.(object, (object.spec as Fields | undefined)?.forProvider) ?? {};
}

/** A condition that holds. */
export function readyCondition(type: string) {
  return { type, status: 'True', reason: 'Available', message: '', lastTransitionTime: '2026-01-01T00:00:00Z' };
}
