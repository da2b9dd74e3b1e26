/** What an account may not do, as the API server's RBAC says it. */
export interface Forbidden {
  /** `list`, `get` or `patch`. */
  readonly verb: string;
  /** `deployments.apps` */
  readonly resource: string;
  /** All of it, from the account on. */
  readonly text: string;
}

/**
 * Everything that the API server forbids an account in a message. What a policy or a quota refuses is said in other words, and is not
 * about the account.
 */
export function forbiddenIn(said: string): Forbidden[] {
  const found = said.matchAll(
    /User "[^"]*" cannot (\w+) resource "([^"]*)" in API group "([^"]*)"(?: in the namespace "[^"]*"| at the cluster scope)?/g,
  );
  const all = [...found].map(([text, verb, resource, group]) => ({
    verb,
    resource: group === '' ? resource : `${resource}.${group}`,
    text: text.charAt(0).toLowerCase() + text.slice(1),
  }));
  return [...new Map(all.map((each) => [each.text, each])).values()];
}
