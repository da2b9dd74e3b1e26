import { GoldenService, type SecretStoreSettings } from 'cdk8s-golden-path';
import { TeamNamespace } from 'cdk8s-golden-path/team';
import { synthObjects } from 'cdk8s-golden-path/testing';
import { refusals } from '../platform/refusals';
import { image } from '../workload/workloads';
import { ordersEnvironment, platformEnvironment, renderedBy, teamPlatform } from './teams';

function storeOf(settings: Omit<SecretStoreSettings, 'name'>) {
  const platform = teamPlatform({ secretStore: { name: 'store', ...settings } });
  const objects = renderedBy(new TeamNamespace(platformEnvironment(platform), 'orders'));
  return { store: objects['SecretStore store'], account: objects['ServiceAccount secret-store'] };
}

test('Vault knows the namespace by an account of its own, and lets it take on the role of its name', () => {
  const { store } = storeOf({ vault: { server: 'https://vault.acme.io:8200', path: 'kv-{environment}' } });
  expect(store.spec.provider.vault).toEqual({
    server: 'https://vault.acme.io:8200',
    path: 'kv-staging',
    version: 'v2',
    auth: {
      kubernetes: {
        mountPath: 'kubernetes',
        role: 'orders-staging',
        serviceAccountRef: { name: 'secret-store' },
      },
    },
  });
});

test('AWS knows the account by a role, in the region of the cluster', () => {
  const { store, account } = storeOf({ aws: { role: 'arn:aws:iam::123456789012:role/secrets-{namespace}' } });
  expect(store.spec.provider.aws).toMatchObject({
    service: 'SecretsManager',
    region: 'eu-west-1',
    auth: { jwt: { serviceAccountRef: { name: 'secret-store' } } },
  });
  expect(account.metadata.annotations).toEqual({
    'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/secrets-orders-staging',
  });
});

test('Google Cloud knows the account by a service account of its own', () => {
  const { store, account } = storeOf({
    gcp: { projectId: 'acme-{environment}', serviceAccount: '{team}@acme.iam.gserviceaccount.com' },
  });
  expect(store.spec.provider.gcpsm).toMatchObject({
    projectID: 'acme-staging',
    auth: { workloadIdentity: { serviceAccountRef: { name: 'secret-store' } } },
  });
  expect(account.metadata.annotations).toEqual({
    'iam.gke.io/gcp-service-account': 'orders@acme.iam.gserviceaccount.com',
  });
});

test.each<[string, Omit<SecretStoreSettings, 'name'>]>([
  ['has one for the whole cluster', { kind: 'ClusterSecretStore' }],
  ['does not say what it is', {}],
])('no store is rendered where the platform %s', (_, settings) => {
  expect(storeOf(settings).store).toBeUndefined();
  expect(storeOf(settings).account).toBeUndefined();
});

describe('paths', () => {
  const reading = (path: string, settings: Partial<SecretStoreSettings> = {}, secretPaths?: string[]) => {
    const vault = { server: 'https://vault.acme.io' };
    const env = ordersEnvironment(teamPlatform({ secretStore: { name: 'store', vault, ...settings } }));
    new TeamNamespace(env, 'orders', { secretPaths });
    const api = new GoldenService(env, 'api', { image, port: 8080, secretsFrom: [env.secret(path)] });
    return refusals(() => synthObjects(api));
  };

  test('of the team itself are read', () => expect(reading('orders/stripe')).toEqual([]));

  test('of other teams are refused', () => {
    expect(reading('payments/stripe')).toEqual([
      'ExternalSecret "api" reads "payments/stripe", which is not below orders/; move the secret, or add its prefix to secretPaths',
    ]);
  });

  test('that only begin like the name of the team are refused', () => {
    expect(reading('orders-of-others/stripe')).toHaveLength(1);
  });

  test('that the team reads besides are read', () => expect(reading('shared/ca', {}, ['shared/'])).toEqual([]));

  test('begin as the platform says', () => {
    expect(reading('staging/orders/stripe', { prefix: '{environment}/{team}/' })).toEqual([]);
    expect(reading('orders/stripe', { prefix: '{environment}/{team}/' })).toHaveLength(1);
    expect(reading('anything', { prefix: '' })).toEqual([]);
  });
});

test('registry credentials are on the account of pods that name none', () => {
  const bundle = new TeamNamespace(platformEnvironment(), 'orders', { imagePullSecrets: ['regcred'] });
  expect(renderedBy(bundle)['ServiceAccount default']).toMatchObject({
    automountServiceAccountToken: false,
    imagePullSecrets: [{ name: 'regcred' }],
  });
});
