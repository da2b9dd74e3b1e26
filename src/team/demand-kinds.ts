import { groupKindOf, type PlainObject } from '../platform/placed-object';

/** The objects of one kind and version. */
export interface KindGroup {
  readonly apiVersion: string;
  readonly kind: string;
  /** Group and kind without the version: `apps/Deployment`. */
  readonly groupKind: string;
  readonly objects: readonly PlainObject[];
}

/** Objects by kind, so that what each kind means is asked once and not for every object. */
export function byKind(objects: readonly PlainObject[]): KindGroup[] {
  const versions = new Map<string, Map<string, PlainObject[]>>();
  const groups: KindGroup[] = [];
  for (const object of objects) {
    const { apiVersion, kind } = object;
    let kinds = versions.get(apiVersion);
    if (kinds === undefined) {
      kinds = new Map();
      versions.set(apiVersion, kinds);
    }
    const known = kinds.get(kind);
    if (known !== undefined) {
      known.push(object);
      continue;
    }
    const first = [object];
    kinds.set(kind, first);
    groups.push({ apiVersion, kind, groupKind: groupKindOf(object), objects: first });
  }
  return groups;
}
