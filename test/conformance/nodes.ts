import type { ApiClient } from '../../src/dev/api-client';
import type { Manifest } from './tree';
import { podSpecs } from './workloads';

const zones = ['zone-a', 'zone-b', 'zone-c'];
const architectures = ['amd64', 'arm64'];

/**
 * Creates the Nodes that a tree's Pods can run on: one per zone and architecture, and the same again for each set of
 * labels that a Pod insists on. They have no taints, so that what is asked here is only whether the Pods can be placed.
 */
export async function createNodes(api: ApiClient, manifests: readonly Manifest[]): Promise<number> {
  const wanted = new Map([['{}', {} as Record<string, string>]]);
  for (const spec of podSpecs(manifests)) {
    for (const labels of demands(spec)) {
      wanted.set(JSON.stringify(labels), labels);
    }
  }
  let count = 0;
  for (const labels of wanted.values()) {
    for (const zone of zones) {
      for (const arch of architectures) {
        const name = `node-${count}`;
        const places = {
          'kubernetes.io/hostname': name,
          'kubernetes.io/os': 'linux',
          'kubernetes.io/arch': arch,
          'topology.kubernetes.io/zone': zone,
          'topology.kubernetes.io/region': 'region',
        };
        await api.ensure({ apiVersion: 'v1', kind: 'Node', metadata: { name, labels: { ...places, ...labels } } });
        count += 1;
      }
    }
  }
  return count;
}

/** The sets of labels that a Pod spec insists on: its selector, with each of its required affinity terms. */
// biome-ignore lint/suspicious/noExplicitAny: a Pod spec, read as far as Nodes go
function demands(spec: any): Record<string, string>[] {
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [{}];
  return terms.map(({ matchExpressions = [] }) => ({
    ...Object.fromEntries(
      matchExpressions
        .filter(({ operator }: { operator: string }) => operator === 'In' || operator === 'Exists')
        .map(({ key, values }: { key: string; values?: string[] }) => [key, values?.[0] ?? '']),
    ),
    ...spec.nodeSelector,
  }));
}
