import { bindExpression, type Expression, where } from './expression';
import { transformed } from './transform';

/** Told what is wrong with a reference, so that all of it is reported at once. */
export type Report = (message: string) => void;

/** Makes the reference that a step leads to. */
export type MakeReference = (expression: Expression, report: Report) => object;

/** What is common to references that have methods instead of fields. */
export class Reference {
  protected readonly expression: Expression;
  protected readonly report: Report;
  private readonly make: MakeReference;

  constructor(expression: Expression, report: Report, make: MakeReference) {
    this.expression = expression;
    this.report = report;
    this.make = make;
    bindExpression(this, expression);
  }

  toJSON(): string {
    return noValue(this.expression, this.report);
  }

  [Symbol.toPrimitive](): string {
    return noValue(this.expression, this.report);
  }

  /** The reference after a step; a step that cannot be is reported, and what follows is not judged. */
  protected after(step: (expression: Expression) => Expression): object {
    const { expression } = this;
    try {
      if (expression.fallback) throw new Error('no transform applies after orElse; call orElse last');
      return this.make(step(expression), this.report);
    } catch (error) {
      this.report(`${where(expression)}: ${(error as Error).message}`);
      return this.make(transformed(expression, { of: 'anything' }), this.report);
    }
  }
}

/** Notes that somebody wants the value of a reference. */
export function noValue(expression: Expression, report: Report): string {
  report(
    `${where(expression)} has no value at synthesis, so it can't be printed, added or compared; put it into a field, ` +
      'and use text`...` for a string around it',
  );
  return '';
}
