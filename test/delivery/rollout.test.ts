import type { Platform } from 'cdk8s-golden-path';
import { type DeliveryProps, rolloutFile } from 'cdk8s-golden-path/delivery';
import { Tenancy } from 'cdk8s-golden-path/team';
import { testEnvironment } from 'cdk8s-golden-path/testing';
import * as fc from 'fast-check';
import { teamPlatform } from '../team/teams';
import { delivered } from './deliveries';

const owners = {
  platform: { group: 'platform-people' },
  orders: { group: 'orders-devs' },
  payments: { group: 'payments-devs' },
};
const apps = { orders: ['orders', 'returns'], payments: ['ledger'] };

/** Production on some clusters, with an order in which they are rolled out. */
function rolledOut(
  rollout: readonly (readonly string[])[] | undefined,
  { repoUrl = 'https://github.com/acme/gitops', promotion = 'manual' as 'auto' | 'manual' } = {},
): Platform {
  const clusters = (rollout ?? [['eu'], ['us']]).flat();
  return teamPlatform({
    gitops: { repoUrl },
    topology: {
      clusters: Object.fromEntries(clusters.map((name) => [name, {}])),
      environments: { live: { clusters, rollout, promotion } },
      owners,
    },
  });
}

const inOrder = rolledOut([['eu'], ['us']]);

function render(props: Partial<DeliveryProps> = {}, platform = inOrder, cluster = 'eu') {
  const env = testEnvironment({ platform, team: 'platform', cluster });
  new Tenancy(env, 'tenancy', { keepers: { groups: ['platform-people'] } });
  return delivered({ serves: 'every-cluster', apps, ...props }, env);
}

/** What Argo CD evaluates of an app: its Applications without what is known only at a commit, and the text. */
function pinned(objects: ReturnType<typeof render>, name: string) {
  const [{ name: argument, code, value }] = objects[`Application ${name}`].spec.source.directory.jsonnet.tlas;
  expect([argument, code]).toEqual(['applications', true]);
  const found = [...value.matchAll(/^(\{[\s\S]*?^\}) \+ \{$/gm)].map(([, json]) => JSON.parse(json));
  return { value, applications: found };
}

const wave = 'argocd.argoproj.io/sync-wave';

describe('the Application that rolls an app out', () => {
  const { spec, metadata } = render()['Application orders-live.orders'];

  test('makes the Application of each cluster, those of a step in a wave', () => {
    const { applications } = pinned(render(), 'orders-live.orders');
    expect(applications.map((each) => [each.metadata.name, each.metadata.annotations[wave]])).toEqual([
      ['orders-live.orders.eu', '0'],
      ['orders-live.orders.us', '1'],
    ]);
    expect(applications[1].spec).toMatchObject({
      project: 'orders-live.us',
      source: { path: 'live/us/orders-live/orders' },
      destination: { name: 'us', namespace: 'orders-live' },
    });
    expect(applications[1].metadata.labels).toEqual({ 'acme.io/owner': 'orders' });
  });

  test('puts each cluster into the wave of its step, whatever the steps are', () => {
    const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), { minLength: 1, maxLength: 6 });
    const steps = names.chain((all) =>
      fc.array(fc.nat(3), { minLength: all.length, maxLength: all.length }).map((places) => {
        const step = (n: number) => all.filter((_, index) => places[index] === n);
        return [0, 1, 2, 3].map(step).filter((clusters) => clusters.length > 0);
      }),
    );
    fc.assert(
      fc.property(steps, (rollout) => {
        const objects = render({}, rolledOut(rollout), rollout[0][0]);
        const { applications } = pinned(objects, 'payments-live.ledger');
        const waves = applications.map((each) => [each.spec.destination.name, each.metadata.annotations[wave]]);
        expect(waves).toEqual(rollout.flatMap((step, n) => step.map((cluster) => [cluster, String(n)])));
      }),
      { numRuns: 20 },
    );
  });

  test('pins each to the commit that it is read at, and marks it with what its folder holds there', () => {
    const { value } = pinned(render(), 'orders-live.orders');
    expect(value.match(/targetRevision: '\$ARGOCD_APP_REVISION'/g)).toHaveLength(2);
    expect(value).toContain("mark(importstr '../live/us/orders-live/orders/.golden-index')");
    expect(spec.ignoreDifferences).toEqual([
      { group: 'argoproj.io', kind: 'Application', jsonPointers: ['/spec/source/targetRevision'] },
    ]);
    // A sync that respected the difference would leave the pins where they are.
    expect(spec.syncPolicy.syncOptions).not.toContain('RespectIgnoreDifferences=true');
  });

  test('reads the one file that the repository holds for it', () => {
    expect(rolloutFile.path.split('/')).toEqual([spec.source.path, expect.stringMatching(/\.jsonnet$/)]);
    expect(rolloutFile.content).toBe('function(applications) applications\n');
  });

  test('leaves dollars alone, which Argo CD would replace', () => {
    const platform = rolledOut([['eu'], ['us']], { repoUrl: 'https://git.acme.io/$HOME/gitops' });
    expect(pinned(render({}, platform), 'orders-live.orders').value).toContain('"https://git.acme.io/$$HOME/gitops"');
  });

  test('goes on by itself, also where a person promotes, and tries until every cluster is healthy', () => {
    expect(spec.syncPolicy).toMatchObject({
      automated: { prune: true, selfHeal: true },
      retry: { limit: -1, refresh: true },
    });
    const { applications } = pinned(render(), 'orders-live.orders');
    for (const each of applications) expect(each.spec.syncPolicy.automated).toEqual({ prune: true, selfHeal: true });
  });

  test('is removed, and an Application that it made, only when somebody confirms it', () => {
    const confirmed = { 'argocd.argoproj.io/sync-options': 'Prune=confirm' };
    expect(metadata.annotations).toMatchObject(confirmed);
    const { applications } = pinned(render(), 'orders-live.orders');
    for (const each of applications) expect(each.metadata.annotations).toMatchObject(confirmed);
  });

  test('may make Applications and nothing else, and the team only looks at it', () => {
    const { spec: bounds } = render()['AppProject orders-live'];
    expect(bounds.namespaceResourceWhitelist).toEqual([{ group: 'argoproj.io', kind: 'Application' }]);
    expect(bounds.clusterResourceWhitelist).toEqual([]);
    expect(bounds.destinations).toEqual([{ name: 'in-cluster', namespace: 'argocd' }]);
    expect(bounds.roles).toEqual([
      {
        ...{ name: 'viewer', description: expect.any(String), groups: ['orders-devs'] },
        policies: ['p, proj:orders-live:viewer, applications, get, orders-live/*, allow'],
      },
    ]);
  });
});

