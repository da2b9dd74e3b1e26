import { definePolicy } from '../define-policy';
import { container, deployment, pod, podWith, podWithContext } from '../example-objects';

export const privilegeEscalation = definePolicy({
  id: 'privilege-escalation',
  title: 'No container can gain privileges',
  why: 'A program with the set-user-ID bit could otherwise become root inside of the container.',
  fix: 'set securityContext.allowPrivilegeEscalation to false',
  severity: 'high',
  category: 'pod security',
  standards: {
    podSecurity: 'Restricted: Privilege Escalation',
    nsa: 'Pod security: privilege escalation',
    cis: '5.2.6',
  },
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'container',
      field: 'securityContext.allowPrivilegeEscalation',
      holds:
        "variables.pod.?os.?name.orValue('') == 'windows' || " +
        '!container.?securityContext.?allowPrivilegeEscalation.orValue(true)',
      says: 'must be false',
    },
  ],
  examples: {
    passes: [podWithContext({ allowPrivilegeEscalation: false }), pod({ os: { name: 'windows' } })],
    fails: [
      pod(),
      podWithContext({ allowPrivilegeEscalation: true }),
      deployment({
        containers: [container({ securityContext: { allowPrivilegeEscalation: false } })],
        initContainers: [container({ name: 'init' })],
      }),
      podWith({ securityContext: {} }),
    ],
  },
});
