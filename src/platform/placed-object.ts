/** A Kubernetes object as plain data. */
export interface PlainObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** An object and where it comes from. */
export interface PlacedObject {
  readonly object: PlainObject;
  /** Path of the construct that made it. */
  readonly path: string;
}

/** Something that is in the cluster without the app. */
export interface External {
  /** Its kind: `'Secret'`. A `'Pod'` stands for pods that selectors of the app may mean. */
  readonly kind: string;
  /** Its name; `'*'` stands for all. */
  readonly name: string;
  /**
   * Its namespace.
   * @default - every namespace
   */
  readonly namespace?: string;
}

/** Group and kind, without the version, which says nothing about identity: `apps/Deployment`, `Secret`. */
export function groupKindOf({ apiVersion, kind }: { readonly apiVersion?: unknown; readonly kind?: unknown }): string {
  const [group, version] = String(apiVersion ?? '').split('/');
  return version === undefined ? String(kind) : `${group}/${kind}`;
}

/** The namespace of an object; empty when it names none. */
export function namespaceOf(object: PlainObject): string {
  return object.metadata?.namespace ?? '';
}
