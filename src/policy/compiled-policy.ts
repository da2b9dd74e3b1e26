import { type CelProgram, CelScope } from '../cel/cel';
import { CelError } from '../cel/cel-error';
import { GoldenError, type Problem } from '../platform/golden-error';
import { show } from '../platform/rule';
import { celLiteral, celString } from './cel-literal';
import type { AnyPolicy, ItemList, PolicyCheck } from './policy';
import { type Subject, sharedVariables, subjects } from './subject';

/** A named expression. */
export interface PolicyVariable {
  readonly name: string;
  readonly expression: string;
  readonly program: CelProgram;
  /** Whether every policy has the same, so that its value is found once for an object. */
  readonly shared: boolean;
}

/** A check with the expressions that engines get. */
export interface CompiledCheck {
  readonly check: PolicyCheck;
  readonly subject: Subject;
  /** True of an object that is allowed. */
  readonly expression: string;
  readonly program: CelProgram;
  /** For parts of a list: whether one of them is allowed, under its name. */
  readonly one?: CelProgram;
  /** For lists that no subject is: the parts. */
  readonly all?: CelProgram;
  /** CEL for a message that lists the names of what is wrong. */
  readonly messageExpression?: string;
  /** The message where an engine cannot tell more. */
  readonly message: string;
}

/** A rule ready to be evaluated and rendered. */
export interface CompiledPolicy {
  readonly policy: AnyPolicy;
  /** What the checks use, each after those that it uses. */
  readonly variables: readonly PolicyVariable[];
  readonly checks: readonly CompiledCheck[];
  readonly when?: CelProgram;
  /** Names of all functions that it calls. */
  readonly functions: readonly string[];
  /** What it asks of an admission request that is not known before one is made: `oldObject`, `request`, `namespaceObject`. */
  readonly needs: readonly string[];
}

const compiled = new WeakMap<AnyPolicy, CompiledPolicy>();

/**
 * A rule with its expressions compiled, once.
 *
 * @throws GoldenError with every expression that does not compile, where in it, and every parameter that is not set
 */
export function compilePolicy(policy: AnyPolicy): CompiledPolicy {
  const known = compiled.get(policy);
  if (known) return known;
  const result = compile(policy);
  compiled.set(policy, result);
  return result;
}

/** What only an admission request knows. */
const requestVariables = ['oldObject', 'request', 'namespaceObject'] as const;

const scopes = new Map<string, CelScope>();

/** What expressions may read; rules share it, because making it takes longer than compiling an expression. */
function scopeWith(item = ''): CelScope {
  const known = scopes.get(item);
  if (known) return known;
  const dynamic = ['object', ...requestVariables, ...(item ? [item] : [])];
  const scope = new CelScope({ ...Object.fromEntries(dynamic.map((name) => [name, 'dyn'])), variables: 'lazy' });
  scopes.set(item, scope);
  return scope;
}

interface ProgramOptions {
  readonly scope?: CelScope;
  readonly returns?: 'bool';
  /** Variables that the expression may use. */
  readonly names?: ReadonlySet<string>;
}

