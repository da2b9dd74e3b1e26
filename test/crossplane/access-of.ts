/** Requests for access to one resource, as variants of what differs. */
export interface AccessVariants {
  readonly [title: string]: { readonly verb: string; readonly resource?: object; readonly account?: string };
}

/** The spec of a request for access, whose resource is called `name`. */
export function accessSpecs(name: string, variants: AccessVariants): Record<string, object> {
  return Object.fromEntries(
    Object.entries(variants).map(([title, { verb, resource, account = 'orders-api' }]) => [
      title,
      { verb, account, resource: { name, ...resource } },
    ]),
  );
}
