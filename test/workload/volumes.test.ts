import type { VolumeOptions } from 'cdk8s-golden-path';
import { synthObject } from 'cdk8s-golden-path/testing';
import { containerOf, furnished, kindsOf, podOf, service, stateful } from './workloads';

const volumeOf = (data: VolumeOptions) =>
  podOf(
    service({ scale: 1, volumes: { data } }, furnished('ConfigMap', 'Secret', 'PersistentVolumeClaim')),
  ).volumes.find((v: { name: string }) => v.name === 'data');
const mountPath = '/data';
const projected = { sources: [{ configMap: { name: 'c' } }] };
const downwardAPI = { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] };
const storage = (size: string) => ({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: size } } });

test.each([
  ['emptyDir', { emptyDir: true }, { emptyDir: {} }],
  [
    'emptyDir in memory',
    { emptyDir: { size: '1Gi', memory: true } },
    { emptyDir: { sizeLimit: '1Gi', medium: 'Memory' } },
  ],
  ['claim', { claim: { size: '1Gi' } }, { persistentVolumeClaim: { claimName: 'api-data' } }],
  ['existing claim', { existingClaim: 'old' }, { persistentVolumeClaim: { claimName: 'old' } }],
  ['ephemeral claim', { ephemeral: { size: '1Gi' } }, { ephemeral: { volumeClaimTemplate: { spec: storage('1Gi') } } }],
  ['ConfigMap', { configMap: 'c' }, { configMap: { name: 'c' } }],
  ['optional ConfigMap', { configMap: 'c', optional: true }, { configMap: { name: 'c', optional: true } }],
  ['Secret', { secret: 's' }, { secret: { secretName: 's' } }],
  ['projected volume', { projected }, { projected }],
  ['CSI volume', { csi: { driver: 'd.io' } }, { csi: { driver: 'd.io' } }],
  ['NFS share', { nfs: { server: 'nas', path: '/x' } }, { nfs: { server: 'nas', path: '/x' } }],
  ['OCI image', { image: 'ghcr.io/acme/model:1' }, { image: { reference: 'ghcr.io/acme/model:1' } }],
  ['downward API', { downwardApi: downwardAPI }, { downwardAPI }],
  [
    'path of the node',
    { hostPath: '/var/log', reason: 'reads the logs of the node' },
    { hostPath: { path: '/var/log' } },
  ],
] as [string, object, object][])('a volume can be a %s', (_, source, expected) => {
  expect(volumeOf({ ...source, mountPath } as VolumeOptions)).toEqual({ name: 'data', ...expected });
});

test('a mount can be of a part, and read-only', () => {
  const volumes = { data: { emptyDir: true, mountPath, subPath: 'a/b', readOnly: true } } as const;
  expect(containerOf(service({ volumes })).volumeMounts).toContainEqual({
    name: 'data',
    mountPath,
    subPath: 'a/b',
    readOnly: true,
  });
});

test('a claim is never pruned by Argo CD', () => {
  const { claims } = service({
    scale: 1,
    volumes: { data: { claim: { size: '5Gi', storageClass: 'fast' }, mountPath } },
  });
  const claim = synthObject(claims.data);
  expect(claim.metadata.annotations).toHaveProperty(['argocd.argoproj.io/sync-options'], 'Prune=false');
  expect(claim.spec).toEqual({ ...storage('5Gi'), storageClassName: 'fast' });
});

test('the claims of a stateful service are made for each pod and outlive it', () => {
  const db = stateful({ volumes: { data: { claim: { size: '5Gi' }, mountPath } } });
  const { spec } = synthObject(db.statefulSet);
  expect(spec.volumeClaimTemplates[0]).toMatchObject({ metadata: { name: 'data' }, spec: storage('5Gi') });
  expect(spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  expect(kindsOf(db)).not.toContain('PersistentVolumeClaim');
  expect(containerOf(db).volumeMounts).toContainEqual({ name: 'data', mountPath });
});

test('why a path of the node is opened is written on the workload', () => {
  const { deployment } = service({ volumes: { data: { hostPath: '/var/log', reason: 'reads node logs', mountPath } } });
  expect(synthObject(deployment).metadata.annotations).toHaveProperty(
    ['acme.io/security-reason'],
    'hostPath volume data: reads node logs',
  );
});
