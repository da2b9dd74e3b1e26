import { definePolicy } from '../define-policy';
import { container, deployment, pod, podWithContext } from '../example-objects';

export const privilegedContainers = definePolicy({
  id: 'privileged-containers',
  title: 'No container is privileged',
  why: 'A privileged container has every capability and all devices of its node: whoever breaks out of it owns the node.',
  fix: 'remove securityContext.privileged, and grant the one capability or device that is needed',
  severity: 'critical',
  category: 'pod security',
  standards: {
    podSecurity: 'Baseline: Privileged Containers',
    nsa: 'Pod security: non-privileged containers',
    cis: '5.2.2',
  },
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'container',
      field: 'securityContext.privileged',
      holds: '!container.?securityContext.?privileged.orValue(false)',
      says: 'must not be true',
    },
  ],
  examples: {
    passes: [pod(), podWithContext({ privileged: false })],
    fails: [
      podWithContext({ privileged: true }),
      deployment({ initContainers: [container({ name: 'init', securityContext: { privileged: true } })] }),
      pod({ ephemeralContainers: [container({ name: 'debug', securityContext: { privileged: true } })] }),
    ],
  },
});
