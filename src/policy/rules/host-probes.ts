import { definePolicy } from '../define-policy';
import { container, deployment, pod, podWith } from '../example-objects';
import type { PolicyCheck } from '../policy';

const handlers = [
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle.postStart',
  'lifecycle.preStop',
] as const;

const checks: PolicyCheck[] = handlers.flatMap((handler) =>
  ['httpGet', 'tcpSocket'].map((action): PolicyCheck => {
    const path = `${handler}.${action}.host`;
    return {
      on: 'container',
      field: path,
      holds: `container.?${path.replaceAll('.', '.?')}.orValue('') == ''`,
      says: 'must not be set',
    };
  }),
);

export const hostProbes = definePolicy({
  id: 'host-probes',
  title: 'Probes and lifecycle hooks call their own pod',
  why: 'A probe with a host makes the kubelet call that host from the node: a way to reach what the pod itself may not.',
  fix: 'remove host; probes and hooks then call the pod',
  severity: 'medium',
  category: 'pod security',
  standards: { podSecurity: 'Baseline: Host Probes / Lifecycle Hooks' },
  match: { kinds: 'pods' },
  checks,
  examples: {
    passes: [
      pod(),
      podWith({ livenessProbe: { httpGet: { path: '/', port: 8080 } } }),
      podWith({ readinessProbe: { tcpSocket: { port: 8080, host: '' } } }),
    ],
    fails: [
      podWith({ livenessProbe: { httpGet: { path: '/', port: 80, host: '169.254.169.254' } } }),
      podWith({ lifecycle: { preStop: { httpGet: { path: '/', port: 80, host: 'example.com' } } } }),
      deployment({
        initContainers: [
          container({
            name: 'sidecar',
            restartPolicy: 'Always',
            startupProbe: { tcpSocket: { port: 80, host: 'db' } },
          }),
        ],
      }),
    ],
  },
});
