import { GoldenApp, Platform, type SecretStoreSettings } from 'cdk8s-golden-path';
import { TeamNamespace, Tenancy } from 'cdk8s-golden-path/team';
import { synthObjects, testEnvironment } from 'cdk8s-golden-path/testing';
import { refusals } from '../platform/refusals';
import { ordersEnvironment, platformEnvironment, teamPlatform } from './teams';

type Given = Readonly<Record<string, unknown>>;

test.each<[Given, string]>([
  [{ team: 'order' }, 'team "order" is no owner that the platform knows (did you mean "orders"?)'],
  [{ team: 'Orders' }, 'team "Orders" is no DNS label'],
  [{ team: 'nobody' }, 'team "nobody" has no group to own the namespace; set owners.nobody.group'],
  [{ qouta: 'small' }, 'there is no setting "qouta" (did you mean "quota"?)'],
  [{ quota: 'smal' }, 'quota "smal" is unknown (did you mean "small"?)'],
  [{ limits: { max: { cpu: '1x' } } }, 'limits.max.cpu'],
  [{ system: 'A b' }, 'system "A b" is no DNS label'],
  [{ podSecurity: { enforce: 'baseline' } }, 'podSecurity enforce=baseline is weaker than restricted without a reason'],
  [
    { podSecurity: { warn: 'strict' } },
    'podSecurity.warn "strict" is no level; use restricted, baseline or privileged',
  ],
  [{ podSecurity: { version: 'v1.36' } }, 'podSecurity.version "v1.36" is no Kubernetes minor; write it like "1.36"'],
  [{ podSecurity: 'baseline' }, 'podSecurity "baseline" is no record'],
  [{ access: { admins: ['x'] } }, 'access has no role "admins"'],
  [{ access: { viewers: 'support' } }, 'access.viewers "support" is no list of groups'],
  [{ access: { viewers: [''] } }, 'access.viewers holds "", which names no group'],
  [
    { access: { viewers: ['system:authenticated'] } },
    'access.viewers holds "system:authenticated", a group of the cluster itself',
  ],
  [{ gitops: { name: 'Git' } }, 'gitops.name "Git" is no DNS label'],
  [{ gitops: { name: 'default' } }, 'gitops.name "default" is the account of pods that name none'],
  [{ gitops: { rbac: {} } }, 'gitops.rbac has no reason; say why the team hands out permissions'],
  [
    { gitops: { rbac: { reason: 'x', grants: [{ apiGroups: [''], resources: ['*'], verbs: ['get'] }] } } },
    'has a wildcard; name each group, resource and verb',
  ],
  [
    { gitops: { rbac: { reason: 'x', grants: [{ apiGroups: [''], resources: ['roles'], verbs: ['escalate'] }] } } },
    'has the verb escalate, which gets around every other rule',
  ],
  [
    {
      gitops: { rbac: { reason: 'x', grants: [{ apiGroups: [''], resources: ['resourcequotas'], verbs: ['patch'] }] } },
    },
    'reaches resourcequotas, which belongs to the platform',
  ],
  [{ network: { sameNamespace: 'yes' } }, 'network.sameNamespace "yes" is no switch; use true or false'],
  [{ network: { apiServer: true } }, 'network.apiServer is on, and the topology names no address of it'],
  [{ network: { dns: true } }, 'network has no setting "dns"'],
  [{ secretPaths: 'shared/' }, 'secretPaths "shared/" is no list'],
  [{ secretPaths: [''] }, 'secretPaths holds ""; write what paths begin with'],
  [{ imagePullSecrets: ['Reg Cred'] }, 'imagePullSecrets holds "Reg Cred", which no Secret can be named'],
  [{ labels: { a: 1 } }, 'labels["a"] 1 is no text'],
  [{ annotations: [] }, 'annotations [] is no record of texts'],
  [{ objects: { a: {} } }, 'objects.a {} is no manifest; it needs apiVersion and kind'],
  [{ without: { qouta: 'x' } }, 'without has no part "qouta" (did you mean "quota"?)'],
  [{ without: { quota: ' ' } }, 'without.quota " " is no reason; say why it is left out'],
  [{ without: { quota: 'x' }, quota: 'small' }, 'without.quota leaves out what quota describes; drop one of them'],
])('a team namespace with %j is refused: %s', (props, message) => {
  const env = platformEnvironment();
  expect(refusals(() => new TeamNamespace(env, 'orders', props as never)).join('\n')).toContain(message);
});

test('everything that is wrong is said at once', () => {
  const props = { team: 'order', quota: 'smal', podSecurity: { enforce: 'baseline' } } as never;
  expect(refusals(() => new TeamNamespace(platformEnvironment(), 'x', props)).length).toBeGreaterThanOrEqual(3);
});

