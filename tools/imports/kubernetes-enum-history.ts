/**
 * The first minor that knows a member of an enum, for members that joined after 1.30. The server's document, which the
 * enums come from, is of one minor only.
 */
const since: Readonly<Record<string, Readonly<Record<string, string>>>> = {};

/** The members of an enum that a minor knows. */
export function enumSince(members: readonly string[], field: string, minor: string): string[] {
  return members.filter((member) => minorNumber(since[field]?.[member] ?? '1.0') <= minorNumber(minor));
}

/** `'1.34'` as 34. */
function minorNumber(minor: string): number {
  return Number(minor.split('.')[1]);
}
