import { definePolicy } from '../define-policy';
import { deployment, pod, podWithContext } from '../example-objects';

const prefix = 'container.apparmor.security.beta.kubernetes.io/';

export const appArmor = definePolicy({
  id: 'app-armor',
  title: 'AppArmor is not switched off',
  why: 'Without a profile a container may use every system call and file that AppArmor would keep from it.',
  fix: 'remove the profile, or use RuntimeDefault or Localhost',
  severity: 'high',
  category: 'pod security',
  standards: { podSecurity: 'Baseline: AppArmor', nsa: 'Pod security: hardening of applications' },
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'context',
      field: 'appArmorProfile.type',
      holds:
        "!has(context.appArmorProfile) || context.appArmorProfile.?type.orValue('') in ['RuntimeDefault', 'Localhost']",
      says: 'must be RuntimeDefault or Localhost',
    },
    {
      field: 'metadata.annotations',
      holds:
        'variables.podMetadata.?annotations.orValue({}).all(key, ' +
        `!key.startsWith('${prefix}') || ` +
        "variables.podMetadata.annotations[key] in ['', 'runtime/default'] || " +
        "variables.podMetadata.annotations[key].startsWith('localhost/'))",
      says: `must not set ${prefix} to anything but runtime/default or localhost/…`,
    },
  ],
  examples: {
    passes: [
      pod(),
      podWithContext({ appArmorProfile: { type: 'RuntimeDefault' } }),
      pod({}, { annotations: { [`${prefix}app`]: 'runtime/default', note: 'unconfined' } }),
    ],
    fails: [
      podWithContext({ appArmorProfile: { type: 'Unconfined' } }),
      deployment({ securityContext: { appArmorProfile: { type: 'Unconfined' } } }),
      deployment(
        {},
        {
          selector: { matchLabels: { app: 'x' } },
          template: {
            metadata: { labels: { app: 'x' }, annotations: { [`${prefix}app`]: 'unconfined' } },
            spec: { containers: [{ name: 'app', image: 'ghcr.io/acme/app:1' }] },
          },
        },
      ),
    ],
  },
});