describe('overlapping namespaces are refused', () => {
  test('of one team', () => {
    const env = platformEnvironment();
    new TeamNamespace(env, 'orders');
    expect(refusals(() => new TeamNamespace(env, 'again', { team: 'orders' }))).toEqual([
      expect.stringMatching(
        /^namespace "orders-staging" of team "orders" is there already .* made for team "orders" by .*orders; /,
      ),
    ]);
  });

  test('of two teams that the rule of the platform brings together', () => {
    const env = platformEnvironment(teamPlatform({ namespace: (_, environment) => environment }));
    new TeamNamespace(env, 'orders');
    expect(refusals(() => new TeamNamespace(env, 'payments')).join()).toContain('made for team "orders"');
  });

  test('of two environments that share a cluster', () => {
    const app = new GoldenApp({ platform: teamPlatform({ namespace: (team) => team }), team: 'platform', system: 'x' });
    expect(refusals(() => app.forEachEnvironment((env) => new TeamNamespace(env, 'orders'))).join()).toContain(
      'namespace "orders" of team "orders" is there already in the cluster "eu"',
    );
  });

  test.each([
    ['kube-system', 'is the one of the DNS, whose pods every team lets in'],
    ['gateway', 'is the one of the gateway, whose pods every team lets in'],
    ['monitoring', 'is the one of the scraper, whose pods every team lets in'],
    ['default', 'belongs to the cluster'],
    ['kube-public', 'belongs to the cluster'],
  ])('with %s', (namespace, message) => {
    // The environment itself keeps a name of its own.
    const platform = teamPlatform({ namespace: (team) => (team === 'orders' ? namespace : team) });
    expect(refusals(() => new TeamNamespace(platformEnvironment(platform), 'orders')).join()).toContain(message);
  });
});

test('a quota cannot follow workloads that are not there', () => {
  const env = ordersEnvironment();
  new TeamNamespace(env, 'orders');
  expect(refusals(() => synthObjects(env))).toEqual([expect.stringContaining('there are none; name a size')]);
});

test('a platform that makes team namespaces makes a tenancy, or nothing would keep their guard rails', () => {
  const env = testEnvironment({ platform: teamPlatform(), team: 'platform' });
  new TeamNamespace(env, 'orders');
  expect(refusals(() => synthObjects(env))).toEqual([expect.stringContaining('the cluster "eu" has none; make one')]);
});

describe('a tenancy is refused', () => {
  test.each<[Given, string]>([
    [{}, 'keepers undefined is no record'],
    [{ keepers: {} }, 'keepers is empty; name a group or a service account'],
    [{ keepers: { users: ['x'] } }, 'keepers has no setting "users"'],
    [{ keepers: { groups: ['system:authenticated'] } }, 'keepers.groups holds "system:authenticated"'],
    [
      { keepers: { serviceAccounts: ['argocd'] } },
      'keepers.serviceAccounts holds "argocd"; write it as namespace/name',
    ],
    [{ keepers: { groups: ['x'] }, apis: [{ group: 'acme.io', resources: ['*'] }] }, 'api resource "*" of acme.io'],
    [
      { keepers: { groups: ['x'] }, apis: [{ group: 'apps', resources: ['deployments'] }] },
      'api group "apps" is no group of a platform',
    ],
    [
      { keepers: { groups: ['x'] }, apis: [{ group: 'rbac.authorization.k8s.io', resources: ['roles'] }] },
      'is no group of a platform',
    ],
    [
      { keepers: { groups: ['x'] }, apis: [{ group: 'tenancy.acme.io', resources: ['guardrails'] }] },
      'stands for the guard rails',
    ],
  ])('with %j: %s', (props, message) => {
    const env = testEnvironment({ platform: teamPlatform(), team: 'platform' });
    expect(refusals(() => new Tenancy(env, 'tenancy', props as never)).join('\n')).toContain(message);
  });

  test('where the cluster has one already', () => {
    const app = new GoldenApp({ platform: teamPlatform(), team: 'platform', system: 'x' });
    const make = () =>
      app.forEachEnvironment((env) => new Tenancy(env, 'tenancy', { keepers: { groups: ['platform-people'] } }));
    expect(refusals(make).join()).toContain('cluster "eu" has a tenancy already, made by platform/staging/eu/tenancy');
  });
});

test.each<[Partial<SecretStoreSettings>, string]>([
  [{ vault: { server: 'vault' } }, 'secretStore.vault.server "vault" is no address'],
  [{ vault: { server: 'https://v' }, gcp: { projectId: 'x' } }, 'secretStore has vault and gcp; keep one'],
  [{ kind: 'ClusterSecretStore', gcp: { projectId: 'x' } }, 'the kind ClusterSecretStore means one for the cluster'],
  [{ aws: {} as never }, 'secretStore.aws.role undefined is no text'],
  [{ aws: { role: 'r', service: 'Vault' as never } }, 'secretStore.aws.service "Vault" is unknown'],
  [{ gcp: { projectId: '{taem}' } }, 'secretStore.gcp.projectId has the placeholder "{taem}"'],
  [{ prefix: '{cluster}/' }, 'secretStore.prefix has the placeholder "{cluster}"'],
])('a platform with the secret store %j is refused: %s', (secretStore, message) => {
  const make = () => new Platform({ domain: 'acme.io', secretStore: { name: 'store', ...secretStore } });
  expect(refusals(make).join('\n')).toContain(message);
});

test('a store of AWS needs a region', () => {
  const topology = { ...teamPlatform().topology, clusters: undefined };
  const platform = teamPlatform({ topology, secretStore: { name: 'store', aws: { role: 'r' } } });
  expect(refusals(() => new TeamNamespace(platformEnvironment(platform), 'orders')).join()).toContain(
    'the region of the secret store is unknown; set cloud.aws.region of the cluster "eu"',
  );
});
