import { isSecretReference, type SecretReference } from '../platform/secret-reference';
import type { EnvironmentValue } from './environment-variables';
import { type ExtraContainerProps, extraContainersOf } from './extra-containers';
import type { SecretProps } from './secrets';

/**
 * What a workload reads from the store: a key of its own Secret for each value.
 *
 * A variable's key is its name, and a file's its path. Where that key holds another value already, what comes later has the
 * container's name, or `file`, in front: images dictate the names of variables, so two containers may well use one name for
 * two values. The main container comes first.
 */
export class StoredValues {
  /** The values, by key. */
  readonly byKey = new Map<string, SecretReference>();
  private readonly keys = new Map<string, string>();

  constructor(props: SecretProps & ExtraContainerProps, env: ReadonlyMap<string, EnvironmentValue>) {
    this.addVariables(undefined, env);
    for (const [container, { env: own }] of extraContainersOf(props)) {
      this.addVariables(container, Object.entries(own ?? {}));
    }
    for (const [path, reference] of Object.entries(props.secretFiles ?? {})) {
      this.add(path, reference, path.slice(1).replaceAll('/', '__'), 'file');
    }
  }

  /** The key of a variable that a container declares; the main one is undefined. */
  variableKey(container: string | undefined, name: string): string {
    return this.keys.get(variableUse(container, name)) ?? name;
  }

  /** The key of a file, by its path. */
  fileKey(path: string): string {
    return this.keys.get(path) as string;
  }

  private addVariables(container: string | undefined, env: Iterable<readonly [string, EnvironmentValue]>): void {
    for (const [name, value] of env) {
      if (isSecretReference(value)) this.add(variableUse(container, name), value, name, container ?? '');
    }
  }

  private add(use: string, reference: SecretReference, wanted: string, prefix: string): void {
    let key = wanted;
    while (!isSame(this.byKey.get(key) ?? reference, reference)) key = `${prefix}.${key}`;
    this.byKey.set(key, reference);
    this.keys.set(use, key);
  }
}

function variableUse(container: string | undefined, name: string): string {
  return `${container ?? ''} ${name}`;
}

function isSame(one: SecretReference, other: SecretReference): boolean {
  return one.path === other.path && one.key === other.key;
}
