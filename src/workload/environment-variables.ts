import type { EnvVar, EnvVarSource } from '../../imports/kubernetes';
import { show } from '../platform/rule';
import { isSecretReference, type SecretReference } from '../platform/secret-reference';

/**
 * Value of an environment variable: text, a number or boolean written as text, a value of the team's secret store
 * (`env.secret(path, key)`), a field of the pod, a key of an existing Secret or ConfigMap, or a cdk8s-plus `EnvValue`.
 */
export type EnvironmentValue =
  | string
  | number
  | boolean
  | SecretReference
  | { readonly field: string }
  | { readonly fromSecret: string; readonly key: string; readonly optional?: boolean }
  | { readonly fromConfig: string; readonly key: string; readonly optional?: boolean }
  | { readonly value?: unknown; readonly valueFrom?: unknown };

/** Environment variables of a workload. */
export interface EnvironmentProps {
  /**
   * Environment variables by name.
   * @default - only those the platform sets
   */
  readonly env?: Readonly<Record<string, EnvironmentValue>>;
}

/** Where a variable's value of the store is: a Secret, and its key for a variable. */
export interface StoredIn {
  readonly secret: string;
  readonly keyOf: (variable: string) => string;
}

/** Environment variables as a container declares them; references to the store read the workload's own Secret. */
export function environmentVariables(env: ReadonlyMap<string, EnvironmentValue>, storedIn: StoredIn): EnvVar[] {
  return [...env].map(([name, value]) => environmentVariable(name, value, storedIn));
}

function environmentVariable(name: string, value: EnvironmentValue, { secret, keyOf }: StoredIn): EnvVar {
  if (typeof value !== 'object') return plainVariable(name, String(value));
  if (isSecretReference(value)) return { name, valueFrom: { secretKeyRef: { name: secret, key: keyOf(name) } } };
  if ('field' in value) return { name, valueFrom: { fieldRef: { fieldPath: value.field } } };
  if ('fromSecret' in value) {
    return { name, valueFrom: { secretKeyRef: { name: value.fromSecret, key: value.key, ...optional(value) } } };
  }
  if ('fromConfig' in value) {
    return { name, valueFrom: { configMapKeyRef: { name: value.fromConfig, key: value.key, ...optional(value) } } };
  }
  const plus = value as { value?: string; valueFrom?: EnvVarSource };
  return plus.valueFrom ? { name, valueFrom: plus.valueFrom } : plainVariable(name, plus.value ?? '');
}

/** The API server drops an empty value: a variable without one is empty. */
function plainVariable(name: string, value: string): EnvVar {
  return value === '' ? { name } : { name, value };
}

function optional(value: { readonly optional?: boolean }): { optional?: true } {
  return value.optional ? { optional: true } : {};
}

/** What is wrong with one variable, or undefined. */
export function environmentVariableProblem(name: string, value: unknown): string | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name)) {
    return `env name ${show(name)} is no variable name; use letters, digits and "_", starting with a letter`;
  }
  if (typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value === 'number')
    return Number.isFinite(value) ? undefined : `env.${name} ${show(String(value))} is no finite number`;
  if (typeof value !== 'object' || value === null) {
    return `env.${name} ${show(value)} is no value; use text, a number, env.secret(path, key) or { field }, { fromSecret, key }, { fromConfig, key }`;
  }
  if (isSecretReference(value)) return undefined;
  const record = value as Record<string, unknown>;
  if ('field' in record) {
    return typeof record.field === 'string' && /^(metadata|spec|status)\./.test(record.field)
      ? undefined
      : `env.${name}.field ${show(record.field)} is no field of a pod; write it like "metadata.name"`;
  }
  for (const source of ['fromSecret', 'fromConfig']) {
    if (!(source in record)) continue;
    return typeof record[source] === 'string' && typeof record.key === 'string' && /^[-._a-zA-Z0-9]+$/.test(record.key)
      ? undefined
      : `env.${name} ${show(value)} needs a name in ${source} and a key`;
  }
  return 'value' in record || 'valueFrom' in record
    ? undefined
    : `env.${name} ${show(value)} is no value; use text, a number, env.secret(path, key) or { field }, { fromSecret, key }, { fromConfig, key }`;
}

/** What is wrong with the variables of a workload. */
export function environmentProblems(props: EnvironmentProps): string[] {
  if (props.env === undefined) return [];
  if (typeof props.env !== 'object' || props.env === null || Array.isArray(props.env)) {
    return [`env ${show(props.env)} is no record; write values by name`];
  }
  return Object.entries(props.env)
    .map(([name, value]) => environmentVariableProblem(name, value))
    .filter((problem) => problem !== undefined);
}
