/** One line of the result: what was measured, and what it has to be. */
export interface Goal {
  readonly what: string;
  readonly value: number;
  /** @default - a bare number */
  readonly unit?: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** A line of the table, with whether the goal is reached; a number without a goal is for information. */
export function goalRow({ what, value, unit = '', atLeast, atMost }: Goal): string[] {
  const text = (n: number) => `${Number(n.toFixed(n < 10 ? 2 : 0))}${unit}`;
  if (atLeast === undefined && atMost === undefined) return [what, text(value), '', ''];
  const reached = value >= (atLeast ?? Number.NEGATIVE_INFINITY) && value <= (atMost ?? Number.POSITIVE_INFINITY);
  const goal = atLeast === undefined ? `at most ${atMost}${unit}` : `at least ${atLeast}${unit}`;
  return [what, text(value), goal, reached ? 'reached' : 'MISSED'];
}
