import { type Environment, GoldenApp } from 'cdk8s-golden-path';
import { argoCdNotifications, Delivery, type DeliveryProps, type Notifications } from 'cdk8s-golden-path/delivery';
import { TeamNamespace, Tenancy } from 'cdk8s-golden-path/team';
import type { Manifest } from 'cdk8s-golden-path/testing';
import fc from 'fast-check';
import { parse } from 'yaml';
import { platformEnvironment, teamPlatform } from '../team/teams';
import { delivered, deliveredPlatform } from './deliveries';

const argoCdUrl = 'https://argocd.acme.io';
const configMap = 'ConfigMap argocd-notifications-cm';
const email = { kind: 'email', host: 'smtp.acme.io', from: 'argocd@acme.io', to: { orders: 'o@acme.io' } } as const;
const webhook = { kind: 'webhook', url: 'https://hooks.acme.io/argocd' } as const;

const notified = (notifications: Partial<Notifications> = {}, props: Partial<DeliveryProps> = {}) =>
  delivered({ ...props, notifications: { argoCdUrl, ...notifications } });

/** What a project subscribes to: trigger, service and recipient. */
function subscriptions({ metadata }: Manifest): { trigger: string; service: string; recipient: string }[] {
  return Object.entries(metadata.annotations ?? {}).flatMap(([key, recipient]) => {
    const [, trigger, service] = /^notifications\.argoproj\.io\/subscribe\.([^.]+)\.([^.]+)$/.exec(key) ?? [];
    return trigger ? [{ trigger, service, recipient }] : [];
  });
}

describe('a team', () => {
  test('is subscribed to the catalog of who installs Argo CD where nothing is said, and nothing is set', () => {
    const objects = delivered();
    expect(subscriptions(objects['AppProject orders-staging'])).toEqual([
      { trigger: 'on-health-degraded', service: 'slack', recipient: 'orders' },
      { trigger: 'on-sync-failed', service: 'slack', recipient: 'orders' },
    ]);
    expect(objects).not.toHaveProperty([configMap]);
    expect(subscriptions(objects['AppProject cluster-staging'])).toEqual([]);
  });

  test('hears in its channel of what failed, is not healthy, and can’t be compared', () => {
    const told = subscriptions(notified()['AppProject orders-staging']);
    expect(told.map(({ trigger }) => trigger)).toEqual([
      'on-health-degraded',
      'on-sync-failed',
      'on-sync-status-unknown',
    ]);
    expect(new Set(told.map(({ recipient }) => recipient))).toEqual(new Set(['orders']));
  });

  test('without a channel or an address hears nothing there', () => {
    const objects = notified({ services: { slack: { kind: 'slack' }, mail: email, pager: webhook } });
    const services = (project: string) => new Set(subscriptions(objects[project]).map(({ service }) => service));
    expect(services('AppProject orders-staging')).toEqual(new Set(['slack', 'mail', 'pager']));
    expect(services('AppProject payments-staging')).toEqual(new Set(['pager']));
  });

  test('is named by a label on its Applications', () => {
    const objects = delivered({ apps: { orders: ['orders'] } });
    expect(objects['Application orders-staging.orders'].metadata.labels).toHaveProperty(['acme.io/owner'], 'orders');
    const { template } = objects['ApplicationSet payments-staging'].spec;
    expect(template.metadata.labels).toEqual({ 'acme.io/owner': 'payments' });
  });

  test('of the platform hears of the platform’s own apps', () => {
    const objects = notified({ services: { mail: { ...email, to: { platform: 'p@acme.io' } } } });
    expect(subscriptions(objects['AppProject cluster-staging']).map(({ recipient }) => recipient)).toEqual([
      'p@acme.io',
      'p@acme.io',
      'p@acme.io',
    ]);
  });
});

