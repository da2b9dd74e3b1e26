import { GoldenApp, GoldenService } from 'cdk8s-golden-path';
import { synthObject, synthObjects, testPlatform } from 'cdk8s-golden-path/testing';
import { renderedApp } from '../../src/app/rendered-app';
import { synthesize } from '../../src/app/synthesize';
import { countApps } from '../../src/app/write-apps';
import { image, podOf, service, templateOf } from './workloads';

test('a merge patch changes, adds and removes', () => {
  const api = service();
  api.deployment.patch({
    spec: { minReadySeconds: 9, revisionHistoryLimit: null, template: { spec: { hostname: 'h' } } },
  });
  const { spec } = synthObject(api.deployment);
  expect([spec.minReadySeconds, spec.template.spec.hostname]).toEqual([9, 'h']);
  expect(spec).not.toHaveProperty('revisionHistoryLimit');
});

test('a pointer creates the parents that are missing', () => {
  const api = service();
  api.deployment.patch('/spec/template/spec/dnsConfig/options/0/name', 'ndots');
  expect(podOf(api).dnsConfig).toEqual({ options: [{ name: 'ndots' }] });
});

test('a pointer with a slash in a key', () => {
  const api = service();
  api.deployment.patch('/spec/template/metadata/annotations/acme.io~1note', 'x');
  expect(templateOf(api).metadata.annotations).toEqual({ 'acme.io/note': 'x' });
});

test('a pointer with undefined removes', () => {
  const api = service();
  api.deployment.patch('/spec/template/spec/containers/0/livenessProbe', undefined);
  expect(podOf(api).containers[0]).not.toHaveProperty('livenessProbe');
});

test('- adds to a list', () => {
  const api = service();
  api.deployment.patch('/spec/template/spec/containers/0/env/-', { name: 'X', value: '1' });
  expect(podOf(api).containers[0].env.at(-1)).toEqual({ name: 'X', value: '1' });
});

test('removing what is not there creates nothing', () => {
  const api = service();
  api.deployment.patch('/spec/template/spec/dnsConfig/options', undefined);
  expect(podOf(api)).not.toHaveProperty('dnsConfig');
});

test('a field that no type knows yet is rendered, with a warning', () => {
  const app = new GoldenApp({ platform: testPlatform, team: 'team', system: 'system', environments: ['dev'] });
  app.forEachEnvironment((env) => {
    new GoldenService(env, 'api', { image, port: 8080 }).deployment.patch('/spec/template/spec/newerField', { a: 1 });
  });
  const synthesis = synthesize(app);
  expect(synthesis.warnings).toMatchObject([{ message: expect.stringContaining('spec.template.spec.newerField') }]);
  const { reports } = countApps([renderedApp({ app, synthesis })], 'unused');
  expect(reports[0].warnings).toHaveLength(1);
});

test('a field that no patch put there is refused', () => {
  const api = service({ objects: { extra: { apiVersion: 'v1', kind: 'ConfigMap', dta: {} } } });
  expect(() => synthObjects(api)).toThrow('dta');
});

test('a patched value is checked like any other', () => {
  const api = service();
  api.deployment.patch('/spec/template/spec/containers/0/imagePullPolicy', 'Sometimes');
  expect(() => synthObject(api.deployment)).toThrow('imagePullPolicy');
});

test('extra objects are named after the workload unless they have a name', () => {
  const manifest = { apiVersion: 'v1', kind: 'ConfigMap' };
  const api = service({ objects: { extra: manifest, other: { ...manifest, metadata: { name: 'mine' } } } });
  const names = synthObjects(api)
    .filter(({ kind }) => kind === 'ConfigMap')
    .map(({ metadata }) => metadata.name);
  expect(names).toEqual(['api-extra', 'mine']);
});
