import { App, Chart } from 'cdk8s';
import { GoldenService, Platform } from 'cdk8s-golden-path';
import { synthObject, synthObjects, testEnvironment } from 'cdk8s-golden-path/testing';

const image = 'ghcr.io/acme/api:1.2.3';

test('an environment of the default test platform is the first one', () => {
  expect(testEnvironment()).toMatchObject({ name: 'dev', cluster: 'eu-dev', namespace: 'team-dev' });
});

test('environment and cluster can be chosen', () => {
  const env = testEnvironment({ environment: 'production', cluster: 'us-prod' });
  expect(env).toMatchObject({ name: 'production', cluster: 'us-prod', isHome: false });
});

test('a cluster that the environment lacks is refused with those it has', () => {
  expect(() => testEnvironment({ environment: 'production', cluster: 'mars' })).toThrow('use eu-prod, us-prod');
});

test('the team is one that a platform with owners knows', () => {
  const topology = { environments: { dev: { clusters: ['c'] } }, owners: { payments: {} } };
  expect(testEnvironment({ platform: new Platform({ domain: 'acme.io', topology }) }).namespace).toBe('payments-dev');
});

test('only objects below the construct are returned', () => {
  const env = testEnvironment();
  const api = new GoldenService(env, 'api', { image, port: 8080, scale: 1 });
  new GoldenService(env, 'web', { image, port: 8080, scale: 1 });
  expect(synthObjects(api).map(({ metadata }) => metadata.name)).toEqual(['api', 'api', 'api', 'api']);
  expect(synthObjects(env)).toHaveLength(8);
});

test('an object that the API server would refuse is refused', () => {
  const api = new GoldenService(testEnvironment(), 'api', { image, port: 8080 });
  api.deployment.patch('/spec/minReadySeconds', 'soon');
  expect(() => synthObject(api.service)).toThrow('spec.minReadySeconds');
});

test('an object that was not made is refused', () => {
  const api = new GoldenService(testEnvironment(), 'api', { image, port: 8080 });
  expect(() => synthObject(api.route)).toThrow('undefined');
});

test('a plain chart is pointed to the testing of cdk8s', () => {
  expect(() => synthObjects(new Chart(new App(), 'chart'))).toThrow('use Testing.synth of cdk8s');
});
