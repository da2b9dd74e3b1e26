import { definePolicy } from '../define-policy';
import { container, cronJob, deployment, podWith } from '../example-objects';

export const latestTag = definePolicy({
  id: 'latest-tag',
  title: 'Images name a version',
  why: 'An image without a version, or with "latest", is another program tomorrow, and a rollback brings back the same one.',
  fix: 'write the tag of a release, or a digest',
  severity: 'medium',
  category: 'reliability',
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'container',
      field: 'image',
      holds:
        "container.image.contains('@') || container.image.matches(':[^:/]+$') && !container.image.endsWith(':latest')",
      says: 'has no version',
    },
  ],
  examples: {
    passes: [
      podWith({ image: 'ghcr.io/acme/app:1.2.3' }),
      podWith({ image: `ghcr.io/acme/app@sha256:${'0'.repeat(64)}` }),
      podWith({ image: 'localhost:5000/app:1' }),
    ],
    fails: [
      podWith({ image: 'app' }),
      podWith({ image: 'localhost:5000/app' }),
      cronJob({ containers: [container({ image: 'ghcr.io/acme/app:latest' })] }),
      deployment({ initContainers: [container({ name: 'init', image: 'busybox' })] }),
    ],
  },
});