test('an environment is rolled out from its home: other clusters have what bounds the apps there, and their data', () => {
  const names = Object.keys(render({}, inOrder, 'us'));
  expect(names).toEqual(expect.arrayContaining(['AppProject orders-live.us', 'ApplicationSet orders-live.us']));
  expect(names.filter((name) => name.startsWith('Application orders'))).toEqual([]);
  const { spec } = render({}, inOrder, 'us')['ApplicationSet orders-live.us'];
  expect(spec.generators[0].git.directories).toContainEqual({ path: 'live/us/orders-live/orders.data' });
});

test('without a rollout each cluster has its own Applications', () => {
  const objects = render({}, rolledOut(undefined), 'us');
  expect(objects['Application orders-live.orders.us'].spec.source.path).toBe('live/us/orders-live/orders');
});

test.each<[Partial<DeliveryProps>, string]>([
  [{ serves: 'own' }, 'an Argo CD for each cluster knows nothing of the others; set serves to every-cluster'],
  [{ serves: undefined }, 'or drop topology.environments.live.rollout'],
  [{ apps: undefined }, 'which takes apps by name, and apps lacks "orders"; name the apps of that team'],
  [{ apps: { orders: ['orders'] } }, 'apps lacks "payments"'],
  [{ engine: 'flux', serves: undefined }, 'names a rollout for "live", and Flux has none; deliver with argo-cd'],
])('the delivery %j of a rollout is refused: %s', (props, message) => {
  expect(() => render(props)).toThrow(message);
});

test.each(['auto', 'manual'] as const)(
  'what was made of folders before is taken over, and not removed, where promotion is %s',
  (promotion) => {
    const { spec } = render({}, rolledOut([['eu'], ['us']], { promotion }))['ApplicationSet orders-live.eu'];
    expect(spec.syncPolicy).toEqual({ applicationsSync: 'create-update' });
  },
);
