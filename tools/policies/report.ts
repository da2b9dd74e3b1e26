import { defaultDeny } from '../../src/policy/kyverno/default-deny';
import { finishedJobs } from '../../src/policy/kyverno/finished-jobs';
import { podSecurityWarnings } from '../../src/policy/kyverno/pod-security-warnings';
import { signedImages } from '../../src/policy/kyverno/signed-images';
import { allPacks } from '../../src/policy/packs/all-packs';
import { policyReference } from '../../src/policy/reference/policy-reference';

/** The text of `docs/policies.md`. */
export function policyReport(): string {
  // What a platform decides about signatures does not show in the page.
  const signed = signedImages({ images: ['*'], attestors: [] });
  return policyReference(allPacks, [defaultDeny, finishedJobs, podSecurityWarnings, signed]);
}