test('whatever is subscribed to is there: its trigger, what that sends, and what brings it', () => {
  const names = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
  const services = fc.dictionary(names, fc.constantFrom({ kind: 'slack' } as const, email, webhook), { minKeys: 1 });
  const triggers = ['on-sync-failed', 'on-health-degraded', 'on-sync-status-unknown', 'on-deployed'] as const;
  fc.assert(
    fc.property(services, fc.subarray([...triggers]), (chosen, subscribed) => {
      const objects = notified({ services: chosen, subscriptions: subscribed });
      const { data } = objects[configMap];
      const brought = Object.keys(data).flatMap((key) => /^service\.(?:.+\.)?(.+)$/.exec(key)?.[1] ?? []);
      for (const { trigger, service } of subscriptions(objects['AppProject orders-staging'])) {
        const sent = parse(data[`trigger.${trigger}`]).flatMap(({ send }: { send: string[] }) => send);
        expect(sent.length).toBeGreaterThan(0);
        for (const template of sent) expect(Object.keys(data)).toContain(`template.${template}`);
        expect(brought).toContain(service);
      }
    }),
    { numRuns: 50 },
  );
});

describe('what Argo CD has to know to tell people', () => {
  test('is kept by whoever installs it: never pruned, and found by its label', () => {
    const { metadata } = notified()[configMap];
    expect(metadata.labels).toHaveProperty(['app.kubernetes.io/part-of'], 'argocd');
    expect(metadata.annotations?.['argocd.argoproj.io/sync-options']).toBe('Prune=false,Delete=false');
  });

  test('is left to others where they set it, and the subscriptions stay', () => {
    for (const props of [{ settings: false }, { serves: 'every-cluster' as const }]) {
      const objects = notified({}, props);
      expect(objects).not.toHaveProperty([configMap]);
      const project = objects['AppProject orders-staging'] ?? objects['AppProject orders-staging.eu'];
      expect(subscriptions(project)).toHaveLength(3);
    }
  });

  test('is the same for who sets it elsewhere', () => {
    expect(argoCdNotifications(deliveredPlatform(), { argoCdUrl })).toEqual(notified()[configMap].data);
  });

  test('refers to the token in Slack, and to whatever is secret of other services', () => {
    const services = {
      slack: { kind: 'slack' } as const,
      chat: { kind: 'slack', token: '$chat-token', apiUrl: 'https://chat.acme.io/api' } as const,
      pager: { ...webhook, headers: { Authorization: 'Bearer $pager-token' } },
      mail: { ...email, port: 25, username: 'argocd', password: '$smtp-password' },
    };
    const { data } = notified({ services })[configMap];
    expect(parse(data['service.slack'])).toEqual({ token: '$slack-token' });
    expect(parse(data['service.slack.chat'])).toEqual({ token: '$chat-token', apiURL: 'https://chat.acme.io/api/' });
    expect(parse(data['service.webhook.pager']).headers).toEqual([
      { name: 'Content-Type', value: 'application/json' },
      { name: 'Authorization', value: 'Bearer $pager-token' },
    ]);
    expect(parse(data['service.email.mail'])).toEqual({
      ...{ host: 'smtp.acme.io', port: 25, from: 'argocd@acme.io' },
      ...{ username: 'argocd', password: '$smtp-password' },
    });
  });

  test('links to Argo CD, and has a form for each kind of service that is there', () => {
    const { data } = notified({ argoCdUrl: `${argoCdUrl}/`, services: { mail: email, pager: webhook } })[configMap];
    expect(parse(data.context)).toEqual({ argocdUrl: argoCdUrl });
    const template = parse(data['template.app-sync-failed']);
    expect(Object.keys(template)).toEqual(['message', 'email', 'webhook']);
    expect(Object.keys(template.webhook)).toEqual(['pager']);
    expect(Object.keys(parse(notified()[configMap].data['template.app-sync-failed']))).toEqual(['message']);
  });
});

describe('environments that share a cluster', () => {
  const both = (settings: (env: Environment) => Notifications | undefined) => {
    const platform = teamPlatform({ gitops: { repoUrl: 'https://github.com/acme/gitops' } });
    const app = new GoldenApp({ platform, team: 'platform', system: 'platform' });
    const deliveries: Delivery[] = [];
    app.forEachEnvironment((env) => {
      if (deliveries.length === 0) new Tenancy(env, 'tenancy', { keepers: { groups: ['platform-people'] } });
      const teams = [new TeamNamespace(env, 'orders')];
      deliveries.push(new Delivery(env, 'delivery', { teams, notifications: settings(env) }));
    });
    return deliveries.map(({ notifications }) => notifications !== undefined);
  };

  test('set it once, wherever it is said first', () => {
    expect(both(() => ({ argoCdUrl }))).toEqual([true, false]);
    expect(both((env) => (env.name === 'live' ? { argoCdUrl } : undefined))).toEqual([false, true]);
    expect(both((env) => ({ argoCdUrl, subscriptions: env.name === 'live' ? ['on-deployed'] : [] }))).toEqual([
      true,
      false,
    ]);
  });

  test('agree on it', () => {
    expect(() => both((env) => ({ argoCdUrl: `https://${env.name}.acme.io` }))).toThrow(
      /notifications differ from those of platform\/staging\/\S+, in the same cluster "eu"/,
    );
  });
});

