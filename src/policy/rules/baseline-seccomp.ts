import { definePolicy } from '../define-policy';
import { deployment, pod, podWithContext } from '../example-objects';

export const baselineSeccomp = definePolicy({
  id: 'baseline-seccomp',
  title: 'Seccomp is not switched off',
  why: 'Without a filter a container may make every system call, also those that only attacks need.',
  fix: 'remove the profile, or use RuntimeDefault or Localhost',
  severity: 'high',
  category: 'pod security',
  standards: { podSecurity: 'Baseline: Seccomp' },
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'context',
      field: 'seccompProfile.type',
      holds:
        "!has(context.seccompProfile) || context.seccompProfile.?type.orValue('') in ['RuntimeDefault', 'Localhost']",
      says: 'must be RuntimeDefault or Localhost',
    },
  ],
  examples: {
    passes: [pod(), podWithContext({ seccompProfile: { type: 'Localhost', localhostProfile: 'app.json' } })],
    fails: [
      podWithContext({ seccompProfile: { type: 'Unconfined' } }),
      deployment({ securityContext: { seccompProfile: { type: 'Unconfined' } } }),
    ],
  },
});
