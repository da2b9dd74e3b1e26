import { diffObjects } from '../../../src/diff/diff-objects';
import type { PlatformKnowledge, RiskRule } from '../../../src/diff/risks/risk-rule';
import type { PlainObject } from '../../../src/platform/placed-object';

/** An object of a kind, `apps/v1 Deployment` or `Service`, with these fields. */
export function object(kind: string, fields: object = {}, metadata: object = {}): PlainObject {
  const [apiVersion, name] = kind.includes(' ') ? kind.split(' ') : ['v1', kind];
  return {
    apiVersion,
    kind: name,
    metadata: { name: 'api', namespace: 'shop', ...metadata },
    ...fields,
  } as PlainObject;
}

/** A Deployment with one container. */
export function deployment(container: object = {}, pod: object = {}, spec: object = {}): PlainObject {
  const containers = [{ name: 'api', image: 'a/b:1', ...container }];
  return object('apps/v1 Deployment', { spec: { ...spec, template: { spec: { containers, ...pod } } } });
}

/** A platform that knows nothing of the objects. */
export const nothing: PlatformKnowledge = {
  isDataRequest: () => false,
  takenOverBy: () => undefined,
  accessOf: () => undefined,
  updateProblems: () => [],
};

/** What a rule says about a change; undefined stands for an object that is not there. */
export function found(
  rule: RiskRule,
  before: PlainObject | undefined,
  after: PlainObject | undefined,
  known: Partial<PlatformKnowledge> = {},
): string[] {
  const list = (each: PlainObject | undefined) => (each ? [each] : []);
  const changes = diffObjects(list(before), list(after), { minor: '1.34' }, { ...nothing, ...known });
  return changes.flatMap(({ risks }) => risks.filter(({ id }) => id === rule.id).map(({ detail }) => detail));
}

/** A change that is a risk, and its twin that differs in the one thing that makes it none. */
export interface RiskCase {
  readonly name: string;
  readonly risk: readonly [before: PlainObject | undefined, after: PlainObject | undefined];
  readonly says: readonly string[];
  readonly twin: readonly [before: PlainObject | undefined, after: PlainObject | undefined];
}

/** Holds a rule against its cases: it says what it should, and nothing of the twins. */
export function holdsFor(rule: RiskRule, cases: readonly RiskCase[]): void {
  describe.each(cases)('$name', ({ risk, says, twin }) => {
    test('is a risk', () => expect(found(rule, ...risk)).toEqual(says));
    test('is none in its twin', () => expect(found(rule, ...twin)).toEqual([]));
  });
}
