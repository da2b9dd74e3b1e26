import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argoCdNotifications } from '../../../src/delivery/index';
import type { NotificationTrigger } from '../../../src/delivery/notification-triggers';
import { argoCdProgram } from '../../../src/dev/argo-cd';
import type { EngineHost } from '../../../src/dev/engine-host';
import type { Platform } from '../../../src/index';
import { inParallel } from '../in-parallel';
import type { Finding } from '../report';
import { argoCdUrl } from './told-teams';

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString().replace(/\.\d+Z$/, 'Z');

const unknownSince = (minutes: number) => ({
  sync: { status: 'Unknown' },
  conditions: [{ type: 'ComparisonError', message: 'no such folder', lastTransitionTime: minutesAgo(minutes) }],
});

const failed = (resources: readonly object[], message = 'one or more objects failed to apply, reason: a,b') => ({
  operationState: { phase: 'Failed', message, syncResult: { revision: '0123456789abcdef', resources } },
});

const refused = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ...{ kind: 'Service', name: `s-${i}`, status: 'SyncFailed' },
    message: `error when patching "/dev/shm/1": <!channel> & ${'ö'.repeat(400)}\nport`,
  }));

interface TriggerCase {
  readonly status?: object;
  readonly pulls: readonly NotificationTrigger[];
  readonly says?: RegExp;
}

/** Statuses that an Application may have now, the triggers that they pull, and what its team is told then. */
const casesNow = (): readonly TriggerCase[] => [
  { pulls: [] },
  { status: { sync: { status: 'OutOfSync' }, health: { status: 'Missing' } }, pulls: [] },
  { status: unknownSince(1), pulls: [] },
  { status: unknownSince(6), pulls: ['on-sync-status-unknown'], says: /> no such folder\n/ },
  { status: { sync: { status: 'Unknown' } }, pulls: [] },
  { status: { operationState: { phase: 'Running', message: 'Retrying attempt #1' } }, pulls: [] },
  {
    status: { operationState: { phase: 'Error', message: 'the project is gone' } },
    pulls: ['on-sync-failed'],
    says: /> the project is gone\n/,
  },
  {
    status: failed(refused(7)),
    pulls: ['on-sync-failed'],
    says: /> one or more objects failed to apply\n(> Service s-\d: &lt;!channel&gt; &amp; ö{270,}\n){4}> and 3 more\n/,
  },
  {
    status: failed([{ kind: 'Job', name: 'migrate', status: 'Synced', hookPhase: 'Failed', message: 'backoff limit' }]),
    pulls: ['on-sync-failed'],
    says: /> Job migrate: backoff limit\n/,
  },
  {
    status: {
      ...{ sync: { status: 'Synced', revision: 'fedcba9876543210' }, health: { status: 'Degraded' } },
      resources: [
        { kind: 'Service', name: 'api' },
        { kind: 'Deployment', name: 'api', health: { status: 'Degraded', message: 'exceeded its deadline' } },
      ],
    },
    pulls: ['on-health-degraded'],
    says: /commit fedcba9\n> Deployment api: exceeded its deadline\n/,
  },
  {
    status: {
      ...{ sync: { status: 'Synced' }, health: { status: 'Healthy' }, history: [{ id: 3 }] },
      operationState: { phase: 'Succeeded', message: 'successfully synced' },
    },
    pulls: ['on-deployed'],
    says: /is deployed in live on eu\*\nteam orders\n</,
  },
  {
    status: {
      ...{ sync: { status: 'Synced' }, health: { status: 'Progressing' } },
      operationState: { phase: 'Succeeded' },
    },
    pulls: [],
  },
];

/** Argo CD's own command line says of each status which triggers it pulls, and what they say. */
export async function triggersHold(host: EngineHost, platform: Platform, kubeconfig: string): Promise<Finding> {
  const binary = await host.binary(argoCdProgram);
  const cases = casesNow();
  const folder = host.folder('triggers');
  const settings = join(folder, 'settings.json');
  const data = argoCdNotifications(platform, { argoCdUrl });
  writeFileSync(
    settings,
    JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-notifications-cm' }, data }),
  );
  const ask = (...words: readonly string[]) =>
    run(binary, ['admin', 'notifications', ...words, '--config-map', settings, '--secret', ':empty'], kubeconfig);
  const triggers = Object.keys(data).flatMap((key) => /^trigger\.(.+)$/.exec(key)?.[1] ?? []) as NotificationTrigger[];
  const found = await inParallel(
    [...cases.entries()],
    async ([index, { status, pulls, says }]) => {
      const problems: string[] = [];
      const file = join(folder, `${index}.json`);
      writeFileSync(file, JSON.stringify(applicationOf(platform, status)));
      for (const trigger of triggers) {
        const answer = await ask('trigger', 'run', trigger, file);
        const verdict = /\s(true|false)$/m.exec(answer)?.[1];
        if (verdict === String(pulls.includes(trigger))) continue;
        problems.push(`${trigger} is ${verdict ?? answer} for ${JSON.stringify(status)}`);
      }
      // Nothing is known of an Application that was just made, and still no template may break.
      for (const trigger of status ? pulls : triggers) {
        const answer = await ask('template', 'notify', trigger.replace(/^on-/, 'app-'), file);
        const text = answer.replace(/^ {2}/gm, '');
        if (/^message: /m.test(answer) && (says ?? /^:/m).test(text)) continue;
        problems.push(`${trigger} does not say ${says} for ${JSON.stringify(status)}: ${answer}`);
      }
      return problems;
    },
    4,
  );
  const problems = found.flat();
  return { counted: `${cases.length} statuses, ${triggers.length} triggers`, problems };
}

function applicationOf(platform: Platform, status?: object): object {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'orders-live.shop', namespace: 'argocd', labels: { 'acme.io/owner': 'orders' } },
    spec: { source: { repoURL: platform.gitops?.repoUrl, path: 'live/eu/orders-live/shop' } },
    ...(status && { status }),
  };
}

/** What the command line prints, to both of its outputs: it ends well whatever it finds. */
function run(binary: string, words: readonly string[], kubeconfig: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ARGOCD_BINARY_NAME: 'argocd', KUBECONFIG: kubeconfig };
    execFile(binary, words, { env }, (error, stdout, stderr) => {
      if (error === null) resolve(`${stdout}${stderr}`);
      else reject(new Error(`${words.join(' ')} failed: ${stderr || error.message}`));
    });
  });
}
