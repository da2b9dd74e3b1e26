import { Key } from '../../../imports/kms.aws.m.upbound.io';
import { Secret } from '../../../imports/kubernetes';
import { ObjectBucketClaim } from '../../../imports/objectbucket.io';
import { Cluster, Database as ClusterDatabase } from '../../../imports/postgresql.cnpg.io';
import { Topic } from '../../../imports/pubsub.gcp.m.upbound.io';
import { RabbitmqCluster } from '../../../imports/rabbitmq.com';
import { Instance, ParameterGroup, SubnetGroup } from '../../../imports/rds.aws.m.upbound.io';
import { Bucket } from '../../../imports/s3.aws.m.upbound.io';
import { DatabaseInstance } from '../../../imports/sql.gcp.m.upbound.io';
import { Queue, QueuePolicy } from '../../../imports/sqs.aws.m.upbound.io';
import { always, condition, equals, exists, isTrue } from '../../../src/crossplane/composition/readiness';
import { valueAt } from '../../../src/crossplane/composition/resource-body';
import { text } from '../../../src/crossplane/composition/text';
import { build, inputOf, patchOf, templateOf } from './build';

const region = 'eu-west-1';
const orphaned = ['Observe', 'Create', 'Update', 'LateInitialize'];

function policies(made: ReturnType<typeof build>, name: string): unknown {
  return valueAt(templateOf(made, name).base, ['spec', 'managementPolicies']);
}

describe('a managed resource', () => {
  test('says which configuration its provider uses, because the default is looked up in the wrong place', () => {
    const add = (props = {}) =>
      templateOf(
        build((c) => {
          c.add('q', Queue, { spec: { forProvider: { region } } });
        }, props),
        'q',
      ).base;
    expect(add()).toMatchObject({ spec: { providerConfigRef: { kind: 'ClusterProviderConfig', name: 'default' } } });
    const providerConfig = { kind: 'ProviderConfig', name: 'team' } as const;
    expect(add({ providerConfig })).toMatchObject({ spec: { providerConfigRef: providerConfig } });
  });

  test('keeps the configuration that it names', () => {
    const made = build((c) => {
      c.add('q', Queue, {
        spec: { forProvider: { region }, providerConfigRef: { kind: 'ProviderConfig', name: 'own' } },
      });
    });
    expect(templateOf(made, 'q').base).toMatchObject({
      spec: { providerConfigRef: { kind: 'ProviderConfig', name: 'own' } },
    });
  });

  test('outlives its request when it holds data, and so does what it refers to', () => {
    const made = build((c) => {
      const subnets = c.add('subnets', SubnetGroup, { spec: { forProvider: { region, subnetIds: ['a'] } } });
      c.add('parameters', ParameterGroup, { spec: { forProvider: { region, family: 'postgres16' } } });
      c.add('db', Instance, {
        spec: { forProvider: { region, instanceClass: 'x', dbSubnetGroupName: subnets.metadata.name } },
      });
    });
    expect(policies(made, 'db')).toEqual(orphaned);
    expect(policies(made, 'subnets')).toEqual(orphaned);
    expect(policies(made, 'parameters')).toBeUndefined();
  });

  test.each([
    ['messages', () => build((c) => void c.add('it', Topic, { spec: { forProvider: {} } }))],
    [
      'messages that nobody has read',
      () => build((c) => void c.add('it', Queue, { spec: { forProvider: { region } } })),
    ],
    ['objects', () => build((c) => void c.add('it', Bucket, { spec: { forProvider: { region } } }))],
    ['a key', () => build((c) => void c.add('it', Key, { spec: { forProvider: { region } } }))],
  ])('outlives its request with %s', (_, make) => {
    expect(policies(make(), 'it')).toEqual(orphaned);
  });

  test('is deleted or kept as its author says', () => {
    const made = build((c) => {
      c.add('q', Queue, { spec: { forProvider: { region } } }, { onDelete: 'delete' });
      c.add(
        'policy',
        QueuePolicy,
        { spec: { forProvider: { region, queueUrl: 'q', policy: '{}' } } },
        { onDelete: 'orphan' },
      );
      c.add('own', Queue, { spec: { forProvider: { region }, managementPolicies: ['Observe'] } });
    });
    expect(policies(made, 'q')).toBeUndefined();
    expect(policies(made, 'policy')).toEqual(orphaned);
    expect(policies(made, 'own')).toEqual(['Observe']);
  });

  test.each([
    ['AWS', 'spec.forProvider.tags'],
    ['Pub/Sub', 'spec.forProvider.labels'],
    ['Cloud SQL', 'spec.forProvider.settings.userLabels'],
  ])('carries its owner and cost centre, wherever its cloud takes them: %s', (cloud, path) => {
    const made = build(
      (c) => {
        if (cloud === 'AWS') c.add('it', Queue, { spec: { forProvider: { region, tags: { Name: 'x' } } } });
        if (cloud === 'Pub/Sub') c.add('it', Topic, { spec: { forProvider: { labels: { Name: 'x' } } } });
        if (cloud === 'Cloud SQL') {
          const settings = { tier: 'db-f1-micro', userLabels: { Name: 'x' } };
          c.add('it', DatabaseInstance, {
            spec: { forProvider: { databaseVersion: 'POSTGRES_16', region, settings } },
          });
        }
      },
      { labelPrefix: 'acme.io' },
    );
    expect(patchOf(made, 'it', `${path}.owner`)?.fromFieldPath).toBe('metadata.labels[acme.io/owner]');
    expect(patchOf(made, 'it', `${path}.cost-center`)?.fromFieldPath).toBe('metadata.labels[acme.io/cost-center]');
    expect(JSON.stringify(templateOf(made, 'it').base)).toContain('"Name":"x"');
  });

  test('carries the tags of the composition instead, and its own win', () => {
    const made = build(
      (c) => {
        c.add('q', Queue, { spec: { forProvider: { region, tags: { team: 'fixed' } } } });
        c.add('r', Queue, { spec: { forProvider: { region } } });
      },
      { tags: { team: 'team' } },
    );
    expect(patchOf(made, 'q', 'spec.forProvider.tags.team')).toBeUndefined();
    expect(patchOf(made, 'r', 'spec.forProvider.tags.team')?.fromFieldPath).toBe('metadata.labels.team');
    expect(patchOf(made, 'r', 'spec.forProvider.tags.owner')).toBeUndefined();
  });

  test('has the external name that it is given', () => {
    const made = build((c) => {
      c.add(
        'q',
        Queue,
        { metadata: { annotations: { a: 'b' } }, spec: { forProvider: { region } } },
        { externalName: text`x-${c.xr.metadata.name}` },
      );
    });
    expect(patchOf(made, 'q', 'metadata.annotations[crossplane.io/external-name]')).toMatchObject({
      fromFieldPath: 'metadata.name',
    });
    expect(templateOf(made, 'q').base).toMatchObject({ metadata: { annotations: { a: 'b' } } });
  });
});

