import { definePolicy } from '../define-policy';
import { cronJob, deployment, pod } from '../example-objects';

const types = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

export const volumeTypes = definePolicy({
  id: 'volume-types',
  title: 'Volumes are of types that belong to the pod or to a claim',
  why: 'Other types reach storage of the node or of the cloud directly, with credentials in the pod.',
  fix: `use one of ${types.join(', ')}`,
  severity: 'medium',
  category: 'pod security',
  standards: { podSecurity: 'Restricted: Volume Types' },
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'volume',
      field: 'name',
      holds: types.map((type) => `has(volume.${type})`).join(' || '),
      says: 'is a volume of another type',
    },
  ],
  examples: {
    passes: [pod(), deployment({ volumes: [{ name: 'tmp', emptyDir: {} }] })],
    fails: [
      pod({ volumes: [{ name: 'share', nfs: { server: 'nfs', path: '/' } }] }),
      cronJob({ volumes: [{ name: 'root', hostPath: { path: '/' } }] }),
    ],
  },
});
