import { CrossplanePlatform } from '../../../src/crossplane/composition/crossplane-platform';
import { takeOverRules } from '../../../src/crossplane/composition/take-over-rules';
import { synthObjects, testEnvironment } from '../../../src/testing';
import { queueAccessOnprem } from '../onprem/access-cases';
import { bucketOnprem, postgresOnprem, queueOnprem } from '../onprem/onprem-cases';

const resources = (compositions: Parameters<typeof takeOverRules>[0]) =>
  takeOverRules(compositions).map(({ name, policy }) => [
    name,
    policy.matchConstraints?.resourceRules?.flatMap((rule) => rule.resources),
  ]);

test('whoever writes a request is asked about the namespace that it was in, where a composition takes over', () => {
  expect(queueOnprem.takesOver).toBe(true);
  expect(resources([queueOnprem, { ...bucketOnprem, takesOver: false }])).toEqual([
    ['golden-path-take-over', ['messagequeues']],
  ]);
});

test('whoever asks for access is asked about the namespace of the resource', () => {
  expect(resources([queueAccessOnprem, queueOnprem])).toEqual([
    ['golden-path-take-over', ['messagequeues']],
    ['golden-path-take-over-access', ['messagequeueaccesses']],
  ]);
});

test('there is no rule where nothing is taken over', () => {
  const none = [postgresOnprem, bucketOnprem].map((made) => ({ ...made, takesOver: false }));
  expect(takeOverRules(none)).toEqual([]);
});

test('the rules deny, from the day on that the compositions are installed', () => {
  const compositions = [queueAccessOnprem, queueOnprem];
  const installed = synthObjects(new CrossplanePlatform(testEnvironment(), 'crossplane', { compositions }));
  const bindings = installed.filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding');
  expect(bindings.map(({ spec }) => [spec.policyName, spec.validationActions])).toEqual([
    ['golden-path-take-over', ['Deny']],
    ['golden-path-take-over-access', ['Deny']],
  ]);
});
