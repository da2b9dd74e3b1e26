/**
 * The first minor that knows a member of an enum, for members that joined after 1.30. The server's document, which the
 * enums come from, is of one minor only; without this a member of 1.36 would pass on 1.30. Found by comparing the
 * constants of `k8s.io/api` v0.30 to v0.36 for every field that has an enum; none was taken away in that time.
 */
const since: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'core.v1.ResourceQuotaSpec.scopes': { VolumeAttributesClass: '1.33' },
  'core.v1.ScopedResourceSelectorRequirement.scopeName': { VolumeAttributesClass: '1.33' },
  'core.v1.Toleration.operator': { Gt: '1.35', Lt: '1.35' },
  'resource.v1.DeviceTaint.effect': { None: '1.35' },
  'resource.v1.DeviceToleration.effect': { None: '1.35' },
};

/** The members of an enum that a minor knows. */
export function enumSince(members: readonly string[], field: string, minor: string): string[] {
  return members.filter((member) => minorNumber(since[field]?.[member] ?? '1.0') <= minorNumber(minor));
}

/** `'1.34'` as 34. */
function minorNumber(minor: string): number {
  return Number(minor.split('.')[1]);
}
