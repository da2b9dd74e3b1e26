import { Cluster } from '../../../imports/postgresql.cnpg.io';
import { Instance, ParameterGroup, SubnetGroup } from '../../../imports/rds.aws.m.upbound.io';
import { BucketLifecycleConfiguration } from '../../../imports/s3.aws.m.upbound.io';
import { Queue, QueueRedrivePolicy } from '../../../imports/sqs.aws.m.upbound.io';
import { type Composition, composition } from '../../../src/crossplane/composition/composition';
import { joined, keyIn } from '../../../src/crossplane/composition/connection';
import { secretKey } from '../../../src/crossplane/composition/connection-keys';
import { text } from '../../../src/crossplane/composition/text';
import { postgres, silent } from './test-apis';

const region = 'eu-west-1';

/** A database on AWS: tables, arithmetic, a default, a name from another resource, status of several origins, a contract. */
export const database = composition(postgres, { name: 'postgreses-aws', labelPrefix: 'acme.io' }, (c) => {
  const { xr } = c;
  const subnets = c.add('subnets', SubnetGroup, {
    spec: { forProvider: { region, subnetIds: ['subnet-1', 'subnet-2'] } },
  });
  const db = c.add('instance', Instance, {
    spec: {
      forProvider: {
        region: xr.spec.region.orElse(region),
        engine: 'postgres',
        engineVersion: xr.spec.version,
        instanceClass: xr.spec.size.map({ small: 'db.t4g.small', large: 'db.m7g.large' }),
        allocatedStorage: xr.spec.storageGb,
        maxAllocatedStorage: xr.spec.storageGb.multiply(2).clampMax(1000),
        multiAz: xr.spec.highlyAvailable,
        dbName: 'app',
        username: 'app',
        autoGeneratePassword: true,
        passwordSecretRef: { name: text`${xr.metadata.name}-password`, key: 'password' },
        dbSubnetGroupName: subnets.metadata.name,
        maintenanceWindow: xr.spec.maintenance,
        tags: { Name: xr.metadata.name },
      },
    },
  });
  return c.report({
    status: {
      host: db.status.atProvider.address,
      port: db.status.atProvider.port,
      engine: 'postgres',
      address: text`${db.status.atProvider.address}:${db.status.atProvider.port} of ${xr.spec.storageGb}`,
    },
    connection: {
      host: db.status.atProvider.address,
      port: db.status.atProvider.port,
      username: db.spec.forProvider.username,
      password: secretKey(db, 'password'),
      uri: joined('postgresql://$(username):$(password)@$(host):$(port)/app'),
    },
  });
});

/** A queue with its dead letters: a value travels from one resource to the next. */
export const queue = composition(silent, { name: 'silents-aws' }, (c) => {
  const { xr } = c;
  const dlq = c.add('dead-letters', Queue, { spec: { forProvider: { region } } });
  const main = c.add('queue', Queue, {
    spec: {
      forProvider: {
        region,
        delaySeconds: xr.spec.storageGb,
        sqsManagedSseEnabled: xr.spec.enabled,
        name: text`${xr.metadata.namespace}-${xr.metadata.name}`,
      },
    },
  });
  c.add('redrive', QueueRedrivePolicy, {
    spec: {
      forProvider: {
        region,
        queueUrl: main.status.atProvider.url,
        redrivePolicy: text`{"deadLetterTargetArn":"${dlq.status.atProvider.arn}","maxReceiveCount":${xr.spec.storageGb}}`,
      },
    },
  });
  return c.report({
    status: {
      arn: main.status.atProvider.arn,
      both: text`${main.status.atProvider.arn} and ${main.status.atProvider.url}`,
    },
  });
});

/** A database in the cluster: an operator's Secret holds the contract. */
export const inCluster = composition(postgres, { name: 'postgreses-onprem' }, (c) => {
  const { xr } = c;
  const cluster = c.add('cluster', Cluster, {
    metadata: { name: text`${xr.metadata.name}-pg` },
    spec: {
      instances: xr.spec.highlyAvailable.map({ true: 3, false: 1 }),
      storage: { size: xr.spec.storageGb.format('%sGi') },
      imageName: xr.spec.version.format('ghcr.io/cloudnative-pg/postgresql:%s'),
    },
  });
  const secret = text`${cluster.metadata.name}-app`;
  const key = (name: string) => keyIn(secret, name);
  return c.report({
    status: { host: text`${cluster.metadata.name}-rw.${xr.metadata.namespace}`, port: 5432 },
    connection: {
      host: key('host'),
      port: key('port'),
      username: key('username'),
      password: key('password'),
      uri: key('uri'),
    },
  });
});

