import { nameLabel } from '../platform/labels';
import { suggestion } from '../platform/rule';
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
    const { policy, object, reason, owner, expiresAt } = exception;
    const what = `the exception of ${object?.kind} ${object?.name} from ${policy}`;
    const problems: string[] = [];
    if (!policies.includes(policy)) problems.push(`${what} names an unknown rule${suggestion(policy, policies)}`);
    if (!object?.kind || !object?.name) problems.push(`${what} has to name one object: its kind and its name`);
    if (!reason?.trim()) problems.push(`${what} has no reason`);
    if (!owner?.trim()) problems.push(`${what} has no owner`);
    if (!isInstant(expiresAt)) {
      problems.push(`${what} has no expiry; set expiresAt to an instant like "2026-12-31T00:00:00Z"`);
    }
    return problems;
  });
}

const isInstant = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(value) && !Number.isNaN(Date.parse(value));
