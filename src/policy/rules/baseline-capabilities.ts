import { celLiteral } from '../cel-literal';
import { definePolicy } from '../define-policy';
import { container, deployment, pod, podWithContext } from '../example-objects';

/** What container runtimes grant by default, except for raw sockets. */
const allowed = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

export const baselineCapabilities = definePolicy({
  id: 'baseline-capabilities',
  title: 'Containers add no capability beyond the usual ones',
  why: 'Capabilities such as SYS_ADMIN or NET_RAW let a container take over its node or read the traffic of others.',
  fix: `remove what is not one of ${allowed.join(', ')}`,
  severity: 'high',
  category: 'pod security',
  standards: { podSecurity: 'Baseline: Capabilities', cis: '5.2.8' },
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'container',
      field: 'securityContext.capabilities.add',
      holds: `container.?securityContext.?capabilities.?add.orValue([]).all(capability, capability in ${celLiteral(allowed)})`,
      says: 'has more than the usual capabilities',
    },
  ],
  examples: {
    passes: [pod(), podWithContext({ capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] } })],
    fails: [
      podWithContext({ capabilities: { add: ['NET_RAW'] } }),
      deployment({
        initContainers: [container({ name: 'init', securityContext: { capabilities: { add: ['ALL'] } } })],
      }),
    ],
  },
});
