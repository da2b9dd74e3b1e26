import type { RenderedFolder } from '../gitops/tree-render';
import type { EnvironmentTopology } from '../platform/topology';
import type { PreviewOptions } from './preview';
import type { Synthesis, SynthesizedApp } from './synthesize';

/** An app that a run has synthesized, before anything of it is written. */
export interface RunApp {
  readonly app: SynthesizedApp;
  readonly synthesis: Synthesis;
  /**
   * What the environments come to that were rendered beside those of the app, by {@link Run.beside}.
   * @default - nothing
   */
  readonly beside?: readonly RenderedFolder[];
  /**
   * The file that made it.
   * @default - none that a command knows
   */
  readonly file?: string;
}

/** What a command that runs app files decides for them, and what they tell it. */
export interface Run {
  /**
   * The environments to render.
   * @default - all
   */
  readonly environments?: readonly string[];
  /**
   * Render only environments that are changed in this way.
   * @default - all
   */
  readonly promotion?: EnvironmentTopology['promotion'];
  /**
   * Render the app's environments that are changed in any other way too, beside those of `promotion`. They are told apart, and
   * have the images of the environment that they are promoted from.
   * @default false
   */
  readonly beside?: boolean;
  /**
   * The preview that is rendered of each app, and nothing else of it.
   * @default - the apps, with the previews that they name themselves
   */
  readonly preview?: PreviewOptions;
  /** The apps that were synthesized. Those of several files may call each other, so none is written before all are there. */
  readonly apps: RunApp[];
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
    // One that was given up may end while the next one runs.
    if (holder[key] === run) delete holder[key];
  }
}