describe('order of deletion', () => {
  const made = build((c) => {
    const cluster = c.add('cluster', Cluster, { spec: { instances: 1, storage: { size: '1Gi' } } });
    c.add(
      'database',
      ClusterDatabase,
      { spec: { name: 'app', owner: 'app', cluster: { name: 'x' } } },
      { dependsOn: [cluster] },
    );
    c.add('other', Queue, { spec: { forProvider: { region } } });
  });

  test('is kept by a Usage that finds both before they exist', () => {
    const usage = templateOf(made, 'database-uses-cluster').base;
    const labels = (name: string) => ({
      matchControllerRef: true,
      matchLabels: { 'golden-path.local/resource': name },
    });
    expect(usage).toEqual({
      apiVersion: 'protection.crossplane.io/v1beta1',
      kind: 'Usage',
      spec: {
        of: { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', resourceSelector: labels('cluster') },
        by: { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Database', resourceSelector: labels('database') },
        replayDeletion: true,
      },
    });
    expect(templateOf(made, 'cluster').base).toMatchObject({
      metadata: { labels: { 'golden-path.local/resource': 'cluster' } },
    });
  });

  test('leaves others alone', () => {
    expect(inputOf(made).resources).toHaveLength(4);
    expect(templateOf(made, 'other').base?.metadata).toBeUndefined();
  });
});

describe('readiness', () => {
  test('is the condition Ready of managed resources, which the function looks at by itself', () => {
    const made = build((c) => {
      c.add('q', Queue, { spec: { forProvider: { region } } });
    });
    expect(templateOf(made, 'q').readinessChecks).toBeUndefined();
  });

  test('is what kinds without that condition have instead', () => {
    const made = build((c) => {
      c.add('rabbit', RabbitmqCluster, { spec: {} });
      c.add('database', ClusterDatabase, { spec: { name: 'app', owner: 'app', cluster: { name: 'x' } } });
      c.add('claim', ObjectBucketClaim, { spec: { storageClassName: 'x', generateBucketName: 'x' } });
      c.add('secret', Secret, { stringData: { key: c.xr.spec.name } });
    });
    const checks = (name: string) => templateOf(made, name).readinessChecks;
    expect(checks('rabbit')).toEqual([
      { type: 'MatchCondition', matchCondition: { type: 'AllReplicasReady', status: 'True' } },
    ]);
    expect(checks('database')).toEqual([{ type: 'MatchTrue', fieldPath: 'status.applied' }]);
    expect(checks('claim')).toEqual([{ type: 'MatchString', fieldPath: 'status.phase', matchString: 'Bound' }]);
    expect(checks('secret')).toEqual([{ type: 'None' }]);
  });

  test('is what the author says', () => {
    const made = build((c) => {
      c.add('topic', Topic, { spec: { forProvider: {} } }, { ready: () => always });
      c.add(
        'rabbit',
        RabbitmqCluster,
        { spec: {} },
        {
          ready: (self) => [
            condition('ClusterAvailable'),
            exists(self.status.defaultUser.secretReference.name),
            equals(self.status.defaultUser.secretReference.namespace, 't'),
          ],
        },
      );
      c.add(
        'database',
        ClusterDatabase,
        { spec: { name: 'app', owner: 'app', cluster: { name: 'x' } } },
        { ready: (self) => isTrue(self.status.applied) },
      );
    });
    expect(templateOf(made, 'topic').readinessChecks).toEqual([{ type: 'None' }]);
    expect(templateOf(made, 'rabbit').readinessChecks).toEqual([
      { type: 'MatchCondition', matchCondition: { type: 'ClusterAvailable', status: 'True' } },
      { type: 'NonEmpty', fieldPath: 'status.defaultUser.secretReference.name' },
      { type: 'MatchString', fieldPath: 'status.defaultUser.secretReference.namespace', matchString: 't' },
    ]);
    expect(templateOf(made, 'database').readinessChecks).toEqual([{ type: 'MatchTrue', fieldPath: 'status.applied' }]);
  });
});
