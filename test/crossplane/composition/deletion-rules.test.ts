import { compileCel } from '../../../src/cel/cel';
import { celValue } from '../../../src/cel/cel-value';
import { CrossplanePlatform } from '../../../src/crossplane/composition/crossplane-platform';
import { deletionRules } from '../../../src/crossplane/composition/deletion-rules';
import { synthObjects, testEnvironment } from '../../../src/testing';
import { bucketOnAws } from '../aws/bucket-cases';
import { postgresOnAws } from '../aws/postgres-cases';
import { queueOnAws } from '../aws/queue-cases';
import { bucketOnprem, postgresOnprem, queueOnprem } from '../onprem/onprem-cases';
import { requestOf } from '../request-of';

const onprem = [postgresOnprem, queueOnprem, bucketOnprem];
const onAws = [postgresOnAws, queueOnAws, bucketOnAws];

/** What the rules say when a request is deleted, or the namespace that holds it; undefined when it may be. */
function refusals(compositions: Parameters<typeof deletionRules>[0], made: (typeof onprem)[number], spec: object) {
  const request = requestOf(made, spec);
  const object = { ...request, spec: { ...request.spec, crossplane: { compositionRef: { name: made.name } } } };
  return deletionRules(compositions)
    .filter(({ policy }) => (policy.paramKind?.kind ?? object.kind) === object.kind)
    .map(({ policy }) => {
      const [{ expression, messageExpression }] = policy.validations ?? [];
      const values = { oldObject: celValue(object), params: celValue(object) };
      const evaluate = (text = '') => compileCel(text, { oldObject: 'dyn', params: 'dyn' }).evaluate(values);
      return evaluate(expression) === true ? undefined : evaluate(messageExpression);
    });
}

describe('deletion protection', () => {
  test.each([
    ['PostgresInstance', postgresOnprem],
    ['ObjectBucket', bucketOnprem],
  ])('keeps a %s that would take its data with it, and its namespace, and says what to change first', (kind, made) => {
    const change = 'set deletionProtection to false, wait until that is applied, then delete it';
    expect(refusals(onprem, made, {})).toEqual([
      `${kind} orders-db has deletionProtection, and its data would be deleted with it; ${change}`,
      `the namespace holds ${kind} orders-db, which has deletionProtection; ${change}`,
    ]);
    expect(refusals(onprem, made, { deletionProtection: false })).toEqual([undefined, undefined]);
  });

  test('lets go a request whose data stays behind, which a rename deletes', () => {
    expect(deletionRules(onAws)).toEqual([]);
    expect(refusals([...onAws, ...onprem], postgresOnAws, {})).toEqual([undefined, undefined]);
    expect(refusals([...onAws, ...onprem], postgresOnprem, {})).not.toContain(undefined);
  });

  test('is about the APIs that offer it, in the versions that have it', () => {
    const [requests, ...namespaces] = deletionRules(onprem);
    expect(requests.policy.matchConstraints?.resourceRules).toEqual(
      ['objectbuckets', 'postgresinstances'].map((plural) => ({
        apiGroups: ['platform.golden-path.local'],
        apiVersions: ['v1'],
        operations: ['DELETE'],
        resources: [plural],
      })),
    );
    expect(namespaces.map(({ policy }) => policy.paramKind?.kind)).toEqual(['ObjectBucket', 'PostgresInstance']);
  });

  test('is in force where the platform installs such compositions', () => {
    const kinds = (compositions: typeof onprem) =>
      synthObjects(new CrossplanePlatform(testEnvironment(), 'crossplane', { compositions }))
        .filter(({ metadata }) => metadata.name === 'golden-path-deletion-protection')
        .map(({ kind }) => kind);
    expect(kinds(onprem)).toEqual(['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding']);
    expect(kinds([queueOnprem])).toEqual([]);
  });
});
