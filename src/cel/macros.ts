import { type Environment, Optional } from '@marcbachmann/cel-js';
import type { Node } from './ast';

/** The parts of cel-js's checker and evaluator that macros work with; its typings leave them out. */
interface Type {
  readonly kind: string;
  readonly valueType?: Type;
}
interface Scope {
  forkWithVariable(name: string, type: Type): Scope;
  reuse(parent: Scope): Scope;
  setIterValue(value: unknown, evaluator: Evaluator): Scope;
}
interface Checker {
  check(node: Node, scope: Scope): Type;
  getType(name: string): Type;
  /** @throws when a type has not the field that a node reads */
  checkAccessOnType(node: Node, scope: Scope, type: Type): Type;
  createError(code: string, message: string, node: Node): Error;
  readonly registry: { getOptionalType(type: Type): Type };
}
interface Evaluator {
  run(node: Node, scope: Scope): unknown;
  createError(code: string, message: string, node: Node): Error;
  debugType(value: unknown): Type & { fieldLazy(value: unknown, key: string, node: Node, ev: Evaluator): unknown };
}

/**
 * `has(a.b)` as the language defines it: `a` is evaluated, whatever it is, and then asked for `b`. The one of cel-js
 * takes nothing but a chain of names, and finds nothing in values that have no fields, where an API server fails.
 */
export const hasMacro = (node: Node) => ({
  typeCheck(checker: Checker, _: unknown, scope: Scope) {
    const [, [path]] = node.args as [string, Node[]];
    if (path?.op !== '.') throw checker.createError('invalid_macro_argument', 'has() takes a field: has(a.b)', node);
    const [object] = path.args as [Node, string];
    const type = checker.check(object, scope);
    if (type.kind === 'message') checker.checkAccessOnType(path, scope, type);
    return checker.getType('bool');
  },
  evaluate(evaluator: Evaluator, _: unknown, scope: Scope) {
    const [, [path]] = node.args as [string, Node[]];
    const [target, field] = path.args as [Node, string];
    let object = evaluator.run(target, scope);
    if (object instanceof Optional) {
      if (!object.hasValue()) return false;
      object = object.value();
    }
    const type = evaluator.debugType(object);
    if (type.kind !== 'map' && type.kind !== 'message') {
      throw evaluator.createError('no_such_field', `has() of a value that has no fields: ${type}`, path);
    }
    return type.fieldLazy(object, field, path, evaluator) !== undefined;
  },
});

/** Adds `optMap` and `optFlatMap`, which cel-js lacks. */
export function defineOptionalMacros(env: Environment): void {
  const macro =
    (flat: boolean) =>
    ({ args, receiver, ast }: { args: Node[]; receiver: Node; ast: Node }) => {
      const [variable, transform] = args;
      let inner: Scope;
      return {
        typeCheck(checker: Checker, _: unknown, scope: Scope) {
          const type = checker.check(receiver, scope);
          if (variable.op !== 'id') throw checker.createError('invalid_macro_argument', 'needs a variable name', ast);
          if (type.kind !== 'optional' && type.kind !== 'dyn') {
            throw checker.createError('optional_expected', 'optMap() is a method of optionals', ast);
          }
          inner = scope.forkWithVariable(variable.args as string, type.valueType ?? checker.getType('dyn'));
          const result = checker.check(transform, inner);
          return flat ? result : checker.registry.getOptionalType(result);
        },
        evaluate(evaluator: Evaluator, _: unknown, scope: Scope) {
          const optional = evaluator.run(receiver, scope);
          if (!(optional instanceof Optional)) {
            throw evaluator.createError('optional_expected', 'optMap() of a value that is not optional', ast);
          }
          if (!optional.hasValue()) return Optional.none();
          const value = evaluator.run(transform, inner.reuse(scope).setIterValue(optional.value(), evaluator));
          return flat ? value : Optional.of(value);
        },
      };
    };
  env.registerFunction('optional.optMap(ast, ast): optional<dyn>', macro(false));
  env.registerFunction('optional.optFlatMap(ast, ast): optional<dyn>', macro(true));
}
