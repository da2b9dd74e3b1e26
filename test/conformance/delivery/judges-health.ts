import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { argoCdSettings } from '../../../src/delivery/argo-cd-settings';
import { renderedKey } from '../../../src/delivery/rollout-program';
import { argoCdProgram } from '../../../src/dev/argo-cd';
import type { Binaries } from '../../../src/dev/binaries';
import type { Finding } from '../report';

const [pin, before] = ['a'.repeat(40), 'b'.repeat(40)];

type HealthCase = readonly [what: string, status: object | undefined, health: string];

/** What Argo CD may say now of an Application that a roll-out pins, and what that is to the roll-out. */
const casesNow = (): readonly HealthCase[] => [
  ['nothing is known', undefined, 'Progressing'],
  ['it was compared before its pin moved', synced({ health: 'Healthy', at: before }), 'Progressing'],
  ['it works', synced({ health: 'Healthy' }), 'Healthy'],
  ['it works and was synced long ago', synced({ health: 'Healthy', ago: 86_400 }), 'Healthy'],
  ['it waits to be synced', synced({ health: 'Healthy', sync: 'OutOfSync' }), 'Progressing'],
  [
    'what runs is broken and what mends it is not synced',
    synced({ health: 'Degraded', sync: 'OutOfSync' }),
    'Progressing',
  ],
  [
    'it can’t be compared',
    { ...synced({ health: 'Healthy' }), conditions: [condition('ComparisonError')] },
    'Degraded',
  ],
  ['it can’t be synced', { ...synced({ health: 'Healthy' }), conditions: [condition('SyncError')] }, 'Degraded'],
  [
    'it is warned of',
    { ...synced({ health: 'Healthy' }), conditions: [condition('OrphanedResourceWarning')] },
    'Healthy',
  ],
  ['it is broken', synced({ health: 'Degraded' }), 'Degraded'],
  ['it starts', synced({ health: 'Progressing', ago: 240 }), 'Progressing'],
  ['it does not start', synced({ health: 'Progressing', ago: 360 }), 'Degraded'],
];

function synced({
  health,
  sync = 'Synced',
  at = pin,
  ago = 1,
}: {
  health: string;
  sync?: string;
  at?: string;
  ago?: number;
}) {
  const finishedAt = `${new Date(Date.now() - ago * 1000).toISOString().slice(0, 19)}Z`;
  return {
    health: { status: health },
    sync: { status: sync, comparedTo: { source: sourceAt(at) } },
    operationState: { phase: 'Succeeded', finishedAt },
  };
}

function sourceAt(targetRevision: string) {
  return { repoURL: 'https://example.com/gitops', path: 'production/eu-prod/orders-production/orders', targetRevision };
}

function condition(type: string) {
  return { type, message: 'is wrong' };
}

/** Argo CD's own command line runs the script for each case, in the zone of any controller. */
export async function judgesHealth(binaries: Binaries): Promise<Finding> {
  const binary = await binaries.find(argoCdProgram);
  const cases = casesNow();
  const folder = mkdtempSync(join(tmpdir(), 'golden-health-'));
  try {
    const settings = join(folder, 'argocd-cm.yaml');
    const metadata = { name: 'argocd-cm', namespace: 'argocd', labels: { 'app.kubernetes.io/part-of': 'argocd' } };
    writeFileSync(settings, stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: argoCdSettings() }));
    const judge = (status: object | undefined, zone: string) => {
      const file = join(folder, 'application.yaml');
      const annotations = { [renderedKey]: 'what is there' };
      writeFileSync(
        file,
        stringify({
          ...{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'orders', annotations } },
          ...{ spec: { source: sourceAt(pin) }, status },
        }),
      );
      const words = ['admin', 'settings', 'resource-overrides', 'health', file, '--argocd-cm-path', settings];
      const env = { ...process.env, ARGOCD_BINARY_NAME: 'argocd', TZ: zone };
      return /^STATUS: (\w+)/m.exec(execFileSync(binary, words, { encoding: 'utf8', env, stdio: 'pipe' }))?.[1];
    };
    const wrong = (all: readonly HealthCase[], zone: string) =>
      all.flatMap(([what, status, health]) => {
        const judged = judge(status, zone);
        return judged === health ? [] : [`${what}, in ${zone}: is ${judged}, and not ${health}`];
      });
    const timed = cases.slice(-2);
    const problems = [wrong(cases, 'UTC'), wrong(timed, 'America/New_York'), wrong(timed, 'Asia/Tokyo')].flat();
    return { counted: `${cases.length} cases`, problems };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
