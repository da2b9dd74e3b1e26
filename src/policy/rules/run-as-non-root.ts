import { definePolicy } from '../define-policy';
import { container, deployment, pod, podWithContext } from '../example-objects';

const inUserNamespace = '!variables.pod.?hostUsers.orValue(true)';

export const runAsNonRoot = definePolicy({
  id: 'run-as-non-root',
  title: 'Containers must not run as root',
  why: 'Root in a container is root on the node for whoever finds a way out of it.',
  fix: 'set securityContext.runAsNonRoot to true for the pod, or for each container',
  severity: 'high',
  category: 'pod security',
  standards: { podSecurity: 'Restricted: Running as Non-root', nsa: 'Pod security: non-root containers', cis: '5.2.7' },
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'pod',
      field: 'securityContext.runAsNonRoot',
      holds: `${inUserNamespace} || variables.pod.?securityContext.?runAsNonRoot.orValue(true)`,
      says: 'must not be false',
    },
    {
      on: 'container',
      field: 'securityContext.runAsNonRoot',
      holds:
        `${inUserNamespace} || container.?securityContext.?runAsNonRoot.orValue(` +
        'variables.pod.?securityContext.?runAsNonRoot.orValue(false))',
      says: 'must be true here or for the pod',
    },
  ],
  examples: {
    passes: [
      podWithContext({ runAsNonRoot: true }),
      deployment({ securityContext: { runAsNonRoot: true } }),
      pod({ hostUsers: false }),
    ],
    fails: [
      pod(),
      pod({
        securityContext: { runAsNonRoot: true },
        containers: [container({ securityContext: { runAsNonRoot: false } })],
      }),
      pod({
        securityContext: { runAsNonRoot: false },
        containers: [container({ securityContext: { runAsNonRoot: true } })],
      }),
      deployment({
        containers: [container({ securityContext: { runAsNonRoot: true } })],
        initContainers: [container({ name: 'init' })],
      }),
    ],
  },
});
