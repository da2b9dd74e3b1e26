import { App, Chart, Testing } from 'cdk8s';
import { defaultSizes, GoldenError, GoldenService, Platform, type PlatformProps } from 'cdk8s-golden-path';

test('what a platform does not decide has documented defaults', () => {
  const platform = new Platform({ domain: 'acme.io' });
  expect(platform).toMatchObject({
    labelPrefix: 'acme.io',
    registries: [],
    sizes: defaultSizes,
    defaultSize: 'small',
    cpuLimitRatio: undefined,
    routing: { via: 'gateway', gateway: 'gateway/public' },
    monitoring: { interval: '30s', sampleLimit: 20_000 },
    secretStore: { name: 'default', kind: 'SecretStore' },
    nodePoolLabel: 'node-pool',
  });
  expect(platform.namespace('orders', 'dev')).toBe('orders-dev');
  expect(platform.kubernetesMinor('default')).toBe('1.30');
});

test('a construct without a platform has the default one', () => {
  expect(Platform.of(new Chart(new App(), 'chart'))).toBe(Platform.default);
});

test('a construct has the platform that is bound around it', () => {
  const app = new App();
  const platform = new Platform({ domain: 'acme.io' });
  platform.bind(app);
  expect(Platform.of(new Chart(app, 'chart'))).toBe(platform);
});

test('a golden service renders in a plain cdk8s chart', () => {
  const chart = new Chart(Testing.app(), 'chart', { namespace: 'mine' });
  new GoldenService(chart, 'api', { image: 'registry.example/api:1', port: 8080, host: 'api.golden-path.local' });
  const objects = Testing.synth(chart);
  expect(objects.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['Deployment', 'Service', 'HTTPRoute']));
  for (const { metadata } of objects) expect(metadata.namespace).toBe('mine');
});

test.each<[Partial<PlatformProps>, string]>([
  [{ domain: 'ACME' }, 'domain "ACME" is no domain name; write it like "acme.io"'],
  [{ labelPrefix: 'a/b' }, 'labelPrefix "a/b" is no DNS name'],
  [{ registries: ['https://ghcr.io'] }, 'registry "https://ghcr.io" is no registry; write a host'],
  [{ defaultSize: 'big' }, 'defaultSize "big" is unknown; use xs, small, medium, large, xl'],
  [{ sizes: { big: { cpu: 1, memory: '1Gi', memoryLimit: '1Mi' } } }, 'sizes.big.memoryLimit 1Mi is below'],
  [{ cpuLimitRatio: 0.5 }, 'cpuLimitRatio 0.5 would put the limit below the request; use 1 or more'],
  [{ routing: { gateway: 'public' } }, 'routing.gateway "public" is no gateway; write namespace/name'],
  [{ topology: { environments: {} } }, 'topology.environments is empty; name at least one environment'],
])('a platform with %j is refused: %s', (props, message) => {
  expect(() => new Platform({ domain: 'acme.io', ...props })).toThrow(message);
});

test('all that is wrong with a platform comes in one error', () => {
  const make = () => new Platform({ domain: 'acme.io', defaultSize: 'big', cpuLimitRatio: 0 });
  expect(make).toThrow(GoldenError);
  expect(make).toThrow(/defaultSize.*\n.*cpuLimitRatio/);
});
