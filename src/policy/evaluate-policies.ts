import { CelError } from '../cel/cel-error';
import { celValue } from '../cel/cel-value';
import { type LazyDefinitions, LazyValues } from '../cel/lazy-values';
import { GoldenError, type Problem } from '../platform/golden-error';
import { isRecord } from '../platform/rule';
import type { KindRegistry } from '../schema/kind-registry';
import { type CompiledCheck, type CompiledPolicy, compilePolicy, type PolicyVariable } from './compiled-policy';
import type { Finding } from './finding';
import type { ImportedException } from './imported/import-exception';
import { covers, type ObservedObject, type PolicyException } from './policy-exception';
import { apiVersionOf, kindsOfPolicy } from './policy-kinds';
import type { PolicyInForce } from './rollout';
import type { LocatedPart } from './subject';

/** An object to judge and where it comes from. */
export interface JudgedObject {
  readonly object: ObservedObject & { readonly apiVersion: string; readonly [field: string]: unknown };
  /** Path of the construct that made it, or the file that it is in. */
  readonly path: string;
  /**
   * The object before an update.
   * @default - unknown, and rules that need it do not judge
   */
  readonly oldObject?: object;
  /**
   * What an API server knows of the request, `userInfo` above all.
   * @default - unknown, and rules that need it do not judge
   */
  readonly request?: object;
}

/** What else decides about findings. */
export interface EvaluateOptions {
  /**
   * Exceptions from any rules.
   * @default - none
   */
  readonly exceptions?: readonly PolicyException[];
  /**
   * Exceptions that were read from files of Kyverno.
   * @default - none
   */
  readonly imported?: readonly ImportedException[];
  /**
   * Kinds of the platform's own CRDs that rules may name.
   * @default - none
   */
  readonly kinds?: KindRegistry;
}

/** What expressions read. */
interface Values {
  readonly object: unknown;
  readonly variables: LazyValues;
  readonly [item: string]: unknown;
}

/** Rules in force, found by the kind of an object. */
export class PolicyEvaluator {
  private readonly byKind = new Map<string, CompiledInForce[]>();
  private readonly ofAll: CompiledInForce[] = [];
  private readonly shared: LazyDefinitions;

  /**
   * Rules that need what only an admission request knows judge objects that bring it; {@link onlyAtAdmission} names them.
   *
   * @throws GoldenError with every expression that does not compile, and every kind that nothing serves
   */
  constructor(
    inForce: readonly PolicyInForce[],
    private readonly options: EvaluateOptions = {},
  ) {
    const shared = new Map<string, (values: LazyValues) => unknown>();
    const problems: Problem[] = [];
    for (const each of inForce) {
      try {
        this.add(each, shared);
      } catch (error) {
        if (!(error instanceof GoldenError)) throw error;
        problems.push(...error.problems);
      }
    }
    if (problems.length > 0) throw new GoldenError(problems);
    this.shared = shared;
  }

  private exceptionFrom(policy: string, object: ObservedObject): PolicyException | undefined {
    const { exceptions = [], imported = [] } = this.options;
    return (
      exceptions.find((each) => each.policy === policy && covers(each, object)) ??
      imported.find((each) => each.policies.includes(policy) && each.covers(object))?.exception
    );
  }

  private add(inForce: PolicyInForce, shared: Map<string, (values: LazyValues) => unknown>): void {
    const compiled = compilePolicy(inForce.policy);
    const entry: CompiledInForce = { ...inForce, compiled, own: definitionsOf(compiled, false) };
    for (const [name, find] of definitionsOf(compiled, true)) shared.set(name, find);
    const kinds = kindsOfPolicy(inForce.policy, this.options.kinds);
    if (kinds === 'all') this.ofAll.push(entry);
    else {
      for (const kind of kinds) {
        const key = `${apiVersionOf(kind)} ${kind.kind}`;
        this.byKind.set(key, [...(this.byKind.get(key) ?? []), entry]);
      }
    }
  }

  /** What each rule finds in an object: first those of its kind, then those of all kinds, in the order of the rules. */
  evaluate({ object, path, oldObject, request }: JudgedObject): Finding[] {
    const entries = [...(this.byKind.get(`${object.apiVersion} ${object.kind}`) ?? []), ...this.ofAll];
    if (entries.length === 0) return [];
    const known = {
      object: celValue(object),
      ...(oldObject && { oldObject: celValue(oldObject) }),
      ...(request && { request: celValue(request) }),
    };
    const operation = oldObject ? 'UPDATE' : 'CREATE';
    const shared = new LazyValues(this.shared, known);
    const findings: Finding[] = [];
    for (const entry of entries) {
      if (!isInScope(entry, object, operation) || !entry.compiled.needs.every((name) => name in known)) continue;
      const variables = entry.own.size > 0 ? new LazyValues(entry.own, known, shared) : shared;
      const found = judge(entry, { ...known, variables }, object);
      if (found.length === 0) continue;
      const { policy, enforcement } = entry;
      const { id, title, severity, category, why, fix } = policy;
      const exception = this.exceptionFrom(id, object);
      for (const { field, value, says } of found) {
        const name = nameOf(object);
        findings.push({
          policy: id,
          title,
          severity,
          category,
          enforcement,
          path,
          object: name,
          field,
          value,
          says,
          why,
          fix,
          exception,
        });
      }
    }
    return findings;
  }
}

