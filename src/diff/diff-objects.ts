import type { PlainObject } from '../platform/placed-object';
import { printable } from '../platform/printable';
import { type ComparedCluster, compareObjects } from './compare-objects';
import { identityOf } from './identity';
import { type ObjectChange, objectOf } from './object-change';
import type { PlatformKnowledge } from './risks/risk-rule';
import { riskRules } from './risks/risk-rules';

/** What a change puts at risk. */
export interface Risk {
  /** The rule's id: `data-deleted`. */
  readonly id: string;
  /** A sentence that begins with the object: `is deleted`. */
  readonly detail: string;
}

/** What happens to an object, and what that puts at risk. */
export type JudgedChange = ObjectChange & { readonly risks: readonly Risk[] };

/**
 * What becomes of the objects of a cluster: each that is added, removed or changed in a field that counts, by kind and name.
 *
 * @param before what is there; what is the same as before may be left out of both lists
 */
export function diffObjects(
  before: readonly PlainObject[],
  after: readonly PlainObject[],
  cluster: ComparedCluster,
  known: PlatformKnowledge,
): JudgedChange[] {
  const was = new Map(before.map((object) => [identityOf(object), object]));
  const is = new Map(after.map((object) => [identityOf(object), object]));
  const changes = [...new Set([...was.keys(), ...is.keys()])]
    .sort()
    .flatMap((identity) => changeOf(was.get(identity), is.get(identity), cluster, known));
  return changes.map((change) => ({ ...change, risks: risksOf(change, known, changes) }));
}

function changeOf(
  before: PlainObject | undefined,
  after: PlainObject | undefined,
  cluster: ComparedCluster,
  known: PlatformKnowledge,
): ObjectChange[] {
  if (!before) return after ? [{ change: 'added', after, fields: [] }] : [];
  if (!after) return [{ change: 'removed', before, fields: [] }];
  const fields = compareObjects(before, after, cluster);
  const isSame = fields.length === 0 && known.refusalOf?.(after) === undefined;
  return isSame ? [] : [{ change: 'changed', before, after, fields }];
}

function risksOf(change: ObjectChange, known: PlatformKnowledge, beside: readonly ObjectChange[]): Risk[] {
  return riskRules.flatMap((rule) =>
    rule.find(change, known, beside).map((detail) => ({ id: rule.id, detail: printable(detail) })),
  );
}

/** Kind, name and namespace: what an object is called. */
export function titleOf(change: ObjectChange): string {
  const { kind, metadata } = objectOf(change);
  return printable(`${kind} ${metadata.name}`);
}
