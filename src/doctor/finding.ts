/** What was looked at, and what to do about it. */
export interface Finding {
  /** `ok`, `look` for what may be meant so, and `fix` for what has to change. */
  readonly verdict: 'ok' | 'look' | 'fix';
  /** What was found, and what to change. */
  readonly message: string;
}

/** All is well. */
export function ok(message: string): Finding {
  return { verdict: 'ok', message };
}

/** Something may be meant so. */
export function look(message: string): Finding {
  return { verdict: 'look', message };
}

/** Something has to change. */
export function fix(message: string): Finding {
  return { verdict: 'fix', message };
}
