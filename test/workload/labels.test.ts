import { GoldenCronJob, GoldenService, GoldenWorker } from 'cdk8s-golden-path';
import { synthObject, synthObjects, testEnvironment } from 'cdk8s-golden-path/testing';
import { Construct } from 'constructs';
import { libraryVersion } from '../../src/app/library';
import { cronJob, image, job, service, stateful, templateOf, worker } from './workloads';

const every = { service, worker, cronJob, job, stateful };
const expected = {
  'app.kubernetes.io/managed-by': 'cdk8s-golden-path',
  'app.kubernetes.io/part-of': 'system',
  'app.kubernetes.io/version': '1.2.3',
  'acme.io/owner': 'team',
  'acme.io/system': 'system',
  'acme.io/environment': 'dev',
};
const full = () => {
  const scope = testEnvironment();
  return service(
    {
      host: 'api.dev.acme.io',
      metrics: true,
      config: { A: 1 },
      files: { '/a': 'a' },
      env: { S: scope.secret('s', 'k') },
      permissions: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
      beforeDeploy: { command: ['migrate'] },
      objects: { extra: { apiVersion: 'v1', kind: 'ConfigMap', data: {} } },
      via: 'both',
    },
    scope,
  );
};

test.each(Object.entries(every))('every object and pod of a %s is labelled', (_, workload) => {
  const made = workload();
  const labels = { ...expected, 'app.kubernetes.io/name': made.name };
  for (const { metadata } of synthObjects(made)) expect(metadata.labels).toMatchObject(labels);
  expect(templateOf(made).metadata.labels).toMatchObject(labels);
});

test('every object that can be asked for is labelled', () => {
  for (const { metadata } of synthObjects(full())) expect(metadata.labels).toMatchObject(expected);
});

test.each([
  ['service', 'service'],
  ['worker', 'worker'],
  ['cronJob', 'cron-job'],
  ['job', 'job'],
  ['stateful', 'stateful-service'],
] as const)('a %s says that it is a %s', (kind, component) => {
  expect(templateOf(every[kind]()).metadata.labels).toHaveProperty(['app.kubernetes.io/component'], component);
});

test.each([
  ['ghcr.io/acme/api:1.2.3', '1.2.3'],
  [`ghcr.io/acme/api:v2@sha256:${'a'.repeat(64)}`, 'v2'],
  [`ghcr.io/acme/api@sha256:${'abc0'.repeat(16)}`, 'abc0abc0abc0'],
])('the version of %s is %s', (ref, version) => {
  const api = new GoldenService(testEnvironment(), 'api', { image: ref, port: 80 });
  expect(synthObject(api.deployment).metadata.labels).toHaveProperty(['app.kubernetes.io/version'], version);
});

test('labels of one’s own reach objects and pods, and never a selector', () => {
  const api = service({ labels: { 'acme.io/tier': 'gold' }, podAnnotations: { a: 'b' }, annotations: { c: 'd' } });
  const { metadata, spec } = synthObject(api.deployment);
  expect(metadata.labels).toHaveProperty(['acme.io/tier'], 'gold');
  expect(spec.template.metadata.labels).toHaveProperty(['acme.io/tier'], 'gold');
  expect(spec.selector.matchLabels).not.toHaveProperty(['acme.io/tier']);
  expect([metadata.annotations, spec.template.metadata.annotations]).toEqual([{ c: 'd' }, { a: 'b' }]);
});

test('an upgrade of the library restarts nothing: its version is in no object', () => {
  expect(JSON.stringify(synthObjects(full()))).not.toContain(`cdk8s-golden-path@`);
  expect(JSON.stringify(templateOf(full()))).not.toContain(`"${libraryVersion()}"`);
});

test('a selector is the name and nothing else, wherever the construct stands', () => {
  const scope = new Construct(new Construct(testEnvironment(), 'renamed'), 'twice');
  const api = new GoldenService(scope, 'api', { image, port: 8080 });
  const selector = { 'app.kubernetes.io/name': 'api' };
  expect(synthObject(api.deployment).spec.selector.matchLabels).toEqual(selector);
  expect(synthObject(api.service).spec.selector).toEqual(selector);
  expect(synthObject(api.disruptionBudget).spec.selector.matchLabels).toEqual(selector);
});

test('moving a construct changes nothing but its path', () => {
  const at = (scope: Construct) => synthObjects(new GoldenService(scope, 'api', { image, port: 8080 }));
  expect(at(new Construct(testEnvironment(), 'elsewhere'))).toEqual(at(testEnvironment()));
});

test.each([
  ['worker', (scope: Construct) => new GoldenWorker(scope, 'api', { image })],
  ['cron job', (scope: Construct) => new GoldenCronJob(scope, 'api', { image, schedule: '@daily' })],
])('a %s of a service’s name is refused', (_, make) => {
  const env = testEnvironment();
  service({}, env);
  make(new Construct(env, 'other'));
  expect(() => synthObjects(env)).toThrow('rename one');
});
