import { definePolicy } from '../define-policy';
import { cronJob, deployment, pod } from '../example-objects';

export const hostPathVolumes = definePolicy({
  id: 'host-path-volumes',
  title: 'No volume is a path of the host',
  why: "A path of the host gives a pod the node's files: its credentials, its sockets, and the data of other pods.",
  fix: 'use a PersistentVolumeClaim, an emptyDir, or a CSI volume',
  severity: 'high',
  category: 'pod security',
  standards: { podSecurity: 'Baseline: HostPath Volumes', nsa: 'Pod security: host paths', cis: '5.2.11' },
  match: { kinds: 'pods' },
  checks: [{ on: 'volume', field: 'hostPath', holds: '!has(volume.hostPath)', says: 'must not be set' }],
  examples: {
    passes: [pod(), deployment({ volumes: [{ name: 'tmp', emptyDir: {} }] })],
    fails: [
      pod({ volumes: [{ name: 'root', hostPath: { path: '/' } }] }),
      cronJob({
        volumes: [
          { name: 'tmp', emptyDir: {} },
          { name: 'docker', hostPath: { path: '/var/run/docker.sock' } },
        ],
      }),
    ],
  },
});
