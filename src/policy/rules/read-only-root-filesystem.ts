import { definePolicy } from '../define-policy';
import { container, deployment, podWithContext } from '../example-objects';

export const readOnlyRootFilesystem = definePolicy({
  id: 'read-only-root-filesystem',
  title: 'Containers cannot change their own files',
  why: 'Whoever breaks in cannot leave a program behind, and what a service writes is known to be in its volumes.',
  fix: 'set securityContext.readOnlyRootFilesystem to true, and mount an emptyDir where files are written',
  severity: 'medium',
  category: 'pod security',
  standards: { nsa: 'Pod security: immutable container file systems' },
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'plannedContainer',
      field: 'securityContext.readOnlyRootFilesystem',
      holds: 'container.?securityContext.?readOnlyRootFilesystem.orValue(false)',
      says: 'must be true',
    },
  ],
  examples: {
    passes: [podWithContext({ readOnlyRootFilesystem: true })],
    fails: [
      podWithContext({}),
      deployment({
        containers: [container({ securityContext: { readOnlyRootFilesystem: true } })],
        initContainers: [container({ name: 'init', securityContext: { readOnlyRootFilesystem: false } })],
      }),
    ],
  },
});
