import { definePolicy } from '../define-policy';
import { deployment, pod } from '../example-objects';

export const serviceAccountToken = definePolicy({
  id: 'service-account-token',
  title: 'Pods get no token of the API server',
  why: 'A service does not talk to the API server; the token only helps whoever breaks into it.',
  fix: 'set automountServiceAccountToken to false, or mount a token where one is needed',
  severity: 'medium',
  category: 'pod security',
  standards: { nsa: 'Pod security: service account tokens', cis: '5.1.6' },
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'pod',
      field: 'automountServiceAccountToken',
      holds: '!variables.pod.?automountServiceAccountToken.orValue(true)',
      says: 'must be false',
    },
  ],
  examples: {
    passes: [pod({ automountServiceAccountToken: false }), deployment({ automountServiceAccountToken: false })],
    fails: [pod(), deployment({ automountServiceAccountToken: true })],
  },
});