interface CompiledInForce extends PolicyInForce {
  readonly compiled: CompiledPolicy;
  /** How the rule's own variables are found, beside those that all rules share. */
  readonly own: LazyDefinitions;
}

interface Violation {
  readonly field: string;
  readonly value: unknown;
  readonly says: string;
}

/**
 * What rules in force find in objects: every violation of every rule.
 *
 * @throws GoldenError when an expression does not compile
 */
export function evaluatePolicies(
  objects: readonly JudgedObject[],
  inForce: readonly PolicyInForce[],
  options: EvaluateOptions = {},
): Finding[] {
  const evaluator = new PolicyEvaluator(inForce, options);
  return objects.flatMap((object) => evaluator.evaluate(object));
}

/** Rules that only a cluster can judge, and what they need of a request. */
export function onlyAtAdmission(inForce: readonly PolicyInForce[]): { policy: string; needs: readonly string[] }[] {
  return inForce
    .map(({ policy }) => ({ policy: policy.id, needs: compilePolicy(policy).needs }))
    .filter(({ needs }) => needs.length > 0);
}

/** How the variables of a rule are found in an object: those that all rules share, or its own. */
function definitionsOf({ variables }: CompiledPolicy, shared: boolean): LazyDefinitions {
  const find =
    ({ program }: PolicyVariable) =>
    (values: LazyValues) =>
      program.evaluate({ ...(values.context as object), variables: values });
  return new Map(variables.filter((each) => each.shared === shared).map((each) => [each.name, find(each)]));
}

function judge({ compiled, failClosed }: CompiledInForce, values: Values, object: JudgedObject['object']): Violation[] {
  try {
    if (compiled.when && compiled.when.evaluate(values) !== true) return [];
  } catch (error) {
    return failClosed ? [failure(error, 'metadata')] : [];
  }
  return compiled.checks.flatMap((check) => {
    try {
      if (check.program.evaluate(values) === true) return [];
    } catch (error) {
      return [failure(error, check.check.field)];
    }
    return violations(check, values, object);
  });
}

function isInScope(
  { policy, excludedNamespaces }: PolicyInForce,
  { kind, metadata }: JudgedObject['object'],
  operation: 'CREATE' | 'UPDATE',
): boolean {
  const { namespaces, labels, operations } = policy.match;
  if (operations && !operations.includes(operation)) return false;
  // A Namespace is selected by its own labels, so by its own name.
  const namespace = kind === 'Namespace' ? metadata?.name : metadata?.namespace;
  if (namespace !== undefined && excludedNamespaces.includes(namespace)) return false;
  if (namespace !== undefined && namespaces !== undefined && !namespaces.includes(namespace)) return false;
  return Object.entries(labels ?? {}).every(([key, value]) => metadata?.labels?.[key] === value);
}

/** The parts of an object that fail a check. */
function violations({ check, subject, one, all }: CompiledCheck, values: Values, object: object): Violation[] {
  const { says } = check;
  const located = partsOf(check.on, subject.parts, object, all?.evaluate(values));
  if (!one) return located.map(({ at, value }) => violation(at, check.field, value, says));
  const item = typeof check.on === 'object' ? check.on.item : subject.item;
  const failing = located.filter(({ value }) => {
    try {
      return one.evaluate({ ...values, [item as string]: celValue(value) }) !== true;
    } catch {
      return true;
    }
  });
  return failing.map(({ at, value }) => violation(at, check.field, value, says));
}

function partsOf(
  on: CompiledCheck['check']['on'],
  parts: (object: Readonly<Record<string, unknown>>) => LocatedPart[],
  object: object,
  items: unknown,
): LocatedPart[] {
  if (typeof on !== 'object') return parts(object as Readonly<Record<string, unknown>>);
  return (Array.isArray(items) ? items : []).map((value, i) => ({ at: `${on.at}[${i}]`, value }));
}

function violation(at: string, field: string, part: unknown, says: string): Violation {
  const value = field.split('.').reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), part);
  return { field: [at, field].filter((step) => step !== '').join('.'), value: bare(value), says };
}

/** A value of an expression as it was written. */
function bare(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}

function failure(error: unknown, field: string): Violation {
  const reason = error instanceof CelError ? error.message : String(error);
  return { field, value: undefined, says: `could not be judged: ${reason}` };
}

function nameOf({ kind, metadata }: ObservedObject): string {
  const name = metadata?.name ?? '';
  return metadata?.namespace ? `${kind} ${metadata.namespace}/${name}` : `${kind} ${name}`;
}
