import { delivererOf, isKept, isMadeByController, labelledBy, marked, trackedBy } from '../../src/live/live-object';
import { liveObject, ownsLabel, tracking } from './live-objects';

const deployment = 'apps/v1 Deployment web';

test.each([
  ['Argo CD', { 'argocd-controller': {} }, 'argocd-controller'],
  ['Flux', { 'kustomize-controller': {}, 'kube-controller-manager': {} }, 'kustomize-controller'],
  ['Argo CD after Flux', { 'kustomize-controller': {}, 'argocd-controller': {} }, 'argocd-controller'],
  ['nobody of them', { kubectl: {} }, 'argocd-controller'],
])('an object of %s is applied by the same name', (_, managers, deliverer) => {
  expect(delivererOf(liveObject(deployment, { managers }))).toBe(deliverer);
});

test('an object that is not there is applied by Argo CD', () => {
  expect(delivererOf(undefined)).toBe('argocd-controller');
});

test('who set a label is told from who set something else', () => {
  const managers = {
    'argocd-controller': ownsLabel,
    kubelet: { 'f:metadata': { 'f:labels': { 'f:other': {} } } },
    x: {},
  };
  expect(labelledBy(liveObject(deployment, { managers }), 'app.kubernetes.io/managed-by')).toEqual([
    'argocd-controller',
  ]);
});

describe('an object is tracked by', () => {
  test.each([
    ['an Application', deployment, tracking('orders-dev.orders', deployment), 'orders-dev.orders'],
    ['an Application, in the core group', 'v1 Secret web', tracking('a', 'v1 Secret web'), 'a'],
    [
      'an Application, with a colon in its name',
      'rbac.authorization.k8s.io/v1 Role system:a',
      tracking('a', 'rbac.authorization.k8s.io/v1 Role system:a'),
      'a',
    ],
    [
      'nobody, when the annotation is about another object',
      deployment,
      tracking('a', 'apps/v1 Deployment other'),
      undefined,
    ],
    [
      'nobody, when the annotation is about another kind',
      'v1 Secret web',
      tracking('a', 'v1 ConfigMap web'),
      undefined,
    ],
    ['nobody, when it is in another namespace', deployment, tracking('a', deployment, 'other'), undefined],
    ['nobody, when the annotation is none', deployment, { 'argocd.argoproj.io/tracking-id': 'x' }, undefined],
  ])('%s', (_, what, annotations, tracker) => {
    expect(trackedBy(liveObject(what, { annotations }))).toBe(tracker);
  });

  test('a Kustomization of Flux', () => {
    const labels = {
      'kustomize.toolkit.fluxcd.io/name': 'app.orders',
      'kustomize.toolkit.fluxcd.io/namespace': 'orders-dev',
    };
    expect(trackedBy(liveObject(deployment, { labels }))).toBe('orders-dev/app.orders');
  });

  test('an Application in whose destination an object without a namespace is', () => {
    const { metadata, ...rest } = liveObject('v1 Namespace orders-dev', {
      annotations: tracking('a', 'v1 Namespace orders-dev', 'x'),
    });
    const { namespace: _, ...others } = metadata;
    expect(trackedBy({ ...rest, metadata: others })).toBe('a');
  });
});

test.each([
  ['Prune=false', true],
  ['Delete=false, Prune=false', true],
  ['Prune=confirm,Delete=confirm', false],
  ['PruneLast=true', false],
])('an object with the sync option %s stays: %s', (options, kept) => {
  expect(isKept(liveObject(deployment, { annotations: { 'argocd.argoproj.io/sync-options': options } }))).toBe(kept);
});

test('an object that Flux does not prune stays', () => {
  expect(isKept(liveObject(deployment, { labels: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } }))).toBe(true);
  expect(isKept(liveObject(deployment))).toBe(false);
});

test("what a controller made, or is on its way out, is nobody else's to remove", () => {
  expect(isMadeByController(liveObject(deployment))).toBe(false);
  expect(isMadeByController(liveObject(deployment, { metadata: { ownerReferences: [{ name: 'x' }] } }))).toBe(true);
  expect(isMadeByController(liveObject(deployment, { metadata: { deletionTimestamp: '2026-01-01' } }))).toBe(true);
});

test('an object is applied with the marks of who delivers it, and no other label of the live one', () => {
  const rendered = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', labels: { app: 'web' } } };
  const labels = { 'app.kubernetes.io/instance': 'orders', other: 'x' };
  expect(
    marked(rendered, liveObject(deployment, { labels, annotations: { ...tracking('a', deployment), b: 'c' } })),
  ).toEqual({
    ...rendered,
    metadata: {
      name: 'web',
      labels: { app: 'web', 'app.kubernetes.io/instance': 'orders' },
      annotations: tracking('a', deployment),
    },
  });
});
