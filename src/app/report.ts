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
