import type { ImageValidatingPolicyManifest } from '../../../imports/policies.kyverno.io';
import { controllerRoles } from '../../../src/policy/kyverno/controller-roles';
import { defaultDeny } from '../../../src/policy/kyverno/default-deny';
import { finishedJobs } from '../../../src/policy/kyverno/finished-jobs';
import type { ImageVerification, KyvernoRule } from '../../../src/policy/kyverno/kyverno-rule';
import { podSecurityWarnings } from '../../../src/policy/kyverno/pod-security-warnings';
import { kyvernoRule } from '../../../src/policy/kyverno/render-kyverno-rule';
import { signedImages } from '../../../src/policy/kyverno/signed-images';
import type { Kind } from '../../../src/schema/kind';
import { kindOf } from '../../../src/schema/kinds';
import { validate } from '../../../src/schema/validate';
import { kyvernoRules } from './kyverno-rules';

test.each(kyvernoRules.map((rule) => [rule.id, rule] as const))('%s has the form that Kyverno asks for', (_, rule) => {
  const object = kyvernoRule(rule);
  const kind = kindOf(String(object.apiVersion), String(object.kind), '1.30') as Kind;
  expect(validate(object as Parameters<typeof validate>[0], kind)).toEqual([]);
});

describe('signed images', () => {
  const attestors = [{ name: 'release', key: 'PEM' }];
  const expressions = (options: Partial<Parameters<typeof signedImages>[0]>) => {
    const rule = signedImages({ images: ['ghcr.io/acme/*'], attestors, ...options });
    return (kyvernoRule(rule) as ImageValidatingPolicyManifest).spec.validations.map(({ expression }) => expression);
  };

  test('are asked for in every container of a pod, with a bill of materials and a scan that is fresh', () => {
    const [signature, sbom, scan, fresh] = expressions({});
    for (const each of [signature, sbom, scan, fresh]) {
      expect(each).toContain('images.containers + images.initContainers + images.ephemeralContainers');
    }
    expect(signature).toContain('verifyImageSignatures(image, [attestors.release])');
    expect(sbom).toContain('attestations.sbom');
    expect(fresh).toContain("duration('168h')");
  });

  test('need no more than a signature when a platform says so', () => {
    expect(expressions({ billOfMaterials: false, scanMaxAgeDays: false })).toHaveLength(1);
  });
});

test('controllers get exactly the kinds that rules make and delete', () => {
  const roles = controllerRoles(kyvernoRules);
  expect(roles.map(({ metadata, rules }) => [metadata?.labels, rules?.map(({ resources }) => resources)])).toEqual([
    [{ 'rbac.kyverno.io/aggregate-to-background-controller': 'true' }, [['networkpolicies']]],
    [{ 'rbac.kyverno.io/aggregate-to-cleanup-controller': 'true' }, [['jobs']]],
  ]);
  expect(controllerRoles([defaultDeny])).toHaveLength(1);
  expect(controllerRoles([])).toEqual([]);
});

const signed = signedImages({ images: ['a'], attestors: [{ name: 'a', key: 'b' }] }) as ImageVerification;

test.each<[string, KyvernoRule, string]>([
  ['an id that is no name', { ...finishedJobs, id: 'A b' }, 'is no DNS label'],
  ['a schedule that is none', { ...finishedJobs, schedule: 'daily' }, 'schedule "daily" is no cron schedule'],
  ['a deletion of everything', { ...finishedJobs, conditions: {} }, 'would delete everything'],
  [
    'a kind that nobody serves',
    { ...finishedJobs, match: { kinds: ['batch/v1/Jobb'] } },
    'did you mean "batch/v1/Job"',
  ],
  ['nothing to make', { ...defaultDeny, objects: [] }, 'it makes nothing'],
  ['nothing that it was seen to make', { ...defaultDeny, examples: [] }, 'no example shows what it makes'],
  ['no change that was seen', { ...podSecurityWarnings, examples: [] }, 'no example shows what it changes'],
  [
    'a deletion that was never seen',
    { ...finishedJobs, examples: { ...finishedJobs.examples, deletes: [] } },
    'no example is deleted',
  ],
  [
    'a deletion that was never seen to keep anything',
    { ...finishedJobs, examples: { ...finishedJobs.examples, keeps: [] } },
    'no example is kept',
  ],
  ['nobody who signs', { ...signed, attestors: [] }, 'it names nobody who signs'],
  ['a scan of no age', { ...signed, attestations: [{ name: 'x', type: 'y', maxAgeDays: 0 }] }, 'must be above 0'],
])('%s is refused', (_, rule, message) => {
  expect(() => kyvernoRule(rule)).toThrow(message);
});
