import type { ASTNode } from '@marcbachmann/cel-js';

/** A node as its parser makes it, with what its typings leave out. */
export interface Node {
  readonly op: string;
  args: unknown;
  readonly start: number;
  readonly pos: number;
  readonly meta: { readonly macro?: unknown; readonly alternate?: unknown };
  setMeta(key: string, value: unknown): Node;
}

/** Every node of an expression, parents before children. Arguments of macros are included. */
export function* nodesOf(root: ASTNode | Node): Generator<Node> {
  const stack: unknown[] = [root];
  while (stack.length > 0) {
    const next = stack.pop();
    if (Array.isArray(next)) {
      for (let i = next.length - 1; i >= 0; i--) stack.push(next[i]);
    } else if (isNode(next)) {
      yield next;
      if (next.op !== 'value') stack.push(next.args);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

/** A call in an expression. */
export interface Call {
  readonly node: Node;
  readonly name: string;
  /** What stands before the dot of a method. */
  readonly receiver?: Node;
  readonly args: readonly Node[];
  /** Calls another function instead, before the expression is checked. */
  rename(name: string): void;
}

/** The call that a node is, if it is one. */
export function callOf(node: Node): Call | undefined {
  const isMethod = node.op === 'rcall';
  if (!isMethod && node.op !== 'call') return undefined;
  const parts = node.args as [string, ...unknown[]];
  const [receiver, args] = isMethod ? [parts[1] as Node, parts[2] as Node[]] : [undefined, parts[1] as Node[]];
  const rename = (name: string) => {
    parts[0] = name;
  };
  return { node, name: parts[0], receiver, args, rename };
}

/** The text that a node is, if it is a literal one. */
export function literalOf(node: Node | undefined): string | undefined {
  return node?.op === 'value' && typeof node.args === 'string' ? node.args : undefined;
}

/** The name that a node reads from a variable: `x` of `variables.x`. */
export function fieldOfVariable(node: Node, variable: string): string | undefined {
  if (node.op !== '.' && node.op !== '.?') return undefined;
  const [left, field] = node.args as [Node, string];
  return left.op === 'id' && left.args === variable ? field : undefined;
}
