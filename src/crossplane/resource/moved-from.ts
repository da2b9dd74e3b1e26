import { nameProblem } from '../../platform/names';
import type { PlainObject } from '../../platform/placed-object';
import { isRecord, show } from '../../platform/rule';

/** What a request was before it was renamed or moved: the data that it stands for is taken over and not made anew. */
export interface MovedFrom {
  /**
   * Its name then.
   * @default - the same
   */
  readonly name?: string;
  /**
   * Its namespace then. Whoever applies the request has to have the right to update such requests there.
   * @default - the same
   */
  readonly namespace?: string;
  /**
   * What the provider calls it, where the provider chose the name: the annotation `crossplane.io/external-name` of the managed
   * resource, like `db-ABCDEFGHIJKLMNOPQRSTUVWXYZ` of a database on RDS.
   * @default - names are made from name and namespace, so it is found by them
   */
  readonly externalName?: string;
}

/** Annotation of a request that looks like another one renamed, and is new: its value is `nothing`. */
export const isNewKey = 'golden-path.local/moved-from';

/** Annotations of a request that say what it was before. They have no prefix of a platform: compositions read them. */
export const movedFromKeys = {
  name: 'golden-path.local/moved-from-name',
  namespace: 'golden-path.local/moved-from-namespace',
  externalName: 'golden-path.local/moved-from-external-name',
} as const;

/** The annotations of a request that was something else before, or says that it was not. */
export function movedFromAnnotations(moved: MovedFrom | 'nothing' = {}): Record<string, string> {
  if (moved === 'nothing') return { [isNewKey]: moved };
  const keys = ['name', 'namespace', 'externalName'] as const;
  return Object.fromEntries(
    keys.flatMap((key) => (moved[key] === undefined ? [] : [[movedFromKeys[key], moved[key]]])),
  );
}

/** The place that a rendered request says it had before; undefined when it says nothing. */
export function formerPlaceOf({ metadata }: PlainObject): { name: string; namespace: string } | undefined {
  const { [movedFromKeys.name]: name, [movedFromKeys.namespace]: namespace } = metadata.annotations ?? {};
  if (name === undefined && namespace === undefined) return undefined;
  return { name: name ?? metadata.name, namespace: namespace ?? metadata.namespace ?? '' };
}

/** What is wrong with what a request was before. */
export function movedFromProblems(moved: MovedFrom | 'nothing' | undefined): string[] {
  if (moved === undefined || moved === 'nothing') return [];
  if (!isRecord(moved))
    return [`movedFrom ${show(moved)} is no record; write { name: "..." }, or "nothing" for a new one`];
  if (Object.values(moved).every((value) => value === undefined)) {
    return ['movedFrom says nothing; give the name or the namespace that the request had'];
  }
  return (['name', 'namespace'] as const).flatMap((key) =>
    moved[key] === undefined ? [] : (nameProblem(`movedFrom.${key}`, moved[key]) ?? []),
  );
}
