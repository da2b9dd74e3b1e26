import { definePolicy } from '../define-policy';
import { deployment, pod, podWithContext } from '../example-objects';

export const seLinux = definePolicy({
  id: 'se-linux',
  title: 'SELinux options stay within the types made for containers',
  why: 'Another type, user or role takes a container out of the confinement that SELinux gives it.',
  fix: 'use container_t, container_init_t, container_kvm_t or container_engine_t, and set neither user nor role',
  severity: 'high',
  category: 'pod security',
  standards: { podSecurity: 'Baseline: SELinux', nsa: 'Pod security: hardening of applications' },
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'context',
      field: 'seLinuxOptions.type',
      holds:
        "context.?seLinuxOptions.?type.orValue('') in " +
        "['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t']",
      says: 'is no type for containers',
    },
    ...(['user', 'role'] as const).map((field) => ({
      on: 'context' as const,
      field: `seLinuxOptions.${field}`,
      holds: `context.?seLinuxOptions.?${field}.orValue('') == ''`,
      says: 'must not be set',
    })),
  ],
  examples: {
    passes: [pod(), podWithContext({ seLinuxOptions: { type: 'container_engine_t', level: 's0:c1,c2' } })],
    fails: [
      podWithContext({ seLinuxOptions: { type: 'spc_t' } }),
      deployment({ securityContext: { seLinuxOptions: { user: 'system_u' } } }),
      podWithContext({ seLinuxOptions: { role: 'system_r' } }),
    ],
  },
});
