import { Delivery } from 'cdk8s-golden-path/delivery';
import { TeamNamespace } from 'cdk8s-golden-path/team';
import { synthObjects } from 'cdk8s-golden-path/testing';
import { platformEnvironment, teamPlatform } from '../team/teams';
import { delivered, deliveredPlatform, withTeams } from './deliveries';

/** The environment that is promoted to. */
const live = () => {
  const platform = teamPlatform({
    gitops: { repoUrl: 'https://github.com/acme/gitops' },
    topology: { environments: { live: { clusters: ['eu'], promotion: 'manual' } } },
  });
  return platformEnvironment(platform);
};

describe('the project of a team', () => {
  const project = (props = {}) => delivered(props)['AppProject orders-staging'].spec;

  test('lets its apps into one namespace of one cluster, from the GitOps repository', () => {
    expect(project().destinations).toEqual([{ name: 'in-cluster', namespace: 'orders-staging' }]);
    expect(project().sourceRepos).toEqual(['https://github.com/acme/gitops']);
  });

  test('lets in nothing that belongs to a cluster, no guard rail, no access and no Application', () => {
    const { clusterResourceWhitelist, namespaceResourceBlacklist } = project();
    expect(clusterResourceWhitelist).toEqual([]);
    const kinds = namespaceResourceBlacklist.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(
      expect.arrayContaining(['ResourceQuota', 'LimitRange', 'Role', 'RoleBinding', 'Application', 'SecretStore']),
    );
  });

  test('lets in access where the team may hand it out', () => {
    const { env } = withTeams();
    const search = new TeamNamespace(env, 'search', {
      gitops: { rbac: { reason: 'runs an operator' } },
    });
    const { teams } = new Delivery(env, 'delivery', { teams: [search] });
    const [{ spec }] = synthObjects(teams.search.project);
    const kinds = spec.namespaceResourceBlacklist.map(({ kind }: { kind: string }) => kind);
    expect(kinds).not.toContain('RoleBinding');
    expect(kinds).toContain('ResourceQuota');
  });

  test("applies with the team's own account", () => {
    expect(project().destinationServiceAccounts).toEqual([
      { server: '*', namespace: 'orders-staging', defaultServiceAccount: 'gitops' },
    ]);
  });

  test("gives the team's groups their roles, and lets nobody change an Application", () => {
    const { env } = withTeams();
    const team = new TeamNamespace(env, 'search', { access: { viewers: ['support'] } });
    const [{ spec }] = synthObjects(new Delivery(env, 'delivery', { teams: [team] }).teams.search.project);
    const roles = Object.fromEntries(
      spec.roles.map((role: { name: string; groups: string[]; policies: string[] }) => [role.name, role]),
    );
    expect(roles.owner.groups).toEqual(['search-devs']);
    expect(roles.viewer.groups).toEqual(['support']);
    expect(roles.owner.policies).toContain('p, proj:search-staging:owner, applications, sync, search-staging/*, allow');
    const granted = Object.values(roles).flatMap((role) => (role as { policies: string[] }).policies);
    expect(granted.join('\n')).not.toMatch(/ (create|update|delete|override|\*), /);
  });

  test('warns of what nobody delivers, and keeps to the windows', () => {
    expect(project().orphanedResources).toEqual({ warn: true });
    expect(project()).not.toHaveProperty('syncWindows');
    const window = { kind: 'deny', schedule: '0 16 * * 5', duration: '3d', timeZone: 'Europe/Berlin' };
    expect(project({ syncWindows: [window] }).syncWindows).toEqual([
      { ...window, duration: '72h', manualSync: false, applications: ['*'] },
    ]);
  });

  test("tells the team's channel of failures", () => {
    const { annotations } = delivered()['AppProject orders-staging'].metadata;
    expect(annotations?.['notifications.argoproj.io/subscribe.on-sync-failed.slack']).toBe('orders');
    expect(Object.keys(delivered()['AppProject payments-staging'].metadata.annotations ?? {}).join()).not.toContain(
      'notifications',
    );
  });
});

