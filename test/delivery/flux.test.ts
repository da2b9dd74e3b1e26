import { Delivery, type DeliveryProps } from 'cdk8s-golden-path/delivery';
import { TeamNamespace } from 'cdk8s-golden-path/team';
import { type Manifest, synthObjects } from 'cdk8s-golden-path/testing';
import * as fc from 'fast-check';
import { platformEnvironment, teamPlatform } from '../team/teams';
import { delivered, withTeams } from './deliveries';
import { deliverersOf } from './flux-coverage';

const flux = (props: Partial<DeliveryProps> = {}) => delivered({ engine: 'flux', ...props });

/** The file of an object that the platform's app renders. */
const fileOf = ({ kind, metadata }: Manifest) =>
  `staging/eu/${metadata.namespace}/platform/${kind.toLowerCase()}-${metadata.name}.yaml`;

const kustomizations = (objects: Readonly<Record<string, Manifest>>) =>
  Object.values(objects).filter(({ kind }) => kind === 'Kustomization');

/** A platform with another address of its repository, or another promotion. */
const elsewhere = (repoUrl: string, promotion: 'auto' | 'manual' = 'auto') =>
  platformEnvironment(
    teamPlatform({ gitops: { repoUrl }, topology: { environments: { live: { clusters: ['eu'], promotion } } } }),
  );

describe('each folder of the tree is delivered by one Kustomization', () => {
  const platformApps = ['apis', 'platform'];
  const apps = { payments: ['payments', 'data'] };
  const objects = Object.values(flux({ platformApps, apps }));
  const deliverers = (file: string) => deliverersOf(`staging/eu/${file}`, objects);

  test.each([
    ['orders-staging/orders/service-api.yaml', 'orders-staging/apps'],
    ['orders-staging/orders.data/postgresinstance-main.yaml', 'orders-staging/apps'],
    ['orders-staging/kustomization/kustomization-mine.yaml', 'orders-staging/apps'],
    ['payments-staging/payments/service-api.yaml', 'payments-staging/app.payments'],
    ['payments-staging/data/service-api.yaml', 'payments-staging/app.data'],
    ['payments-staging/payments.data/postgresinstance-main.yaml', 'payments-staging/data'],
    ['payments-staging/data.data/postgresinstance-main.yaml', 'payments-staging/data'],
    ['orders-staging/platform/resourcequota-team.yaml', 'flux-system/cluster-staging.platform'],
    ['_cluster/apis/customresourcedefinition-a.yaml', 'flux-system/cluster-staging.apis'],
    ['monitoring/apis.data/postgresinstance-main.yaml', 'flux-system/cluster-staging.apis'],
    ['flux-system/apis/configmap-a.yaml', 'flux-system/cluster-staging'],
  ])('%s by %s', (file, deliverer) => {
    expect(deliverers(file)).toEqual([deliverer]);
  });

  test('but apps that are not named where others of the team are', () => {
    expect(deliverers('payments-staging/refunds/service-api.yaml')).toEqual([]);
    expect(deliverers('payments-staging/refunds.data/postgresinstance-main.yaml')).toEqual([]);
  });

  test('for all namespaces, apps and objects of an app', () => {
    const name = fc.constantFrom('orders', 'platform', 'apis', 'api', 'kustomization', 'flux-system', 'eu');
    const namespace = fc.constantFrom('orders-staging', '_cluster', 'flux-system', 'monitoring');
    fc.assert(
      fc.property(namespace, name, fc.boolean(), name, (where, app, isData, object) => {
        const isDelivered = where !== 'monitoring' && where !== '_cluster';
        const file = `${where}/${app}${isData ? '.data' : ''}/service-${object}.yaml`;
        expect(deliverers(file)).toHaveLength(isDelivered || platformApps.includes(app) ? 1 : 0);
      }),
    );
  });

  test('what delivers is delivered: Flux’s own by the root, and Kustomizations of teams after the platform', () => {
    for (const object of objects.filter(({ apiVersion }) => apiVersion.includes('.toolkit.fluxcd.io/'))) {
      const isOwn = object.metadata.namespace === 'flux-system';
      expect(deliverersOf(fileOf(object), objects)).toEqual([
        isOwn ? 'flux-system/cluster-staging' : 'flux-system/teams.cluster-staging',
      ]);
    }
  });

  test('and nothing of another environment or cluster', () => {
    expect(deliverersOf('staging/us/orders-staging/orders/service-api.yaml', objects)).toEqual([]);
    expect(deliverersOf('live/eu/orders-staging/orders/service-api.yaml', objects)).toEqual([]);
  });
});

