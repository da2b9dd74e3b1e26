import type { ApiClient, KubeObject } from '../../src/dev/api-client';
import type { Manifest } from './tree';
import { podSpecs } from './workloads';

/**
 * Creates what a platform has before an app comes: priority classes that Pods name, and the Secrets that External
 * Secrets would make (KWOK doesn't look for them; they are here so that the cluster is whole).
 */
export async function createPrerequisites(api: ApiClient, manifests: readonly Manifest[]): Promise<string> {
  const classes = new Set<string>(podSpecs(manifests).flatMap(({ priorityClassName }) => priorityClassName ?? []));
  const missing = [...classes].filter((name) => !name.startsWith('system-'));
  for (const name of missing) {
    await api.ensure({
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name },
      value: 1000,
    } as KubeObject);
  }
  const secrets = manifests
    .filter(({ object }) => object.kind === 'ExternalSecret')
    .map(({ object }) => secretOf(object));
  for (const secret of secrets) {
    await api.ensure(secret);
  }
  return `${missing.length} priority classes, ${secrets.length} Secrets of ExternalSecrets`;
}

/** The Secret that the controller would make: every key that is known beforehand, with a value that stands for it. */
function secretOf(externalSecret: KubeObject): KubeObject {
  const { target = {}, data = [] } = externalSecret.spec as {
    target?: { name?: string; template?: { type?: string; data?: Record<string, string> } };
    data?: { secretKey: string }[];
  };
  const keys = [...data.map(({ secretKey }) => secretKey), ...Object.keys(target.template?.data ?? {})];
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: target.name ?? externalSecret.metadata.name, namespace: externalSecret.metadata.namespace },
    stringData: Object.fromEntries(keys.map((key) => [key, 'stand-in'])),
  };
}

/** Gives each claim that waits for a volume one of its size: there is no storage driver here. */
export async function provisionVolumes(api: ApiClient): Promise<void> {
  for (const claim of await api.list('v1', 'PersistentVolumeClaim')) {
    const { metadata, spec, status } = claim as KubeObject & {
      spec: { accessModes: string[]; storageClassName?: string; volumeMode?: string; resources: { requests: object } };
      status?: { phase?: string };
    };
    if (status?.phase === 'Bound') {
      continue;
    }
    const name = `volume-of-${metadata.namespace}-${metadata.name}`;
    await api.ensure({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name },
      spec: {
        capacity: spec.resources.requests,
        accessModes: spec.accessModes,
        storageClassName: spec.storageClassName ?? '',
        volumeMode: spec.volumeMode,
        persistentVolumeReclaimPolicy: 'Retain',
        // With the claim's uid the controller binds at once, without it only at its next round.
        claimRef: {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          namespace: metadata.namespace,
          name: metadata.name,
          uid: metadata.uid,
        },
        hostPath: { path: `/volumes/${name}` },
      },
    });
  }
}
