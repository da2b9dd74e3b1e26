import { definePolicy } from '../define-policy';
import { container, deployment, pod, podWithContext } from '../example-objects';

const isWindows = "variables.pod.?os.?name.orValue('') == 'windows'";

export const restrictedCapabilities = definePolicy({
  id: 'restricted-capabilities',
  title: 'Containers drop all capabilities',
  why: 'What a container runtime grants by default is more than a service needs.',
  fix: 'drop ALL, and add nothing but NET_BIND_SERVICE',
  severity: 'high',
  category: 'pod security',
  standards: { podSecurity: 'Restricted: Capabilities', nsa: 'Pod security: capabilities', cis: '5.2.9' },
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'container',
      field: 'securityContext.capabilities.drop',
      holds: `${isWindows} || 'ALL' in container.?securityContext.?capabilities.?drop.orValue([])`,
      says: 'must have ALL',
    },
    {
      on: 'container',
      field: 'securityContext.capabilities.add',
      holds:
        `${isWindows} || container.?securityContext.?capabilities.?add.orValue([])` +
        ".all(capability, capability == 'NET_BIND_SERVICE')",
      says: 'must have nothing but NET_BIND_SERVICE',
    },
  ],
  examples: {
    passes: [
      podWithContext({ capabilities: { drop: ['ALL'] } }),
      podWithContext({ capabilities: { drop: ['KILL', 'ALL'], add: ['NET_BIND_SERVICE'] } }),
      pod({ os: { name: 'windows' } }),
    ],
    fails: [
      pod(),
      podWithContext({ capabilities: { drop: ['all'] } }),
      podWithContext({ capabilities: { drop: ['ALL'], add: ['CHOWN'] } }),
      deployment({
        containers: [container({ securityContext: { capabilities: { drop: ['ALL'] } } })],
        initContainers: [container({ name: 'init' })],
      }),
    ],
  },
});
