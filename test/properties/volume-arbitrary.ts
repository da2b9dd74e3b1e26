import * as fc from 'fast-check';

const claim = fc.record(
  {
    size: fc.constantFrom('1Gi', '500M', 1e9),
    storageClass: fc.constant('fast'),
    accessMode: fc.constantFrom('ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany', 'ReadOnlyMany'),
  },
  { requiredKeys: ['size'] },
);

const source: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.oneof(
  fc.constant({ emptyDir: true }),
  fc.record({ emptyDir: fc.record({ size: fc.constant('10Mi'), memory: fc.boolean() }, { requiredKeys: [] }) }),
  fc.record({ claim }),
  fc.record({ ephemeral: claim }),
  fc.constantFrom(
    { existingClaim: 'archive' },
    { configMap: 'settings' },
    { secret: { name: 'credentials' }, optional: true },
    { projected: { sources: [{ serviceAccountToken: { path: 'token', expirationSeconds: 3600 } }] } },
    { csi: { driver: 'files.example', readOnly: true } },
    { nfs: { server: 'nfs.example', path: '/export' } },
    { image: 'registry.example/data:1' },
    { downwardApi: { items: [{ path: 'name', fieldRef: { fieldPath: 'metadata.name' } }] } },
    { hostPath: '/var/log', reason: 'reads the logs of the node' },
  ),
);

/** Volumes of every kind by name, each mounted at a path that bears its name. */
export const volumes = fc
  .dictionary(
    fc.stringMatching(/^[a-z]([-a-z0-9]{0,18}[a-z0-9])?$/).filter((name) => !['tmp', 'files'].includes(name)),
    fc.record({ source, subPath: fc.constantFrom(undefined, 'inner/part'), readOnly: fc.boolean() }),
    { maxKeys: 3 },
  )
  .map((record) =>
    Object.fromEntries(
      Object.entries(record).map(([name, { source: from, subPath, readOnly }]) => [
        name,
        { ...from, mountPath: `/volumes/${name}`, readOnly, ...(subPath && 'claim' in from && { subPath }) },
      ]),
    ),
  );
