import type { Expression, FieldValue, StandIn } from './expression';
import { fieldPath } from './field-path';
import type { Patch, Transform } from './patch-and-transform';
import { asString } from './transform';

/** Where values that are handed over stand in the environment of a pipeline. */
const place = 'handover';

/**
 * Values on their way from one resource to another. A patch reads either the request or one resource, so a value of another
 * resource travels through the environment that the resources of one run share: it is put there by its own resource, which
 * stands before those that take it.
 */
export class HandOver {
  /** What each resource puts into the environment. */
  readonly fromResources = new Map<string, Patch[]>();
  /** What the request puts into the environment, before any resource. */
  readonly fromRequest: Patch[] = [];
  private readonly places = new Map<string, string>();

  /** The place of a field's value in the environment. */
  of(value: FieldValue): string {
    const { origin, path, transforms, instead } = value;
    if (origin.of === 'environment' && transforms.length === 0) return fieldPath(path);
    const key = JSON.stringify([origin.of === 'resource' ? origin.resource : origin.of, path, transforms, instead]);
    const known = this.places.get(key);
    if (known !== undefined) return known;
    const at = this.newPlace(value);
    this.places.set(key, at);
    const end = { toFieldPath: at, ...(transforms.length > 0 && { transforms }) };
    const from = { fromFieldPath: fieldPath(path), ...end };
    if (origin.of === 'resource') {
      const patches = this.fromResources.get(origin.resource) ?? [];
      this.fromResources.set(origin.resource, [...patches, { type: 'ToEnvironmentFieldPath', ...from }]);
    } else {
      // What stands in comes first, and is replaced where the other is there.
      if (instead) this.fromRequest.push(standIn(instead, at, transforms));
      this.fromRequest.push({ type: 'FromCompositeFieldPath', ...from });
    }
    return at;
  }

  /** The place of a value as a string. */
  ofText(value: Expression): string {
    return this.of(asString(value) as FieldValue);
  }

  /** A name that says what stands there, with a number when several things are made of one field. */
  private newPlace({ origin, path, transforms }: FieldValue): string {
    const owner = origin.of === 'resource' ? origin.resource : origin.of;
    const name = `${owner}.${fieldPath(path)}`.replaceAll('[', '.').replaceAll(']', '');
    const taken = new Set(this.places.values());
    for (let n = transforms.length === 0 ? 0 : 1; ; n++) {
      const at = `${place}[${n === 0 ? name : `${name}~${n}`}]`;
      if (!taken.has(at)) return at;
    }
  }
}

/** Puts what stands in for a field to its place. */
function standIn({ path, transforms: own }: StandIn, at: string, then: readonly Transform[]): Patch {
  const transforms = [...own, ...then];
  return {
    type: 'FromCompositeFieldPath',
    fromFieldPath: fieldPath(path),
    toFieldPath: at,
    ...(transforms.length > 0 && { transforms }),
  };
}
