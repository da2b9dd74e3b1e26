import { definePolicy } from '../define-policy';
import { container, deployment } from '../example-objects';

const probe = { tcpSocket: { port: 8080 } };
const ports = [{ containerPort: 8080 }];

export const containerProbes = definePolicy({
  id: 'container-probes',
  title: 'What serves a port is probed',
  why: 'Without a readiness probe traffic reaches pods that are still starting; without a liveness probe a stuck one stays.',
  fix: 'add readinessProbe and livenessProbe to the container that declares ports',
  severity: 'medium',
  category: 'reliability',
  match: { kinds: ['apps/v1/Deployment', 'apps/v1/StatefulSet', 'apps/v1/DaemonSet'] },
  checks: (['readinessProbe', 'livenessProbe'] as const).map((field) => ({
    on: 'mainContainer',
    field,
    holds: `container.?ports.orValue([]).size() == 0 || has(container.${field})`,
    says: 'must be set',
  })),
  examples: {
    passes: [
      deployment(),
      deployment({ containers: [container({ ports, readinessProbe: probe, livenessProbe: probe })] }),
    ],
    fails: [
      deployment({ containers: [container({ ports })] }),
      deployment({ containers: [container({ ports, readinessProbe: probe })] }),
    ],
  },
});
