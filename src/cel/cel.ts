import { type Environment, EvaluationError, ParseError, TypeError as TypeFault } from '@marcbachmann/cel-js';
import { type Call, callOf, fieldOfVariable, literalOf, type Node, nodesOf } from './ast';
import { CelError, type CelErrorKind, positionAt } from './cel-error';
import { celValue } from './cel-value';
import { functionNames, newEnvironment, replacements } from './environment';
import { hasMacro } from './macros';
import { Re2Error, re2 } from './re2';
import { type CelSchema, type SchemaValue, schemaValue } from './schema-values';

/** The type of a variable: a CEL type, a schema, or `lazy` for names that are found when asked for (`LazyValues`). */
export type CelDeclaration =
  | 'dyn'
  | 'bool'
  | 'int'
  | 'double'
  | 'string'
  | 'list'
  | 'map'
  | 'lazy'
  | { readonly schema: CelSchema };

/** The variables that expressions may use. */
export type CelDeclarations = Readonly<Record<string, CelDeclaration>>;

/** A compiled expression. */
export interface CelProgram {
  readonly expression: string;
  /** Type of the result, as far as it is known: `bool`, `list<string>`, `dyn`. */
  readonly type: string;
  /** Names of the functions and macros that it calls, in order of their names: `['all', 'has']`. */
  readonly functions: readonly string[];
  /** Names of the variables that it reads, also those that a macro names: `['container', 'object']`. */
  readonly reads: readonly string[];
  /**
   * The result for values of CEL, as {@link CelScope.values} or `celValue` makes them.
   *
   * @throws CelError of kind `evaluation`
   */
  evaluate(values: Readonly<Record<string, unknown>>): unknown;
}

/** What the result of an expression may have to be. */
export type CelResult = 'bool' | 'string' | 'int';

/** Declared variables, and the expressions that use them. */
export class CelScope {
  private readonly env: Environment = newEnvironment();
  private readonly converters = new Map<string, (value: unknown) => unknown>();
  private readonly schemas = new Map<CelSchema, SchemaValue>();
  private readonly lazy = new Set<string>();

  /** @param declarations variables that are declared with the same schema object are of one type and can be compared */
  constructor(declarations: CelDeclarations) {
    for (const [name, declaration] of Object.entries(declarations)) this.declare(name, declaration);
  }

  private declare(name: string, declaration: CelDeclaration): void {
    if (declaration === 'lazy') {
      this.env.registerVariable(name, 'LazyValues');
      this.lazy.add(name);
    } else if (typeof declaration === 'string') {
      this.env.registerVariable(name, declaration);
    } else {
      const { schema } = declaration;
      // One schema is one type, so that `self` and `oldSelf` can be compared.
      const known = this.schemas.get(schema) ?? schemaValue(this.env, `Type${this.schemas.size + 1}`, schema);
      this.schemas.set(schema, known);
      const { type, convert } = known;
      this.env.registerVariable(name, type);
      this.converters.set(name, convert);
    }
  }

  /** Plain data as values of the declared types. */
  values(plain: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(plain).map(([name, value]) => [name, (this.converters.get(name) ?? celValue)(value)]),
    );
  }

  /**
   * Compiles an expression.
   *
   * @param returns the type that the result must have, when it is known before evaluation; any when not given
   * @param names the names that lazy variables have; any when not given
   * @throws CelError with the position: for a syntax error, a name or function that does not exist, types that do not fit, and a
   *   pattern that RE2 refuses
   */
  compile(expression: string, returns?: CelResult, names?: ReadonlySet<string>): CelProgram {
    const env = this.env;
    try {
      const program = env.parse(expression);
      const { functions, reads } = this.prepare(program.ast as unknown as Node, expression, names);
      const checked = program.check();
      if (!checked.valid) throw checked.error;
      const type = String(checked.type);
      if (returns && type !== returns && type !== 'dyn') {
        throw new CelError('type', `the result is of type ${type}; it must be ${returns}`, expression);
      }
      return { expression, type, functions, reads, evaluate: (values) => run(program, values, expression) };
    } catch (error) {
      throw celError(error, expression);
    }
  }

  /** Refuses what the engines would read otherwise, and makes calls mean what they mean there. */
  private prepare(ast: Node, expression: string, names?: ReadonlySet<string>): Pick<CelProgram, 'functions' | 'reads'> {
    const called = new Set<string>();
    const read = new Set<string>();
    const known = functionNames();
    const fail = (kind: CelErrorKind, reason: string, { pos }: Node): never => {
      throw new CelError(kind, reason, expression, positionAt(expression, pos));
    };
    for (const node of nodesOf(ast)) {
      for (const variable of this.lazy) {
        const field = fieldOfVariable(node, variable);
        if (field !== undefined && names?.has(field) === false) {
          fail('type', `${variable}.${field} is not defined before it`, node);
        }
      }
      if (node.op === 'id') read.add(String(node.args));
      const call = callOf(node);
      if (!call) continue;
      const { name } = call;
      if (!known.has(name)) fail('unknown-function', `the function ${name}() is not known`, node);
      called.add(name);
      if (name === 'has') node.setMeta('macro', hasMacro(node));
      const renamed = Object.hasOwn(replacements, name) ? replacements[name] : undefined;
      if (renamed) call.rename(renamed);
      const pattern = literalOf(patternOf(call));
      if (pattern === undefined) continue;
      try {
        re2(pattern);
      } catch (error) {
        if (error instanceof Re2Error) fail('regex', error.message, node);
        throw error;
      }
    }
    return { functions: [...called].sort(), reads: [...read].sort() };
  }
}

/** The pattern of a call that takes a regular expression. */
function patternOf({ name, receiver, args }: Call): Node | undefined {
  if (receiver?.op === 'id' && receiver.args === 'regex') return args[1];
  if (!['matches', 'find', 'findAll'].includes(name)) return undefined;
  return receiver ? args[0] : args[1];
}

/** Compiles one expression over variables that nothing else uses: see {@link CelScope.compile}. */
export function compileCel(expression: string, declarations: CelDeclarations, returns?: CelResult): CelProgram {
  return new CelScope(declarations).compile(expression, returns);
}

function run(program: (context: object) => unknown, values: object, expression: string): unknown {
  try {
    return program(values);
  } catch (error) {
    throw celError(error, expression, 'evaluation');
  }
}

const kinds: readonly [new (...args: never[]) => Error, CelErrorKind][] = [
  [ParseError, 'syntax'],
  [TypeFault, 'type'],
  [EvaluationError, 'evaluation'],
];

function celError(error: unknown, expression: string, otherwise: CelErrorKind = 'type'): CelError {
  if (error instanceof CelError) return error;
  const fault = error as Error & { readonly summary?: string; readonly range?: { readonly start: number } };
  const kind = kinds.find(([type]) => error instanceof type)?.[1] ?? otherwise;
  const reason = (fault.summary ?? fault.message).replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
  return new CelError(kind, reason, expression, fault.range && positionAt(expression, fault.range.start));
}
