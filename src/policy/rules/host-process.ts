import { definePolicy } from '../define-policy';
import { pod, podWithContext } from '../example-objects';

export const hostProcess = definePolicy({
  id: 'host-process',
  title: 'No Windows pod runs as a process of the host',
  why: 'A HostProcess container has the privileges of its Windows node.',
  fix: 'remove securityContext.windowsOptions.hostProcess',
  severity: 'critical',
  category: 'pod security',
  standards: { podSecurity: 'Baseline: HostProcess', cis: '5.2.10' },
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'context',
      field: 'windowsOptions.hostProcess',
      holds: '!context.?windowsOptions.?hostProcess.orValue(false)',
      says: 'must not be true',
    },
  ],
  examples: {
    passes: [pod(), podWithContext({ windowsOptions: { hostProcess: false } })],
    fails: [pod({ hostNetwork: true, securityContext: { windowsOptions: { hostProcess: true } } })],
  },
});
