import { nameLabel } from '../platform/labels';
import { show, suggestion } from '../platform/rule';
import { celString } from './cel-literal';

/** The workload or object that an exception is for. */
export interface ExceptedObject {
  readonly kind: string;
  readonly name: string;
  /** @default - an object outside of namespaces */
  readonly namespace?: string;
}

/** Leave for one object to break one rule for a while. */
export interface PolicyException {
  /** Id of the rule. */
  readonly policy: string;
  readonly object: ExceptedObject;
  /** Why it is needed. */
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** The instant until which it holds, RFC 3339 in UTC: `'2026-12-31T00:00:00Z'`. */
  readonly expiresAt: string;
  /**
   * The file and line that it was read from.
   * @default - it is written in code
   */
  readonly writtenAt?: string;
}

/** Whether an exception covers an object: the named one, or a pod or controller of the workload of that name. */
export function covers(exception: PolicyException, object: ObservedObject): boolean {
  const { kind, name, namespace = '' } = exception.object;
  const { metadata } = object;
  if ((metadata?.namespace ?? '') !== namespace) return false;
  if (object.kind === kind && metadata?.name === name) return true;
  return workloadKinds.includes(kind) && madeKinds.includes(object.kind) && metadata?.labels?.[nameLabel] === name;
}

/** The same as an expression of an object. */
export function coversExpression({ object: { kind, name, namespace } }: PolicyException): string {
  const inNamespace =
    namespace === undefined
      ? '!has(object.metadata.namespace)'
      : `has(object.metadata.namespace) && object.metadata.namespace == ${celString(namespace)}`;
  const itself = `object.kind == ${celString(kind)} && has(object.metadata.name) && object.metadata.name == ${celString(name)}`;
  if (!workloadKinds.includes(kind)) return `${inNamespace} && ${itself}`;
  const made = `object.kind in [${madeKinds.map(celString).join(', ')}]`;
  const label = `object.metadata.?labels[?${celString(nameLabel)}].orValue('') == ${celString(name)}`;
  return `${inNamespace} && (${itself} || ${made} && ${label})`;
}

/** An object as far as exceptions look at it. */
export interface ObservedObject {
  readonly kind: string;
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

/** Kinds whose controllers make further objects, which an exception has to cover as well. */
const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'ReplicaSet'];

/** What controllers make of them. */
const madeKinds = ['Pod', 'ReplicaSet', 'Job'];

/** What is wrong with exceptions: rules that do not exist, and what they lack. */
export function exceptionProblems(exceptions: readonly PolicyException[], policies: readonly string[]): string[] {
  return exceptions.flatMap((exception) => {
    const { policy } = exception;
    const unknown = `${nameOf(exception)} names an unknown rule${suggestion(String(policy), policies)}`;
    return [...(policies.includes(policy) ? [] : [unknown]), ...soundException(exception)];
  });
}

/** What is wrong with an exception, whatever rules there are. */
export function soundException(exception: PolicyException): string[] {
  const { policy, object, reason, owner, expiresAt } = exception;
  const what = nameOf(exception);
  const problems: string[] = [];
  if (!isText(policy)) problems.push(`${what} names no rule`);
  if (!isText(object?.kind) || !isText(object?.name))
    problems.push(`${what} has to name one object: its kind and its name`);
  if (object?.namespace !== undefined && !isText(object.namespace))
    problems.push(`${what} has the namespace ${show(object.namespace)}, which is no name`);
  if (!isText(reason)) problems.push(`${what} has no reason`);
  if (!isText(owner)) problems.push(`${what} has no owner`);
  if (!isInstant(expiresAt))
    problems.push(`${what} has no expiry; set expiresAt to an instant like "2026-12-31T00:00:00Z"`);
  return problems;
}

/** An exception as errors name it: `the exception of Deployment shop/agent from host-namespaces`. */
export function nameOf({ policy, object }: PolicyException): string {
  const { kind, name, namespace } = (object ?? {}) as Partial<ExceptedObject>;
  const named =
    kind === undefined || name === undefined
      ? 'an object'
      : `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
  return `the exception of ${named} from ${policy ?? 'a rule'}`;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const isInstant = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(value) && !Number.isNaN(Date.parse(value));