describe('the order of Flux', () => {
  test("is the platform's apps one after the other, then the teams", () => {
    const objects = flux({ platformApps: ['apis', 'platform'] });
    const needs = (name: string) => objects[`Kustomization ${name}`].spec.dependsOn;
    expect(needs('cluster-staging.apis')).toBeUndefined();
    expect(needs('cluster-staging.platform')).toEqual([{ name: 'cluster-staging.apis' }]);
    expect(needs('teams.cluster-staging')).toEqual([{ name: 'cluster-staging.platform' }]);
    expect(needs('apps')).toEqual([{ name: 'cluster-staging.platform', namespace: 'flux-system' }]);
  });

  test('waits for what the platform’s apps bring, and never for what waits for them', () => {
    const objects = flux();
    const waits = (name: string) => objects[`Kustomization ${name}`].spec.wait;
    expect(waits('cluster-staging.platform')).toBe(true);
    expect(waits('cluster-staging')).toBe(false);
    expect(waits('teams.cluster-staging')).toBe(false);
  });
});

describe('Flux waits for requests', () => {
  const healthOf = (props: Partial<DeliveryProps>) =>
    Object.fromEntries(
      kustomizations(flux(props)).map(({ metadata, spec }) => [
        metadata.name,
        spec.healthCheckExprs?.map(({ apiVersion, kind }: Manifest) => `${apiVersion} ${kind}`),
      ]),
    );

  test('of the platform’s own APIs, wherever it waits for objects', () => {
    const apis = [{ group: 'acme.io', kind: 'Cache' }];
    const waits = ['acme.io/v1 Cache'];
    expect(healthOf({ apis, apps: { payments: ['payments'] } })).toEqual({
      ...{ 'cluster-staging': undefined, 'teams.cluster-staging': undefined },
      ...{ 'cluster-staging.platform': waits, apps: waits, 'app.payments': waits, data: waits },
    });
  });

  test('and says nothing about APIs where there are none', () => {
    expect(healthOf({}).apps).toBeUndefined();
  });
});

describe('Flux', () => {
  test("applies a team's apps with its own account, from its own namespace", () => {
    const { env } = withTeams();
    const search = new TeamNamespace(env, 'search', { gitops: { name: 'deployer' } });
    const delivery = new Delivery(env, 'delivery', { teams: [search], engine: 'flux' });
    const [{ metadata, spec }] = delivery.flux?.teams.search.flatMap((each) => synthObjects(each)) ?? [];
    expect(metadata.namespace).toBe('search-staging');
    expect(spec.serviceAccountName).toBe('deployer');
    expect(spec).not.toHaveProperty('targetNamespace');
  });

  test("sees with a team's account what becomes of its Deployments, and may do no more with it", () => {
    const { env } = withTeams();
    const search = new TeamNamespace(env, 'search', { gitops: { name: 'deployer' } });
    const objects = synthObjects(new Delivery(env, 'delivery', { teams: [search], engine: 'flux' }));
    const [role] = objects.filter(({ kind }) => kind === 'Role');
    const [binding] = objects.filter(({ kind }) => kind === 'RoleBinding');
    const verbs = ['get', 'list', 'watch'];
    expect(role.rules).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs },
      { apiGroups: ['apps'], resources: ['replicasets'], verbs },
    ]);
    expect(binding.roleRef).toMatchObject({ kind: 'Role', name: role.metadata.name });
    expect(binding.subjects).toEqual([{ kind: 'ServiceAccount', name: 'deployer', namespace: 'search-staging' }]);
    for (const { metadata } of [role, binding]) {
      expect(metadata).toMatchObject({ namespace: 'search-staging', labels: { 'acme.io/guard-rail': 'true' } });
    }
  });

  test("applies the platform's apps with an account of the platform", () => {
    const accounts = (props: Partial<DeliveryProps>) =>
      flux(props)['Kustomization cluster-staging'].spec.serviceAccountName;
    expect(accounts({})).toBe('kustomize-controller');
    expect(accounts({ account: 'flux-system/platform' })).toBe('platform');
  });

  test('prunes, but not what Argo CD would ask about or keep, makes Jobs anew, and leaves those of a failed sync out', () => {
    for (const { metadata, spec } of kustomizations(flux())) {
      expect(spec).toMatchObject({ prune: true, force: false });
      if (metadata.name !== 'apps' && metadata.name !== 'cluster-staging.platform') continue;
      const [keeps, forces, drops] = spec.patches;
      expect(keeps.target).toEqual({ annotationSelector: 'argocd.argoproj.io/sync-options' });
      expect(keeps.patch).toContain('kustomize.toolkit.fluxcd.io~1prune\n  value: disabled');
      expect(forces.target).toEqual({ group: 'batch', kind: 'Job' });
      expect(forces.patch).toContain('kustomize.toolkit.fluxcd.io/force: enabled');
      expect(drops.target).toEqual({ annotationSelector: 'argocd.argoproj.io/hook=SyncFail' });
      expect(drops.patch).toMatch(/^\$patch: delete\n/);
    }
  });

  test('keeps the apps of a team that is no longer delivered, until somebody deletes its Kustomization', () => {
    const { metadata, spec } = flux()['Kustomization apps'];
    expect(metadata.annotations).toEqual({ 'kustomize.toolkit.fluxcd.io/prune': 'disabled' });
    expect(spec).not.toHaveProperty('deletionPolicy');
    expect(flux()['Kustomization cluster-staging.platform'].spec.deletionPolicy).toBe('Orphan');
  });

  test('brings what a promotion commits, and removes nothing with a Kustomization there', () => {
    const env = elsewhere('https://github.com/acme/gitops', 'manual');
    for (const { spec } of kustomizations(delivered({ engine: 'flux' }, env))) {
      expect(spec).not.toHaveProperty('suspend');
      expect(spec.deletionPolicy).toBe('Orphan');
    }
  });

  test.each([
    ['main', { branch: 'main' }],
    ['refs/tags/v1', { name: 'refs/tags/v1' }],
    ['0123456789abcdef0123456789abcdef01234567', { commit: '0123456789abcdef0123456789abcdef01234567' }],
  ])('reads %s of the GitOps repository', (revision, ref) => {
    const { spec } = flux({ revision, repositorySecret: 'reader' })['GitRepository cluster-staging'];
    expect(spec).toMatchObject({ ref, url: 'https://github.com/acme/gitops', secretRef: { name: 'reader' } });
  });

  test('leaves out all of Argo CD, and says so to who asks for it', () => {
    const { env, teams } = withTeams();
    const delivery = new Delivery(env, 'delivery', { teams, engine: 'flux' });
    const groups = new Set(synthObjects(delivery).map(({ apiVersion }) => apiVersion.split('/')[0]));
    const own = ['kustomize.toolkit.fluxcd.io', 'source.toolkit.fluxcd.io'];
    expect([...groups].sort()).toEqual([own[0], 'rbac.authorization.k8s.io', own[1]]);
    expect(delivery.settings).toBeUndefined();
    expect(() => delivery.project).toThrow(/Flux delivers, so there is no project of Argo CD; read flux instead/);
  });
});

