import { defaultDeny } from '../../../src/policy/kyverno/default-deny';
import { finishedJobs } from '../../../src/policy/kyverno/finished-jobs';
import type { KyvernoRule } from '../../../src/policy/kyverno/kyverno-rule';
import { podSecurityWarnings } from '../../../src/policy/kyverno/pod-security-warnings';
import { signedImages } from '../../../src/policy/kyverno/signed-images';

/** One of each kind of rule that Kyverno carries out. */
export const kyvernoRules: readonly KyvernoRule[] = [
  finishedJobs,
  defaultDeny,
  signedImages({
    images: ['ghcr.io/acme/*'],
    attestors: [
      {
        name: 'ci',
        keyless: { issuer: 'https://token.actions.githubusercontent.com', subjectRegExp: '^https://github.com/acme/' },
      },
      { name: 'release', key: '-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----\n' },
    ],
  }),
  podSecurityWarnings,
];