describe('apps of a team', () => {
  test('are the folders of its namespace, without those of the platform', () => {
    const { spec } = delivered()['ApplicationSet orders-staging'];
    expect(spec.generators[0].git.directories).toEqual([
      { path: 'staging/eu/orders-staging/*' },
      { path: 'staging/eu/orders-staging/platform', exclude: true },
      { path: 'staging/eu/orders-staging/platform.data', exclude: true },
    ]);
    expect(spec.template.spec.project).toBe('orders-staging');
    expect(spec.template.spec.source.path).toBe('{{.path.path}}');
    expect(spec.template.spec.destination).toEqual({ name: 'in-cluster', namespace: 'orders-staging' });
  });

  test('have an Application each where they are named', () => {
    const objects = delivered({ apps: { orders: ['orders', 'returns'] } });
    expect(objects['Application orders-staging.returns'].spec.source.path).toBe('staging/eu/orders-staging/returns');
    expect(objects['ApplicationSet payments-staging'].spec.generators[0].git.directories).toContainEqual({
      path: 'staging/eu/payments-staging/*',
    });
  });

  test('have one more for the data of each, also where they are named', () => {
    const { spec } = delivered({ apps: { orders: ['orders', 'returns'] } })['ApplicationSet orders-staging'];
    expect(spec.generators[0].git.directories).toEqual([
      { path: 'staging/eu/orders-staging/orders.data' },
      { path: 'staging/eu/orders-staging/returns.data' },
    ]);
  });

  test('keep the word of who confirms that data is removed', () => {
    const { spec } = delivered()['ApplicationSet orders-staging'];
    expect(spec.preservedFields.annotations).toEqual(['argocd.argoproj.io/deletion-approved']);
  });

  test('follow the repository by themselves where a publish changes the environment', () => {
    const { spec } = delivered()['ApplicationSet orders-staging'];
    expect(spec.template.spec.syncPolicy.automated).toEqual({ prune: true, selfHeal: true });
    expect(spec).not.toHaveProperty('syncPolicy');
  });

  test('wait for somebody, also to be removed, where only a promotion changes it', () => {
    const objects = delivered({}, live());
    expect(objects['ApplicationSet orders-live'].spec.template.spec.syncPolicy).not.toHaveProperty('automated');
    expect(objects['ApplicationSet orders-live'].spec.syncPolicy).toEqual({ applicationsSync: 'create-update' });
    expect(objects['Application cluster-live'].spec.syncPolicy).not.toHaveProperty('automated');
  });

  test('are not compared by the API server, whose refusal Argo CD would take for no difference', () => {
    const options = 'argocd.argoproj.io/compare-options';
    const objects = delivered({ apps: { orders: ['orders'] } });
    const metadata = Object.values(objects).flatMap((object) => [object.metadata, object.spec?.template?.metadata]);
    expect(metadata.filter((each) => each?.annotations?.[options] !== undefined)).toEqual([]);
  });

  test('ignore no difference: the library writes no field that a controller owns', () => {
    for (const { kind, spec } of Object.values(delivered({ apps: { orders: ['orders'] } }))) {
      if (kind === 'Application') expect(spec).not.toHaveProperty('ignoreDifferences');
    }
  });

  test('go with their Application; a team goes only when somebody confirms it', () => {
    const { metadata, spec } = delivered()['ApplicationSet orders-staging'];
    expect(spec.template.metadata.finalizers).toEqual(['resources-finalizer.argocd.argoproj.io']);
    expect(metadata.annotations?.['argocd.argoproj.io/sync-options']).toBe('Prune=confirm');
  });
});

describe("the platform's own apps", () => {
  const waveOf = (object: { metadata: { annotations?: Readonly<Record<string, string>> } }) =>
    Number(object.metadata.annotations?.['argocd.argoproj.io/sync-wave']);

  test('come one after the other, after their projects and before the teams', () => {
    const objects = delivered({ platformApps: ['platform', 'apis', 'policies'] });
    const order = [
      'ConfigMap argocd-cm',
      'AppProject cluster-staging',
      'Application cluster-staging.platform',
      'Application cluster-staging.apis',
      'Application cluster-staging.policies',
      'ApplicationSet orders-staging',
    ].map((name) => waveOf(objects[name]));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(order).size).toBe(order.length);
    expect(waveOf(objects['Application cluster-staging'])).toBe(waveOf(objects['ApplicationSet orders-staging']));
  });

  test("are their folders in every namespace, and none of Argo CD's or a team's", () => {
    const { spec } = delivered()['Application cluster-staging.platform'];
    expect(spec.source).toMatchObject({
      path: 'staging/eu',
      directory: { recurse: true, include: '*/{platform,platform.data}/*', exclude: 'argocd/*' },
    });
    expect(delivered()['Application cluster-staging'].spec.source.path).toBe('staging/eu/argocd');
  });

  test('outlive their Application', () => {
    expect(delivered()['Application cluster-staging.platform'].metadata).not.toHaveProperty('finalizers');
  });
});

