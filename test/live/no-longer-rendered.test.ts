import type { LiveApp } from '../../src/live/live-place';
import { noLongerRendered } from '../../src/live/no-longer-rendered';
import { type LiveFacts, liveObject, ownsLabel, tracking } from './live-objects';

const web = 'apps/v1 Deployment web';
const old = 'apps/v1 Deployment old';

function app(name: string, rendered: readonly string[] = [], facts: Partial<LiveApp> = {}): LiveApp {
  const objects = rendered.map((what) => liveObject(what));
  return {
    ...{ name, team: 'orders', system: 'shop', labelPrefix: 'acme.io', namespace: 'orders-dev', objects },
    ...facts,
  };
}

/** Whether `old` is one that an app no longer renders, beside the live `web` that it renders. */
function isGone(
  facts: LiveFacts,
  { beside = {}, of = app('orders', [web]) }: { beside?: LiveFacts; of?: LiveApp } = {},
) {
  const found = [liveObject(web, beside), liveObject(old, facts)];
  const gone = noLongerRendered(found, [liveObject(web, beside)], {
    environment: 'dev',
    cluster: 'eu-dev',
    apps: [of],
  });
  return gone.some(({ metadata }) => metadata.name === 'old');
}

const byApp = (name: string) => ({ annotations: tracking(`orders-dev.${name}`, old) });
const trackedWeb = { annotations: tracking('orders-dev.orders', web) };

test.each<[string, boolean, LiveFacts, Parameters<typeof isGone>[1]?]>([
  ['with the labels of the app', true, {}],
  ['of another team', false, { labels: { 'acme.io/owner': 'payments' } }],
  ['of another system', false, { labels: { 'acme.io/system': 'other' } }],
  ['of another environment', false, { labels: { 'acme.io/environment': 'staging' } }],
  ['of a preview', false, { labels: { 'acme.io/preview': 'pr-1' } }],
  [
    'of the preview that is compared',
    true,
    { labels: { 'acme.io/preview': 'pr-1' } },
    { of: app('orders-pr-1', [], { preview: 'pr-1' }) },
  ],
  ['tracked by the Application of what is rendered', true, byApp('orders'), { beside: trackedWeb }],
  ["tracked by that of the app's data", true, byApp('orders.data'), { beside: trackedWeb }],
  ['tracked by that of another app of the team', false, byApp('billing'), { beside: trackedWeb }],
  [
    'tracked by an Application with a name of its own',
    true,
    { annotations: tracking('custom', old) },
    { beside: { annotations: tracking('custom', web) } },
  ],
  ['tracked by an Application that tells clusters apart', true, byApp('orders.eu-dev')],
  [
    'of another team, tracked by the Application of what is rendered',
    true,
    { ...byApp('orders'), labels: { 'acme.io/owner': 'payments' } },
    { beside: trackedWeb },
  ],
  ['that a controller labelled', false, { managers: { 'some-operator': ownsLabel } }],
  [
    'that whoever applied the rest labelled',
    true,
    { managers: { kubectl: ownsLabel } },
    { beside: { managers: { kubectl: ownsLabel } } },
  ],
  ['that an object owns', false, { metadata: { ownerReferences: [{ name: 'x' }] } }],
])('an object %s is gone: %s', (_, expected, facts, beside = {}) => {
  expect(isGone(facts, beside)).toBe(expected);
});

test('what another of the compared apps renders is not gone', () => {
  const found = [liveObject(web), liveObject(old)];
  const place = { environment: 'dev', cluster: 'eu-dev', apps: [app('orders', [web]), app('billing', [old])] };
  expect(noLongerRendered(found, found, place)).toEqual([]);
});

test('objects of every team that the platform renders for are its own', () => {
  const platform = app('platform', [], {
    team: 'platform',
    objects: [liveObject('v1 ResourceQuota team', { labels: { 'acme.io/owner': 'orders' } })],
  });
  expect(isGone({ labels: { 'acme.io/owner': 'orders' } }, { of: platform })).toBe(true);
  expect(isGone({ labels: { 'acme.io/owner': 'payments' } }, { of: platform })).toBe(false);
});