function compile(policy: AnyPolicy): CompiledPolicy {
  const problems: Problem[] = [];
  const fail = (what: string, message: string) =>
    problems.push({ path: `policy ${show(policy.id)}`, message: `${what}: ${message}` });
  const unset = Object.keys(policy.parameters ?? {}).filter((name) => policy.values[name] === undefined);
  for (const name of unset) {
    const { says, example } = policy.parameters[name];
    fail(`parameter ${name}`, `is not set; it is ${says}, like ${show(example)}`);
  }
  const given = Object.entries(policy.values).map(([name, value]) => [name, celLiteral(value)]);
  const own: Readonly<Record<string, string>> = { ...Object.fromEntries(given), ...policy.variables };
  const shared = policy.isImported ? {} : sharedVariables;
  const defined: Readonly<Record<string, string>> = { ...shared, ...own };
  const order = Object.keys(defined);
  const known = new Set(order);
  const plain = scopeWith();
  const programOf = (
    what: string,
    expression: string,
    { scope = plain, returns, names = known }: ProgramOptions = {},
  ): CelProgram | undefined => {
    try {
      return scope.compile(expression, returns, names);
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      fail(what, `${error.message}: ${expression}`);
      return undefined;
    }
  };
  const bool = { returns: 'bool' } as const;
  const when = policy.match.when === undefined ? undefined : programOf('when', policy.match.when, bool);
  const checks = policy.checks.map((check: PolicyCheck): Partial<CompiledCheck> => {
    const parts = partsOf(check);
    const what = `check of ${check.field}`;
    if (!parts) {
      const program = programOf(what, check.holds, bool);
      return { check, subject: subjectOf(check), expression: check.holds, program, message: messageOf(policy, check) };
    }
    const one = programOf(what, check.holds, { ...bool, scope: scopeWith(parts.item) });
    const all = typeof check.on === 'object' ? programOf(what, parts.of) : undefined;
    const expression = `${parts.of}.all(${parts.item}, ${check.holds})`;
    const program = one && programOf(what, expression, bool);
    return {
      check,
      subject: subjectOf(check),
      expression,
      program,
      one,
      all,
      message: messageOf(policy, check),
      messageExpression: messageExpressionOf(policy, check),
    };
  });
  const expressions = [
    ...(policy.match.when ? [policy.match.when] : []),
    ...checks.flatMap(({ expression, messageExpression }) => [expression, messageExpression]),
  ];
  const used = usedVariables(defined, expressions.join('\n'));
  const variables = used.map((name) => ({
    name,
    expression: defined[name],
    program: programOf(`variable ${name}`, defined[name], { names: new Set(order.slice(0, order.indexOf(name))) }),
    shared: name in shared,
  }));
  if (problems.length > 0) throw new GoldenError(problems);
  const programs = [when, ...checks.map(({ program }) => program), ...variables.map(({ program }) => program)];
  return {
    policy,
    when,
    checks: checks as CompiledCheck[],
    variables: variables as PolicyVariable[],
    functions: [...new Set(programs.flatMap((program) => program?.functions ?? []))].sort(),
    needs: requestVariables.filter((name) => programs.some((program) => program?.reads.includes(name))),
  };
}

/** The variables that a text uses, and those that they use, in the order in which they are defined. */
function usedVariables(defined: Readonly<Record<string, string>>, text: string): string[] {
  const used = new Set<string>();
  const visit = (expression: string) => {
    for (const [, name] of expression.matchAll(/\bvariables\.\??(\w+)/g)) {
      if (used.has(name) || defined[name] === undefined) continue;
      used.add(name);
      visit(defined[name]);
    }
  };
  visit(text);
  return Object.keys(defined).filter((name) => used.has(name));
}

function subjectOf({ on = 'object' }: PolicyCheck): Subject {
  return typeof on === 'object' ? subjects.object : subjects[on];
}

/** The list that a check goes through. */
function partsOf({ on = 'object' }: PolicyCheck): Pick<ItemList, 'item' | 'of'> | undefined {
  if (typeof on === 'object') return on;
  const { list, item } = subjects[on];
  return list === undefined || item === undefined ? undefined : { item, of: list };
}

function messageOf({ title, fix }: AnyPolicy, { field, says }: PolicyCheck): string {
  return `${title}: ${field} ${says}; ${fix}`;
}

function messageExpressionOf(policy: AnyPolicy, check: PolicyCheck): string | undefined {
  const { on } = check;
  if (on === undefined || typeof on === 'object' || !subjects[on].named) return undefined;
  const { list, item } = subjects[on];
  const word = item === 'container' ? 'container' : String(item);
  const names = `${list}.filter(${item}, !(${check.holds})).map(${item}, ${item}.name).join(', ')`;
  return `${celString(`${policy.title}: ${word} `)} + ${names} + ${celString(`: ${check.field} ${check.says}; ${policy.fix}`)}`;
}
