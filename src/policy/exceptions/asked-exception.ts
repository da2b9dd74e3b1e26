import { isHostName } from '../../platform/names';
import { oneOf, show, suggestion } from '../../platform/rule';
import type { KindRegistry } from '../../schema/kind-registry';
import { knownKinds } from '../../schema/kinds';
import type { PolicyException } from '../policy-exception';

/** An exception as a person asks for it. */
export interface AskedException {
  /** Id of the rule. */
  readonly rule: string;
  /** Kind and name: `Deployment/agent`. */
  readonly workload: string;
  readonly namespace?: string;
  readonly reason: string;
  readonly owner: string;
  /** When it ends, in milliseconds since 1970. */
  readonly until: number;
}

/** What an exception is held against before it is given. */
export interface ExceptionTerms {
  /** Ids of all rules. */
  readonly rules: readonly string[];
  /** In milliseconds since 1970. */
  readonly now: number;
  /**
   * The longest time that it may be given for, in milliseconds.
   * @default - any
   */
  readonly longest?: number;
  /**
   * Who may answer for it.
   * @default - anybody
   */
  readonly owners?: readonly string[];
  /**
   * Exceptions that were given before.
   * @default - none
   */
  readonly given?: readonly PolicyException[];
  /**
   * Kinds of the platform's own CRDs.
   * @default - none
   */
  readonly kinds?: KindRegistry;
}

const day = 86_400_000;

/** The exception that a person asks for, or everything that stands in its way. */
export function askedException(asked: AskedException, terms: ExceptionTerms): PolicyException | readonly string[] {
  const { rule, workload, namespace, reason, owner, until } = asked;
  const { rules, now, longest = Number.POSITIVE_INFINITY, owners, given = [], kinds } = terms;
  const problems: string[] = [];
  if (!rules.includes(rule))
    problems.push(`there is no rule ${show(rule)}${suggestion(rule, rules)}; see golden policy list`);
  const [, kindName = '', name = ''] = /^([^/]+)\/(.+)$/.exec(workload) ?? [];
  const kind = kindOf(kindName, kinds);
  if (name === '')
    problems.push(`workload ${show(workload)} names no object; write its kind and name, like Deployment/agent`);
  else if (!isHostName(name)) problems.push(`name ${show(name)} is none that an object can have`);
  if (name !== '' && typeof kind === 'string') problems.push(kind);
  if (typeof kind === 'object' && kind.namespaced && namespace === undefined)
    problems.push(`a ${kind.kind} is in a namespace; name it with --namespace`);
  if (typeof kind === 'object' && !kind.namespaced && namespace !== undefined)
    problems.push(`a ${kind.kind} is in no namespace; leave out --namespace`);
  if (namespace !== undefined && (!isHostName(namespace) || namespace.includes('.')))
    problems.push(`namespace ${show(namespace)} is none that there can be`);
  if (reason.trim() === '') problems.push('the reason is empty; say why the object has to break the rule');
  if (owner.trim() === '') problems.push('the owner is empty; say who answers for it');
  else if (owners && !owners.includes(owner))
    problems.push(
      `owner ${show(owner)} is nobody whom the platform knows${suggestion(owner, owners)}; use ${oneOf(owners)}`,
    );
  const expiresAt = instant(until);
  if (until <= now) problems.push(`${expiresAt} is over; name a day to come`);
  else if (until - now > longest)
    problems.push(
      `${expiresAt} is more than ${Math.floor(longest / day)} days ahead, the longest that the platform allows; name a day until ${instant(now + longest).slice(0, 10)}`,
    );
  if (problems.length > 0 || typeof kind === 'string') return problems;
  const object = { kind: kind.kind, name, ...(namespace !== undefined && { namespace }) };
  const twin = given.find((each) => each.policy === rule && same(each.object, object));
  if (twin)
    return [`${twin.writtenAt ?? 'the platform'} has this exception already, until ${twin.expiresAt}; change it there`];
  return { policy: rule, object, reason: reason.trim(), owner: owner.trim(), expiresAt };
}

/** The kind of a name as people type it, or what is wrong with the name. */
function kindOf(name: string, extra?: KindRegistry): { readonly kind: string; readonly namespaced: boolean } | string {
  const known = knownKinds(extra);
  const found = known.find(({ kind }) => kind.toLowerCase() === name.toLowerCase());
  return found ?? `kind ${show(name)} is unknown${suggestion(name, [...new Set(known.map(({ kind }) => kind))])}`;
}

function same(a: PolicyException['object'], b: PolicyException['object']): boolean {
  return a.kind === b.kind && a.name === b.name && (a.namespace ?? '') === (b.namespace ?? '');
}

/** Kubernetes writes no parts of a second. */
function instant(time: number): string {
  return new Date(Math.floor(time / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}
