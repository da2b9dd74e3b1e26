import { App, Chart, Testing } from 'cdk8s';
import { GoldenService } from 'cdk8s-golden-path';
import { TeamNamespace } from 'cdk8s-golden-path/team';
import { synthObject, synthObjects } from 'cdk8s-golden-path/testing';
import { refusals } from '../platform/refusals';
import { image } from '../workload/workloads';
import { ordersEnvironment, platformEnvironment, renderedBy, teamPlatform } from './teams';

describe('the namespace', () => {
  test('says whose it is, where, and who pays', () => {
    const { namespace } = new TeamNamespace(platformEnvironment(), 'orders', { system: 'commerce' });
    const { metadata } = synthObject(namespace);
    expect(metadata.name).toBe('orders-staging');
    expect(metadata).not.toHaveProperty('namespace');
    expect(metadata.labels).toMatchObject({
      'acme.io/owner': 'orders',
      'acme.io/system': 'commerce',
      'acme.io/environment': 'staging',
      'acme.io/cost-center': 'cc-104',
    });
    expect(metadata.annotations).toMatchObject({ 'acme.io/slack': '#orders' });
  });

  test('is never pruned, because the data of the team would go with it', () => {
    const { namespace } = new TeamNamespace(platformEnvironment(), 'orders');
    expect(synthObject(namespace).metadata.annotations?.['argocd.argoproj.io/sync-options']).toBe(
      'Prune=false,Delete=false',
    );
  });

  test('is named by the rule of the platform', () => {
    const platform = teamPlatform({ namespace: (team, environment) => `${environment}-${team}` });
    expect(new TeamNamespace(platformEnvironment(platform), 'orders').name).toBe('staging-orders');
  });

  test('can be of another team than its id says', () => {
    expect(new TeamNamespace(platformEnvironment(), 'shop', { team: 'orders' }).name).toBe('orders-staging');
  });

  test('restricts its pods by the standard of the minor that the cluster runs', () => {
    const { namespace } = new TeamNamespace(platformEnvironment(), 'orders');
    for (const mode of ['enforce', 'audit', 'warn']) {
      expect(synthObject(namespace).metadata.labels).toMatchObject({
        [`pod-security.kubernetes.io/${mode}`]: 'restricted',
        [`pod-security.kubernetes.io/${mode}-version`]: 'v1.36',
      });
    }
  });

  test('restricts its pods less for a reason, which it names', () => {
    const podSecurity = { enforce: 'baseline', version: '1.34', reason: 'a vendor runs as root' } as const;
    const { namespace } = new TeamNamespace(platformEnvironment(), 'orders', { podSecurity });
    const { labels, annotations } = synthObject(namespace).metadata;
    expect(labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'baseline',
      'pod-security.kubernetes.io/enforce-version': 'v1.34',
      'pod-security.kubernetes.io/warn': 'restricted',
    });
    expect(annotations).toMatchObject({ 'acme.io/pod-security-reason': 'a vendor runs as root (enforce=baseline)' });
  });

  test('takes labels of its own, but none that would weaken it', () => {
    const labels = { 'istio-injection': 'enabled', 'pod-security.kubernetes.io/enforce': 'privileged' };
    const { namespace } = new TeamNamespace(platformEnvironment(), 'orders', { labels });
    expect(synthObject(namespace).metadata.labels).toMatchObject({
      'istio-injection': 'enabled',
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
  });
});

describe('the bundle', () => {
  test('is all in the namespace of the team, labelled with its owner', () => {
    const env = platformEnvironment(teamPlatform({ secretStore: { name: 'vault', vault: { server: 'https://v' } } }));
    const objects = synthObjects(new TeamNamespace(env, 'orders')).filter(({ kind }) => kind !== 'Namespace');
    expect(objects.length).toBeGreaterThan(8);
    for (const { metadata } of objects) {
      expect(metadata).toMatchObject({ namespace: 'orders-staging', labels: { 'acme.io/owner': 'orders' } });
    }
  });

  test.each([
    ['quota', 'ResourceQuota team'],
    ['limits', 'LimitRange team'],
    ['access', 'RoleBinding team-owner'],
    ['gitops', 'ServiceAccount gitops'],
    ['network', 'NetworkPolicy default-deny'],
    ['secretStore', 'SecretStore vault'],
    ['defaultAccount', 'ServiceAccount default'],
  ] as const)('comes without %s for a reason, which the namespace names', (part, object) => {
    const platform = teamPlatform({ secretStore: { name: 'vault', vault: { server: 'https://v' } } });
    expect(renderedBy(new TeamNamespace(platformEnvironment(platform), 'orders'))).toHaveProperty([object]);
    const bare = renderedBy(
      new TeamNamespace(platformEnvironment(platform), 'orders', { without: { [part]: 'we say so' } }),
    );
    expect(bare).not.toHaveProperty([object]);
    const key = `acme.io/without-${part.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
    expect(bare['Namespace orders-staging'].metadata.annotations).toMatchObject({ [key]: 'we say so' });
  });

  test('is open to patches and takes more objects, which are in the namespace unless they say otherwise', () => {
    const env = platformEnvironment();
    const bundle = new TeamNamespace(env, 'orders', {
      objects: {
        notes: { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'b' } },
        urgent: { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', value: 7 },
      },
    });
    bundle.resourceQuota?.patch('/spec/hard/pods', '7');
    const objects = renderedBy(bundle);
    expect(objects['ResourceQuota team'].spec.hard.pods).toBe('7');
    expect(objects['ConfigMap notes'].metadata).toMatchObject({ namespace: 'orders-staging' });
    expect(objects['PriorityClass urgent'].metadata).not.toHaveProperty('namespace');
  });

  test('works in a plain cdk8s chart', () => {
    const platform = teamPlatform();
    const app = new App();
    platform.bind(app);
    const chart = new Chart(app, 'chart', { disableResourceNameHashes: true });
    new TeamNamespace(chart, 'orders', { quota: 'small' });
    expect(Testing.synth(chart).map(({ kind }) => kind)).toContain('ResourceQuota');
    expect(() => app.synthYaml()).not.toThrow();
  });
});

describe('bounds', () => {
  const api = (env: ReturnType<typeof ordersEnvironment>, pods: number) =>
    new GoldenService(env, 'api', { image, port: 8080, scale: pods });

  test('follow the workloads in the app of the team, whichever was made first', () => {
    const hard = (pods: number) => {
      const env = ordersEnvironment();
      const { resourceQuota } = new TeamNamespace(env, 'orders');
      api(env, pods);
      return synthObject(resourceQuota).spec.hard;
    };
    // Two or ten pods, one more during a rollout, and a headroom of a fifth.
    expect(hard(2)).toMatchObject({ pods: '4', 'requests.storage': '0' });
    expect(hard(10)).toMatchObject({ pods: '14' });
  });

  test('are a named size in the app of the platform, where there are no workloads', () => {
    const { resourceQuota } = new TeamNamespace(platformEnvironment(), 'orders');
    expect(synthObject(resourceQuota).spec.hard).toMatchObject({ pods: '50' });
  });

  test('that are too small are refused with a table of who uses what', () => {
    const env = ordersEnvironment();
    new TeamNamespace(env, 'orders', { quota: { cpu: 1, memory: '1Gi', pods: 3 } });
    api(env, 6);
    const [first, ...rest] = refusals(() => synthObjects(env));
    expect(first).toContain('the quota has');
    expect(rest.join('\n')).toMatch(/Deployment\s+api/);
  });

  test('that a patch made too small are refused as well', () => {
    const env = ordersEnvironment();
    new TeamNamespace(env, 'orders').resourceQuota?.patch('/spec/hard/pods', '1');
    api(env, 2);
    expect(refusals(() => synthObjects(env)).join()).toContain('the quota has pods 1, and the workloads need 3');
  });

  test('that a container exceeds are refused', () => {
    const env = ordersEnvironment();
    new TeamNamespace(env, 'orders', { limits: { max: { memory: '256Mi' } } });
    api(env, 2);
    expect(refusals(() => synthObjects(env)).join()).toContain('the LimitRange allows 256Mi');
  });

  test('cost money, which the namespace says where there are prices', () => {
    const prices = { currency: 'EUR', cpuPerMonth: 20, memoryGibPerMonth: 5, storageGibPerMonth: 1 };
    const cost = (more: object) => {
      const env = ordersEnvironment(teamPlatform({ topology: { ...teamPlatform().topology, ...more } }));
      const { namespace } = new TeamNamespace(env, 'orders');
      api(env, 2);
      return synthObject(namespace).metadata.annotations?.['acme.io/monthly-cost'];
    };
    // Two pods of 200m and 256Mi.
    expect(cost({ prices })).toBe('10.50 EUR');
    expect(cost({})).toBeUndefined();
  });
});
