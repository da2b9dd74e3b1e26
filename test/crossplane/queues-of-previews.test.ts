import type { SteppedRender } from '../conformance/crossplane/stepped-render';
import { queueCases as onAws } from './aws/queue-cases';
import { queueCases as onClassicAws } from './aws-classic/queue-cases';
import { finished } from './composed';
import { queueCases as onGcp } from './gcp/message-queue-cases';
import { queueCases as onprem } from './onprem/onprem-cases';

/** What becomes of each thing outside of the cluster when its request is deleted. */
function fates(one: SteppedRender, preview?: string): Set<string> {
  const labels = { ...one.request.metadata.labels, ...(preview && { 'acme.io/preview': preview }) };
  const request = { ...one.request, metadata: { ...one.request.metadata, labels } };
  const { resources, ready } = finished({ ...one, request });
  expect(ready).toBe(true);
  return new Set(
    resources.flatMap(({ spec }) => {
      if (spec?.deletionPolicy) return [spec.deletionPolicy.toLowerCase() === 'delete' ? 'deleted' : 'kept'];
      if (!spec?.managementPolicies) return [];
      return [spec.managementPolicies.includes('*') ? 'deleted' : 'kept'];
    }),
  );
}

test.each([
  ['AWS', onAws],
  ['AWS with Crossplane v1', onClassicAws],
  ['Google Cloud', onGcp],
  ['premises', onprem],
])('messages outlive a queue on %s, but not that of a preview, which nobody would come for', (_, [one]) => {
  expect([...fates(one)]).toEqual(['kept']);
  expect([...fates(one, 'pr-42')]).toEqual(['deleted']);
});
