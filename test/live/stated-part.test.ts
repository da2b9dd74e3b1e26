import { statedPart } from '../../src/live/stated-part';
import { liveObject } from './live-objects';

const rendered = (fields: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'orders-dev' },
  ...fields,
});
const part = (live: Parameters<typeof liveObject>[1], render: object) =>
  statedPart(liveObject('apps/v1 Deployment web', live), rendered(render), 'argocd-controller');

test('what an autoscaler and the API server wrote is left out', () => {
  const live = { spec: { replicas: 4, progressDeadlineSeconds: 600, paused: true }, status: { replicas: 4 } };
  expect(
    part(
      { ...live, managers: { 'kube-controller-manager': { 'f:spec': { 'f:replicas': {} } } } },
      { spec: { paused: false } },
    ),
  ).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'orders-dev' },
    spec: { paused: true },
  });
});

test('what whoever delivers it has set and would take back is there', () => {
  const managers = { 'argocd-controller': { 'f:spec': { 'f:replicas': {} } } };
  expect(part({ spec: { replicas: 4, paused: true }, managers }, {}).spec).toEqual({ replicas: 4 });
});

test('a map that was set as one is there with all that it holds', () => {
  const managers = { 'argocd-controller': { 'f:spec': { 'f:selector': {} } } };
  const spec = { selector: { matchLabels: { app: 'web', tier: 'a' } } };
  expect(part({ spec, managers }, { spec: { selector: { matchLabels: { app: 'web' } } } }).spec).toEqual(spec);
});

test('items of lists stay whole', () => {
  const spec = { template: { spec: { containers: [{ name: 'a', terminationMessagePath: '/dev/log' }] } } };
  expect(part({ spec }, { spec: { template: { spec: { containers: [{ name: 'a' }] } } } }).spec).toEqual(spec);
});