describe('notifications are refused', () => {
  const service = (props: object) => ({ services: { one: props } });
  test.each([
    [{ subscriptions: ['on-sync-fail'] }, /names the trigger "on-sync-fail", which is not there \(did you mean "on-sy/],
    [{ subscriptions: ['on-deployed', 'on-deployed'] }, /subscriptions names a trigger twice/],
    [{ subscriptions: [null, Object.create(null)] }, /subscriptions names the trigger {}, which is not there; use on-/],
    [{ subscriptions: 'on-deployed' }, /subscriptions "on-deployed" is no list/],
    [{ argoCdUrl: 'argocd.acme.io' }, /argoCdUrl "argocd.acme.io" is no address; write it like/],
    [{ argoCdUrl: 'https://a.io/x|y' }, /argoCdUrl "https:\/\/a.io\/x\|y" is no address/],
    [{ url: argoCdUrl }, /notifications has no setting "url"/],
    [{ services: {} }, /services names no service/],
    [{ services: { 'Big One': { kind: 'slack' } } }, /service of notifications "Big One"/],
    [
      service({ kind: 'slak' }),
      /services.one.kind "slak" is unknown \(did you mean "slack"\?\); use slack, webhook or/,
    ],
    [service({ kind: {} }), /services.one.kind {} is unknown; use slack, webhook or email/],
    [service({ kind: 'toString' }), /services.one.kind "toString" is unknown/],
    [service({ kind: 'slack', tokn: '$x' }), /services.one has no setting "tokn" \(did you mean "token"\?\)/],
    [service({ kind: 'webhook', url: 'ftp://x' }), /services.one.url is no address/],
    [service({ ...webhook, headers: { 'X-Api-Key': 'abc' } }), /headers "X-Api-Key" says what may be secret/],
    [service({ ...webhook, headers: { 'X Y': 'abc' } }), /headers "X Y" is no header/],
    [service({ ...webhook, headers: { A: 'b\nc' } }), /headers "A" is no header/],
    [service({ ...email, to: {} }), /services.one.to {} names no team/],
    [
      service({ ...email, to: { order: 'o@acme.io' } }),
      /the team "order", which is not there \(did you mean "orders"\?/,
    ],
    [service({ ...email, to: { orders: 'a@b.c;d@e.f' } }), /to.orders "a@b.c;d@e.f" is no mail address/],
    [service({ ...email, port: 0 }), /services.one.port 0 is no port/],
    [service({ ...email, host: 'a b' }), /services.one.host "a b" is no host/],
  ])('for %j', (settings, message) => {
    expect(() => notified(settings as object)).toThrow(message);
  });

  test.each([
    service({ kind: 'slack', token: 'xoxb-hush' }),
    service({ ...webhook, headers: { Authorization: 'Bearer hush' } }),
    service({ ...webhook, url: 'https://user:hush@acme.io/' }),
    service({ ...email, password: 'hush' }),
  ])('that hold a credential, and the credential is not shown', (settings) => {
    expect(() => notified(settings as object)).toThrow(/argocd-notifications-secret holds it under/);
    expect(() => notified(settings as object)).not.toThrow(/hush/);
  });

  test('by who sets them elsewhere too', () => {
    const settings = { argoCdUrl: 'x' };
    expect(() => argoCdNotifications(deliveredPlatform(), settings)).toThrow(/argoCdUrl "x" is no address/);
  });

  test('where Flux delivers', () => {
    const env = platformEnvironment(deliveredPlatform());
    expect(() => delivered({ engine: 'flux', notifications: { argoCdUrl } }, env)).toThrow(
      /notifications is only for Argo CD: Flux tells people by its own Provider and Alert/,
    );
  });
});
