import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ApiClient } from '../../src/dev/api-client';
import { startWorkloads } from '../../src/dev/control-plane';
import { apply } from './apply';
import { checkAdmitted, checkOnlyDefaults, checkUnchanged } from './check-apply';
import { type ClusterSetup, checkCluster, withCluster } from './check-cluster';
import { checkReady } from './check-ready';
import { checkScaling } from './check-scaling';
import type { Finding, Report } from './report';
import { type Manifest, readTree } from './tree';

const fixtures = join(__dirname, 'fixtures');

/** A broken manifest and what the check that is there for it must say of it. */
interface Trap {
  readonly file: string;
  readonly finds: RegExp;
  /** `start` starts the controllers; a trap that calls it is the last, since they act on what others left. */
  readonly check: (
    api: ApiClient,
    manifest: Manifest,
    start: () => Promise<void>,
  ) => Promise<Pick<Finding, 'problems'>>;
}

const admitted: Trap['check'] = async (api, manifest) => checkAdmitted(await apply(api, [manifest]));

const traps: readonly Trap[] = [
  { file: 'unknown-field.yaml', finds: /field not declared in schema|unknown field/, check: admitted },
  { file: 'duplicate-key.yaml', finds: /key "a" already set in map/, check: admitted },
  { file: 'warning.yaml', finds: /warning: annotation "kubernetes.io\/ingress.class" is deprecated/, check: admitted },
  { file: 'no-namespace.yaml', finds: /ConfigMap no-namespace has no namespace/, check: admitted },
  {
    file: 'misread-key.yaml',
    finds: /data.on: rendered "x", live undefined/,
    check: (api, manifest) => checkOnlyDefaults(api, [manifest]),
  },
  {
    file: 'dropped-field.yaml',
    finds: /metadata.creationTimestamp: rendered null, live "/,
    check: (api, manifest) => checkOnlyDefaults(api, [manifest]),
  },
  {
    file: 'changed-between.yaml',
    finds: /changed by the second apply/,
    check: async (api, manifest) => {
      const first = await apply(api, [manifest]);
      const merge = { contentType: 'application/merge-patch+json', body: { metadata: { labels: { touched: 'yes' } } } };
      await api.call('PATCH', await api.pathOf(manifest.object), merge);
      return checkUnchanged(api, [manifest], first);
    },
  },
  {
    file: 'owned-replicas.yaml',
    finds: /conflict with "autoscaler"|are 2 after the next apply/,
    check: async (api, manifest) => {
      await apply(api, [manifest]);
      const autoscaler = readManifestFile(join(fixtures, 'sound/test/one/shop/shop/horizontalpodautoscaler-web.yaml'));
      return checkScaling(api, [manifest, autoscaler]);
    },
  },
  {
    file: 'never-ready.yaml',
    finds: /0 of 1 replicas available[\s\S]*serviceaccount "absent" not found/,
    check: async (api, manifest, start) => {
      await start();
      await apply(api, [manifest]);
      return checkReady(api, [manifest], 3);
    },
  },
];

/**
 * Proves the checks before they are trusted: a sound tree with every kind of workload passes them all, and each broken
 * manifest is found by the check that is there for it.
 */
export async function selfTest(report: Report, setup: ClusterSetup): Promise<void> {
  for (const cluster of readTree(join(fixtures, 'sound'))) {
    await checkCluster(report, 'self-test', cluster, setup);
  }
  await withCluster(setup, async (plane, host) => {
    const { api } = plane;
    const start = () => startWorkloads(host, plane);
    await api.ensure({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    for (const { file, finds, check } of traps) {
      await report.check(`self-test: ${file} is found`, async () => {
        const { problems } = await check(api, readManifestFile(join(fixtures, 'broken', file)), start);
        const found = problems.some((problem) => finds.test(problem));
        return { counted: '', problems: found ? [] : [`expected ${finds}, got ${JSON.stringify(problems)}`] };
      });
    }
  });
}

function readManifestFile(file: string): Manifest {
  const bytes = readFileSync(file);
  return { file, bytes, object: parse(bytes.toString(), { uniqueKeys: false }) };
}