describe('what Argo CD has to know', () => {
  test("is set once in a cluster, and turns on the teams' accounts", () => {
    const { data } = delivered({ apis: [{ group: 'acme.io', kind: 'PostgresInstance' }] })['ConfigMap argocd-cm'];
    expect(data['application.sync.impersonation.enabled']).toBe('true');
    expect(Object.keys(data)).toContain('resource.customizations.health.acme.io_PostgresInstance');
  });

  test('is left to others where they set it', () => {
    expect(delivered({ settings: false })).not.toHaveProperty(['ConfigMap argocd-cm']);
    expect(delivered({ serves: 'every-cluster' })).not.toHaveProperty(['ConfigMap argocd-cm']);
  });
});

test('one Argo CD for all clusters tells them apart by name', () => {
  const objects = delivered({ serves: 'every-cluster' });
  const { spec } = objects['AppProject orders-staging.eu'];
  expect(spec.destinations).toEqual([{ name: 'eu', namespace: 'orders-staging' }]);
  expect(objects['ApplicationSet orders-staging.eu'].spec.template.metadata.name).toBe(
    'orders-staging.{{.path.basename}}.eu',
  );
  expect(objects['Application cluster-staging.eu'].spec.destination.name).toBe('in-cluster');
});

describe('a delivery is refused', () => {
  test.each([
    [{ teams: [] }, /teams \[\] holds no team/],
    [{ teams: ['orders'] }, /teams\[0\] is no TeamNamespace/],
    [{ app: {} }, /there is no setting "app" \(did you mean "apps"\?\)/],
    [{ apps: { order: ['api'] } }, /apps names the team "order", which teams lacks \(did you mean "orders"\?\)/],
    [{ apps: { orders: [] } }, /apps.orders \[\] is no list of names/],
    [{ apps: { orders: ['API'] } }, /apps.orders app "API" is no DNS label/],
    [{ platformApps: ['a', 'a'] }, /platformApps names an app twice/],
    [{ namespace: 'Argo' }, /namespace "Argo" is no DNS label/],
    [{ serves: 'all' }, /serves "all" is unknown; use own or every-cluster/],
    [{ revision: '--upload-pack=x' }, /revision "--upload-pack=x" is no branch/],
    [{ account: 'argocd' }, /account "argocd" is no account; write it as namespace\/name/],
    [{ settings: 'no' }, /settings "no" is no switch/],
    [{ apis: [{ group: 'acme.io' }] }, /apis holds .* write group and kind/],
    [{ syncWindows: [{ kind: 'block' }] }, /syncWindows\[0\].kind "block" is unknown/],
    [{ syncWindows: [{ kind: 'deny', schedule: 'x', duration: '1h' }] }, /syncWindows\[0\].schedule "x" is no cron/],
    [{ syncWindows: [{ kind: 'deny', schedule: '0 1 * * *', duration: '8d' }] }, /duration "8d" is out of range/],
  ])('for %j', (props, message) => {
    expect(() => delivered(props as object)).toThrow(message);
  });

  test('without a GitOps repository', () => {
    expect(() => delivered({}, platformEnvironment(teamPlatform()))).toThrow(/names no GitOps repository/);
  });

  test('a second time for an environment, and for teams of another one', () => {
    const { env, teams } = withTeams();
    new Delivery(env, 'delivery', { teams });
    expect(() => new Delivery(env, 'again', { teams })).toThrow(/environment "staging" is delivered already/);
    const elsewhere = platformEnvironment(deliveredPlatform());
    expect(() => new Delivery(live(), 'delivery', { teams: [new TeamNamespace(elsewhere, 'orders')] })).toThrow(
      /team "orders" has its namespace in staging\/eu, and this delivers to live\/eu/,
    );
  });
});
