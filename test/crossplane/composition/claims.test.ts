import { Key } from '../../../imports/kms.aws.crossplane.io';
import { DBInstance } from '../../../imports/rds.aws.crossplane.io';
import { Queue } from '../../../imports/sqs.aws.crossplane.io';
import { claimComposition } from '../../../src/crossplane/composition/composition';
import { joined, keyIn } from '../../../src/crossplane/composition/connection';
import { secretKey } from '../../../src/crossplane/composition/connection-keys';
import { text } from '../../../src/crossplane/composition/text';
import { renderComposition } from '../../../src/crossplane/testing/render-composition';
import { inputOf, templateOf } from './build';
import { postgres } from './test-apis';

const region = 'eu-west-1';

const made = claimComposition(postgres, { name: 'postgreses-aws-v1', labelPrefix: 'acme.io' }, (c) => {
  const { spec } = c.xr;
  const key = c.add('key', Key, { spec: { forProvider: { region } } });
  const db = c.add(
    'instance',
    DBInstance,
    {
      spec: {
        forProvider: {
          region,
          dbInstanceClass: spec.size.map({ small: 'db.t4g.small', large: 'db.m7g.large' }),
          engine: 'postgres',
          kmsKeyID: key.status.atProvider.keyID,
          masterUsername: 'app',
          dbName: text`${spec.claimRef.namespace}-${spec.claimRef.name}`,
          tags: [{ key: 'Name', value: spec.claimRef.name }],
        },
      },
    },
    { dependsOn: [key] },
  );
  c.add('queue', Queue, { spec: { forProvider: { region } } }, { onDelete: 'delete' });
  return c.report({
    status: { host: db.status.atProvider.endpoint.address },
    connection: {
      host: secretKey(db, 'endpoint'),
      port: secretKey(db, 'port'),
      username: secretKey(db, 'username'),
      password: secretKey(db, 'password'),
      uri: joined('postgresql://$(username):$(password)@$(host):$(port)/app'),
    },
  });
});

const request = {
  apiVersion: 'platform.acme.io/v1',
  kind: 'XPostgres',
  metadata: { name: 'orders-x7k2p', labels: { 'acme.io/owner': 'orders' } },
  spec: { size: 'small', claimRef: { name: 'orders', namespace: 'shop' } },
};

const key = {
  apiVersion: 'kms.aws.crossplane.io/v1alpha1',
  kind: 'Key',
  metadata: { name: 'key', annotations: { 'crossplane.io/composition-resource-name': 'key' } },
  status: { atProvider: { keyID: 'key-1' }, conditions: [{ type: 'Ready', status: 'True' }] },
};

const rendered = renderComposition(made.manifest, request, [key]);

function composed(name: string) {
  return rendered.resources.find(
    ({ metadata }) => metadata.annotations['crossplane.io/composition-resource-name'] === name,
  );
}

test('a claim is fulfilled by resources of the whole cluster', () => {
  expect(made.manifest.spec).toMatchObject({
    compositeTypeRef: { apiVersion: 'platform.acme.io/v1', kind: 'XPostgres' },
    writeConnectionSecretsToNamespace: 'crossplane-system',
  });
  expect(composed('instance')?.spec.forProvider).toMatchObject({
    dbInstanceClass: 'db.t4g.small',
    kmsKeyID: 'key-1',
    dbName: 'shop-orders',
  });
  expect(composed('instance')?.metadata.namespace).toBeUndefined();
});

test('data outlives its claim by deletion policy, and so does what it needs', () => {
  expect(composed('instance')?.spec.deletionPolicy).toBe('Orphan');
  expect(composed('key')?.spec.deletionPolicy).toBe('Orphan');
  expect(composed('queue')?.spec).not.toHaveProperty('deletionPolicy');
  expect(composed('instance')?.spec).not.toHaveProperty('managementPolicies');
});

test('the provider is named without a kind, and Secrets say where they go', () => {
  expect(composed('instance')?.spec).toMatchObject({
    providerConfigRef: { name: 'default' },
    writeConnectionSecretToRef: { name: 'orders-x7k2p-postgres-instance', namespace: 'crossplane-system' },
  });
  expect(composed('instance')?.spec.providerConfigRef).toEqual({ name: 'default' });
});

test('tags that are a list get the owner as an item, when the claim has one', () => {
  expect(composed('instance')?.spec.forProvider.tags).toEqual([
    { key: 'Name', value: 'orders' },
    { key: 'owner', value: 'orders' },
  ]);
  expect(composed('queue')?.spec.forProvider.tags).toEqual({ owner: 'orders' });
});

test('Crossplane itself writes the connection Secret, where the claim says', () => {
  expect(inputOf(made)).not.toHaveProperty('writeConnectionSecretToRef');
  expect(rendered.resources.map(({ kind }) => kind)).not.toContain('Secret');
  expect(made.connection.password).toEqual({ secret: '%s-postgres-connection', key: 'password' });
});

test('order of deletion is kept by the Usage that v1 has', () => {
  expect(templateOf(made, 'instance-uses-key').base).toMatchObject({
    apiVersion: 'apiextensions.crossplane.io/v1beta1',
    kind: 'Usage',
  });
});

test('a Secret of another writer is named after the claim', () => {
  const named = (name: 'claim' | 'composite') =>
    claimComposition(postgres, { name: 'p' }, (c) => {
      const { claimRef } = c.xr.spec;
      const secret = name === 'claim' ? text`${claimRef.name}-app` : text`${c.xr.metadata.name}-app`;
      const uri = keyIn(secret, 'uri');
      c.add('queue', Queue, { spec: { forProvider: { region } } });
      return c.report({ connection: { host: 'h', port: '1', username: 'u', password: 'p', uri } });
    }).connection.uri;
  expect(named('claim')).toEqual({ secret: '%s-app', key: 'uri' });
  expect(() => named('composite')).toThrow(/must be made from the name of the request only/);
});