/** Lists: one made from another, one with an item that is there only with a value, one with leading zeros. */
export const lists = composition(silent, { name: 'silents-lists' }, (c) => {
  const { xr } = c;
  const lifecycle = c.add('lifecycle', BucketLifecycleConfiguration, {
    spec: {
      forProvider: {
        region,
        bucket: xr.metadata.name,
        rule: xr.spec.rules.each((rule) => ({
          id: rule.name,
          status: 'Enabled',
          filter: [{ prefix: rule.prefix }],
          expiration: [{ days: rule.days }],
        })),
      },
    },
  });
  c.add('parameters', ParameterGroup, {
    spec: {
      forProvider: {
        region,
        family: 'postgres16',
        description: xr.spec.storageGb.format('%08d'),
        parameter: [
          { name: 'rds.force_ssl', value: '1', applyMethod: 'immediate' },
          { name: '100%', value: xr.spec.note, applyMethod: 'pending-reboot' },
          { name: xr.spec.name.format('%s"'), value: xr.spec.note },
        ],
      },
    },
  });
  c.add('queue', Queue, {
    spec: { forProvider: { region, name: text`${lifecycle.status.atProvider.id}-${xr.spec.note}`.orLeaveOut() } },
  });
  return c.report({});
});

/** A request as the cluster holds it, with its defaults. */
export function request(made: Composition, spec: object, status?: object) {
  const { apiVersion, kind } = made.manifest.spec.compositeTypeRef;
  const labels = { 'acme.io/owner': 'orders', 'acme.io/cost-center': 'cc-1' };
  return {
    apiVersion,
    kind,
    metadata: { name: 'orders', namespace: 'shop', labels },
    spec: { crossplane: {}, ...spec },
    status,
  };
}

/** What is there of a composed resource. */
export function observed(name: string, apiVersion: string, kind: string, rest: object) {
  return {
    apiVersion,
    kind,
    metadata: {
      name: `orders-${name}`,
      namespace: 'shop',
      annotations: { 'crossplane.io/composition-resource-name': name },
      labels: { 'crossplane.io/composite': 'orders' },
    },
    ...rest,
  };
}

const postgresSpec = {
  size: 'small',
  storageGb: 20,
  highlyAvailable: false,
  version: '16',
  load: 0.5,
  subnets: [],
  labels: {},
};
const silentSpec = {
  size: 'small',
  storageGb: 1000000,
  enabled: true,
  load: 0.5,
  name: 'x',
  zones: ['a', 'b'],
  ports: [1],
  labels: {},
};
const ready = {
  conditions: [{ type: 'Ready', status: 'True', reason: 'Available', lastTransitionTime: '2026-01-01T00:00:00Z' }],
};

const rds = 'rds.aws.m.upbound.io/v1beta1';
const sqs = 'sqs.aws.m.upbound.io/v1beta1';

/** Renders, step by step: nothing there, some of it, all of it. */
export const renderCases = [
  { name: 'database, first', made: database, request: request(database, postgresSpec), observed: [] },
  {
    name: 'database, second',
    made: database,
    request: request(database, {
      ...postgresSpec,
      size: 'large',
      storageGb: 700,
      highlyAvailable: true,
      region: 'us-east-1',
      maintenance: 'Sun:03:00-Sun:04:00',
    }),
    observed: [observed('subnets', rds, 'SubnetGroup', { spec: {}, status: { ...ready } })],
  },
  {
    name: 'database, ready',
    made: database,
    request: request(database, postgresSpec),
    observed: [
      observed('subnets', rds, 'SubnetGroup', { spec: {}, status: ready }),
      observed('instance', rds, 'Instance', {
        spec: { forProvider: { username: 'app' } },
        status: { ...ready, atProvider: { address: 'db.aws', port: 5432 } },
      }),
    ],
  },
  { name: 'queue, first', made: queue, request: request(queue, silentSpec), observed: [] },
  {
    name: 'queue, dead letters only',
    made: queue,
    request: request(queue, silentSpec),
    observed: [observed('dead-letters', sqs, 'Queue', { status: { ...ready, atProvider: { arn: 'arn:dlq' } } })],
  },
  {
    name: 'queue, ready',
    made: queue,
    request: request(queue, silentSpec),
    observed: [
      observed('dead-letters', sqs, 'Queue', { status: { ...ready, atProvider: { arn: 'arn:dlq' } } }),
      observed('queue', sqs, 'Queue', { status: { ...ready, atProvider: { arn: 'arn:q', url: 'https://q' } } }),
      observed('redrive', sqs, 'QueueRedrivePolicy', { status: ready }),
    ],
  },
  { name: 'in cluster, first', made: inCluster, request: request(inCluster, postgresSpec), observed: [] },
  {
    name: 'in cluster, ready',
    made: inCluster,
    request: request(inCluster, { ...postgresSpec, highlyAvailable: true }),
    observed: [observed('cluster', 'postgresql.cnpg.io/v1', 'Cluster', { status: ready })],
  },
  { name: 'lists, empty', made: lists, request: request(lists, silentSpec), observed: [] },
  {
    name: 'lists, full',
    made: lists,
    request: request(lists, {
      ...silentSpec,
      storageGb: 42,
      note: 'say "hi"',
      rules: [
        { name: 'a', days: 3, prefix: '' },
        { name: 'b', prefix: 'tmp/' },
      ],
    }),
    observed: [
      observed('lifecycle', 's3.aws.m.upbound.io/v1beta1', 'BucketLifecycleConfiguration', {
        status: { ...ready, atProvider: { id: 'id' } },
      }),
    ],
  },
] as const;
