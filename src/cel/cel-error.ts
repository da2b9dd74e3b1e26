/** What is wrong with an expression: how it is written, what it names or combines, or what happens when it runs. */
export type CelErrorKind = 'syntax' | 'type' | 'unknown-function' | 'regex' | 'evaluation';

/** A place in an expression, counted from 1. */
export interface CelPosition {
  readonly line: number;
  readonly column: number;
}

/** A CEL expression that does not compile, or that fails when it is evaluated. */
export class CelError extends Error {
  /**
   * @param kind what went wrong
   * @param reason a lower-case sentence without the position
   * @param expression the whole expression
   * @param position where in it, if that is known
   */
  constructor(
    readonly kind: CelErrorKind,
    readonly reason: string,
    readonly expression: string,
    readonly position?: CelPosition,
  ) {
    const at = position ? ` at line ${position.line}, column ${position.column}` : '';
    super(`${reason}${at}`);
    this.name = 'CelError';
  }
}

/** The position of a character of a text. */
export function positionAt(text: string, offset: number): CelPosition {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - (before.lastIndexOf('\n') + 1) + 1 };
}