describe('a delivery by Flux is refused', () => {
  test.each<[object, RegExp]>([
    [{ engine: 'fluxcd' }, /engine "fluxcd" is unknown; use argo-cd or flux/],
    [{ serves: 'every-cluster' }, /serves is only for Argo CD: Flux serves the cluster that it runs in/],
    [{ account: 'platform/deployer' }, /account "platform\/deployer" is outside of "flux-system"/],
    [{ platformApps: ['apis'] }, /platformApps lacks "platform", which renders what delivers the teams/],
    [{ repositorySecret: 'My Secret' }, /repositorySecret "My Secret" is no DNS label/],
  ])('for %j', (props, message) => {
    expect(() => flux(props)).toThrow(message);
  });

  test('with everything that only Argo CD has, at once', () => {
    const syncWindows = [{ kind: 'deny', schedule: '0 16 * * 5', duration: '3d' }] as const;
    const all = () => flux({ syncWindows, settings: false });
    expect(all).toThrow(/syncWindows is only for Argo CD: .*flux suspend/);
    expect(all).toThrow(/settings is only for Argo CD/);
  });

  test('from an address that its API takes for none, with the one to write', () => {
    const at = (repoUrl: string) => () => delivered({ engine: 'flux' }, elsewhere(repoUrl));
    expect(at('git@github.com:acme/gitops.git')).toThrow(/write it like "ssh:\/\/git@github.com\/acme\/gitops.git"/);
    expect(at('ssh://git@github.com/acme/gitops')).not.toThrow();
  });

  test('for a team without an account, whose apps would have the rights of Flux', () => {
    const { env } = withTeams();
    const search = new TeamNamespace(env, 'search', { without: { gitops: 'applies by hand' } });
    expect(() => new Delivery(env, 'delivery', { teams: [search], engine: 'flux' })).toThrow(
      /team "search" has no account that Flux applies with/,
    );
  });

  test('and Argo CD takes no secret of Flux', () => {
    expect(() => delivered({ repositorySecret: 'reader' })).toThrow(/repositorySecret is only for Flux/);
  });
});
