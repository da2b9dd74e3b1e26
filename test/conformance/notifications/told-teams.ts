import { ConfigMap } from '../../../imports/kubernetes';
import { synthesize } from '../../../src/app/synthesize';
import { Delivery } from '../../../src/delivery/index';
import type { KubeObject } from '../../../src/dev/api-client';
import { toYaml } from '../../../src/gitops/yaml';
import { GoldenApp, GoldenJob, Platform } from '../../../src/index';
import { TeamNamespace, Tenancy } from '../../../src/team/index';
import type { Manifest } from '../tree';
import type { Inbox } from './inbox';

/** Credentials of the services, as the Secret beside Argo CD holds them. */
export const credentials = { 'slack-token': 'xoxb-of-the-test', 'hook-token': 'of-the-hook' };

/** Where the tests say that Argo CD is. */
export const argoCdUrl = 'https://argocd.acme.io';

/** A platform of two teams in one environment that is synced by hand, so that a sync which fails is not tried again. */
export function toldPlatform(repoUrl: string): Platform {
  return new Platform({
    domain: 'acme.io',
    gitops: { repoUrl },
    topology: {
      environments: { live: { clusters: ['eu'], promotion: 'manual' } },
      clusters: { eu: { kubernetes: '1.36' } },
      owners: {
        platform: { group: 'platform-people' },
        orders: { group: 'orders-people', slack: '#orders' },
        payments: { group: 'payments-people', slack: '#payments' },
      },
    },
  });
}

/** What the platform renders for the cluster, but for its own Applications: here they have nothing to deliver. */
export function toldTeams(platform: Platform, inbox: Inbox): Manifest[] {
  const app = new GoldenApp({ platform, team: 'platform', system: 'platform' });
  app.forEachEnvironment((env) => {
    new Tenancy(env, 'tenancy', { keepers: { serviceAccounts: ['argocd/argocd-application-controller'] } });
    new Delivery(env, 'delivery', {
      teams: ['orders', 'payments'].map((team) => new TeamNamespace(env, team)),
      notifications: {
        argoCdUrl,
        subscriptions: ['on-sync-failed', 'on-health-degraded', 'on-sync-status-unknown', 'on-deployed'],
        services: {
          slack: { kind: 'slack', apiUrl: `${inbox.url}/api` },
          hook: { kind: 'webhook', url: `${inbox.url}/hook`, headers: { Authorization: 'Bearer $hook-token' } },
          mail: {
            ...{ kind: 'email', host: '127.0.0.1', port: inbox.mailPort, from: 'argocd@acme.io' },
            to: { orders: 'orders@acme.io' },
          },
        },
      },
    });
  });
  return synthesize(app)
    .objects.filter(({ object }) => object.kind !== 'Application')
    .map(({ object, path }) => ({
      file: path,
      bytes: Buffer.from(toYaml(object)),
      object: object as Manifest['object'],
    }));
}

/**
 * The files of a team's app in the GitOps repository: a ConfigMap that can't be changed, and what runs after a failed deployment.
 *
 * @param value what the ConfigMap holds
 */
export function toldApp(platform: Platform, team: string, value: string): Record<string, string> {
  const app = new GoldenApp({ platform, team, system: 'commerce', name: 'shop' });
  app.forEachEnvironment((env) => {
    new ConfigMap(env, 'values', { metadata: { name: 'values' }, immutable: true, data: { value } });
    new GoldenJob(env, 'undo', {
      image: 'ghcr.io/acme/undo:1.0.0',
      command: ['/undo'],
      config: { REASON: 'failed' },
      runs: 'after-failed-deploy',
    });
  });
  return Object.fromEntries(
    synthesize(app).objects.map(({ object }) => [fileOf(team, object as KubeObject), toYaml(object)]),
  );
}

/** Where the GitOps repository has an object of a team's app. */
export function fileOf(team: string, { kind, metadata }: KubeObject): string {
  return `live/eu/${team}-live/shop/${kind.toLowerCase()}-${metadata.name}.yaml`;
}

/** The Job that runs after a failed deployment. */
export const undo: KubeObject = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'undo', namespace: 'orders-live' },
};
