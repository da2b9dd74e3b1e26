/** What an account may not do, as the API server's RBAC says it. */
export interface Forbidden {
  /** Who asks: `bob`. */
  readonly user: string;
  /** `list`, `get` or `patch`. */
  readonly verb: string;
  /** `deployments.apps` */
  readonly resource: string;
}

/**
 * Everything that the API server forbids an account in a message. What a policy or a quota refuses is said in other words, and is not
 * about the account.
 */
export function forbiddenIn(said: string): Forbidden[] {
  const found = said.matchAll(/User "([^"]*)" cannot (\w+) resource "([^"]*)" in API group "([^"]*)"/g);
  return [...found].map(([, user, verb, resource, group]) => ({
    ...{ user, verb },
    resource: group === '' ? resource : `${resource}.${group}`,
  }));
}

/** The kinds that an account may not read or write, the first ones by name. */
export function kindsText(forbidden: readonly Forbidden[]): string {
  const resources = [...new Set(forbidden.map(({ resource }) => resource))].sort();
  const rest = resources.length - 5;
  return resources.slice(0, 5).join(', ') + (rest > 0 ? ` and ${rest} more ${rest === 1 ? 'kind' : 'kinds'}` : '');
}
