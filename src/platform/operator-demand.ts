import type { PlainObject } from './placed-object';

/** How many pods something runs at once. */
export interface PodCounts {
  /** At its smallest scale; 0 for what runs only at times. */
  readonly min: number;
  /** At full scale. */
  readonly max: number;
  /** How many more there are while a new version is rolled out at full scale. */
  readonly surge: number;
}

/** What pods an object runs that only its operator knows, and what they claim. */
export interface OperatorDemand {
  /** The form of its pods: a Pod's specification, as far as it names resources. */
  readonly podSpec: object;
  readonly pods: PodCounts;
  /**
   * Claims of each pod: the `spec` of a PersistentVolumeClaim.
   * @default - none
   */
  readonly claims?: readonly object[];
}

/** What operators run for objects, by group and kind: `postgresql.cnpg.io/Cluster`. */
export type OperatorDemands = Readonly<Record<string, (object: PlainObject) => readonly OperatorDemand[]>>;
