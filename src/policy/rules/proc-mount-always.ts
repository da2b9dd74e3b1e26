import { definePolicy } from '../define-policy';
import { pod, podWithContext } from '../example-objects';

export const procMountAlways = definePolicy({
  id: 'proc-mount-always',
  title: '/proc is masked',
  why: 'The masks of /proc hide kernel settings that a container could otherwise read or change.',
  fix: 'remove procMount',
  severity: 'high',
  category: 'pod security',
  standards: { podSecurity: 'Restricted: /proc Mount Type' },
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'container',
      field: 'securityContext.procMount',
      holds: "container.?securityContext.?procMount.orValue('Default') == 'Default'",
      says: 'must be Default',
    },
  ],
  examples: {
    passes: [pod(), podWithContext({ procMount: 'Default' })],
    fails: [
      pod({
        hostUsers: false,
        containers: [{ name: 'app', image: 'a:1', securityContext: { procMount: 'Unmasked' } }],
      }),
    ],
  },
});
