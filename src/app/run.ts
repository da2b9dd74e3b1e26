import type { Problem } from '../platform/golden-error';

/** What one environment and cluster of an app came to. */
export interface PlaceReport {
  readonly environment: string;
  readonly cluster: string;
  readonly app: string;
  readonly objects: number;
  readonly files: {
    readonly added: number;
    readonly changed: number;
    readonly removed: number;
    readonly unchanged: number;
  };
}

/** What the synthesis of one app came to. */
export interface AppReport {
  readonly app: string;
  readonly outdir: string;
  readonly places: readonly PlaceReport[];
  /** What was noticed without standing in the way. */
  readonly warnings: readonly Problem[];
}

/** What a command that runs app files decides for them, and what they tell it. */
export interface Run {
  /**
   * Where trees are written.
   * @default - where each app says
   */
  readonly outdir?: string;
  /**
   * The environments to render.
   * @default - all
   */
  readonly environments?: readonly string[];
  /** Whether files are written, or only checked. */
  readonly write: boolean;
  /** Whether files that were edited by hand are overwritten. */
  readonly force?: boolean;
  /** A report for each app that was synthesized. */
  readonly reports: AppReport[];
}

/** One for all copies of the library in a process: the command's and the app's may be two. */
const key = Symbol.for('cdk8s-golden-path.run');

/** The command that runs this process; undefined when an app file was started by itself. */
export function currentRun(): Run | undefined {
  return (globalThis as Record<symbol, unknown>)[key] as Run | undefined;
}

/** Runs something as part of a command. */
export async function withRun<T>(run: Run, work: () => Promise<T>): Promise<T> {
  const holder = globalThis as Record<symbol, unknown>;
  holder[key] = run;
  try {
    return await work();
  } finally {
    delete holder[key];
  }
}
