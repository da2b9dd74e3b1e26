import { definePolicy } from '../define-policy';
import { deployment, pod, podWithContext } from '../example-objects';

export const procMount = definePolicy({
  id: 'proc-mount',
  title: '/proc is masked, except in a user namespace',
  why: 'The masks of /proc hide kernel settings that a container could otherwise read or change.',
  fix: 'remove procMount, or run the pod with hostUsers: false',
  severity: 'high',
  category: 'pod security',
  standards: { podSecurity: 'Baseline: /proc Mount Type' },
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'container',
      field: 'securityContext.procMount',
      holds:
        "!variables.pod.?hostUsers.orValue(true) || container.?securityContext.?procMount.orValue('Default') == 'Default'",
      says: 'must be Default',
    },
  ],
  examples: {
    passes: [
      pod(),
      podWithContext({ procMount: 'Default' }),
      pod({
        hostUsers: false,
        containers: [{ name: 'app', image: 'a:1', securityContext: { procMount: 'Unmasked' } }],
      }),
    ],
    fails: [deployment({ containers: [{ name: 'app', image: 'a:1', securityContext: { procMount: 'Unmasked' } }] })],
  },
});
