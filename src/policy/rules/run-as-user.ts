import { definePolicy } from '../define-policy';
import { deployment, pod, podWithContext } from '../example-objects';

export const runAsUser = definePolicy({
  id: 'run-as-user',
  title: 'No container names root as its user',
  why: 'Root in a container is root on the node for whoever finds a way out of it.',
  fix: 'set runAsUser to a number above 0, or leave it to the image',
  severity: 'high',
  category: 'pod security',
  standards: { podSecurity: 'Restricted: Running as Non-root user', nsa: 'Pod security: non-root containers' },
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'context',
      field: 'runAsUser',
      holds: '!variables.pod.?hostUsers.orValue(true) || context.?runAsUser.orValue(1) != 0',
      says: 'must not be 0',
    },
  ],
  examples: {
    passes: [pod(), podWithContext({ runAsUser: 1000 }), pod({ hostUsers: false, securityContext: { runAsUser: 0 } })],
    fails: [podWithContext({ runAsUser: 0 }), deployment({ securityContext: { runAsUser: 0 } })],
  },
});
