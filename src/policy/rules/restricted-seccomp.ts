import { definePolicy } from '../define-policy';
import { container, deployment, pod, podWithContext } from '../example-objects';

const isWindows = "variables.pod.?os.?name.orValue('') == 'windows'";
const allowed = "['RuntimeDefault', 'Localhost']";

export const restrictedSeccomp = definePolicy({
  id: 'restricted-seccomp',
  title: 'Every container has a seccomp profile',
  why: 'Without a filter a container may make every system call, also those that only attacks need.',
  fix: 'set seccompProfile.type to RuntimeDefault or Localhost for the pod, or for each container',
  severity: 'high',
  category: 'pod security',
  standards: { podSecurity: 'Restricted: Seccomp', nsa: 'Pod security: hardening of applications', cis: '5.7.2' },
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'pod',
      field: 'securityContext.seccompProfile.type',
      holds: `${isWindows} || !has(variables.pod.securityContext) || !has(variables.pod.securityContext.seccompProfile) || variables.pod.securityContext.seccompProfile.?type.orValue('') in ${allowed}`,
      says: 'must be RuntimeDefault or Localhost',
    },
    {
      on: 'container',
      field: 'securityContext.seccompProfile.type',
      holds:
        `${isWindows} || container.?securityContext.?seccompProfile` +
        '.or(variables.pod.?securityContext.?seccompProfile)' +
        `.?type.orValue('') in ${allowed}`,
      says: 'must be RuntimeDefault or Localhost, here or for the pod',
    },
  ],
  examples: {
    passes: [
      podWithContext({ seccompProfile: { type: 'RuntimeDefault' } }),
      deployment({ securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'app.json' } } }),
      pod({ os: { name: 'windows' } }),
    ],
    fails: [
      pod(),
      podWithContext({ seccompProfile: { type: 'Unconfined' } }),
      pod({
        securityContext: { seccompProfile: { type: 'Unconfined' } },
        containers: [container({ securityContext: { seccompProfile: { type: 'RuntimeDefault' } } })],
      }),
      deployment({
        containers: [container({ securityContext: { seccompProfile: { type: 'RuntimeDefault' } } })],
        initContainers: [container({ name: 'init' })],
      }),
    ],
  },
});
