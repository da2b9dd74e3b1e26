/** A value in the team's secret store. It is named here and fetched in the cluster; it is never rendered. */
export interface SecretReference {
  /** Path of the secret in the store, like `orders/stripe`. */
  readonly path: string;
  /**
   * The property of the secret, where it has several.
   * @default - the whole secret is the value
   */
  readonly key?: string;
}

const marker = Symbol.for('cdk8s-golden-path.SecretReference');

/** Names a value in the team's secret store. */
export function secretReference(path: string, key?: string): SecretReference {
  return Object.defineProperty({ path, key }, marker, { value: true });
}

/** Whether a value was made by {@link secretReference}. */
export function isSecretReference(value: unknown): value is SecretReference {
  return typeof value === 'object' && value !== null && marker in value;
}
