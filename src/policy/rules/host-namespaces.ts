import { definePolicy } from '../define-policy';
import { cronJob, deployment, pod } from '../example-objects';

export const hostNamespaces = definePolicy({
  id: 'host-namespaces',
  title: 'Pods share no namespace of the host',
  why: "In the host's network, process or IPC namespace a pod sees and reaches what belongs to the node and to other pods.",
  fix: 'remove hostNetwork, hostPID and hostIPC',
  severity: 'critical',
  category: 'pod security',
  standards: { podSecurity: 'Baseline: Host Namespaces', nsa: 'Pod security: host namespaces', cis: '5.2.3' },
  match: { kinds: 'pods' },
  checks: (['hostNetwork', 'hostPID', 'hostIPC'] as const).map((field) => ({
    on: 'pod',
    field,
    holds: `!variables.pod.?${field}.orValue(false)`,
    says: 'must not be true',
  })),
  examples: {
    passes: [pod(), pod({ hostNetwork: false })],
    fails: [pod({ hostPID: true }), deployment({ hostNetwork: true }), cronJob({ hostIPC: true })],
  },
});
