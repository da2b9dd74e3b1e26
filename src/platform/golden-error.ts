import type { IConstruct } from 'constructs';

/** One thing that is wrong: where, and what to change. */
export interface Problem {
  /** Path of the construct, with the app's own name first: `orders/production/eu-prod/orders-api`. */
  readonly path: string;
  /** Lower-case sentence: the offending value, what is allowed, what to change. */
  readonly message: string;
  /**
   * What one of the organisation's rules found, field by field, for reports that machines read.
   * @default - no rule is concerned
   */
  readonly finding?: object;
  /**
   * What is wrong when it is not the app: its file can't be run, or did not end in time, a lock file can't be read, something in
   * the tree stands in the way, or a newer version of the library wrote that.
   * @default - something in the app
   */
  readonly cause?: 'unrunnable' | 'timeout' | 'lock' | 'tree' | 'newer';
}

/**
 * The one error that this library throws for input it cannot accept. It lists every problem found, not only the first.
 *
 * Nothing is written when it is thrown.
 */
export class GoldenError extends Error {
  /** All problems, in the order they were found. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((p) => (p.path ? `[${p.path}] ${p.message}` : p.message)).join('\n'));
    this.name = 'GoldenError';
    this.problems = problems;
  }
}

/** The path of a construct as people read it: a nameless root shows as nothing rather than as an empty step. */
export function pathOf(scope: IConstruct): string {
  const root = scope.node.root as { name?: unknown };
  const name = scope.node.root.node.id === '' && typeof root.name === 'string' ? root.name : '';
  return [name, scope.node.path].filter((part) => part !== '').join('/');
}

/** Throws a {@link GoldenError} with one problem, placed at a construct or at a named place such as a file. */
export function refuse(where: IConstruct | string, message: string): never {
  throw new GoldenError([{ path: typeof where === 'string' ? where : pathOf(where), message }]);
}
