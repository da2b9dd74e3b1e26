import type { Problem } from './golden-error';
import type { PlacedObject } from './placed-object';
import type { Topology } from './topology';

/** What rules may know of the platform. */
export interface JudgedPlatform {
  readonly domain: string;
  readonly labelPrefix: string;
  readonly registries: readonly string[];
  readonly topology: Topology;
  readonly crds: readonly object[];
}

/** Where objects are judged. */
export interface JudgedPlace {
  readonly platform: JudgedPlatform;
  /** Name of the environment. */
  readonly environment: string;
}

/** What rules of the organisation found in objects. */
export interface Judgement {
  /** What stands in the way: nothing is written. */
  readonly problems: readonly Problem[];
  /** What is reported and let through. */
  readonly warnings: readonly Problem[];
}

/** Rules of the organisation that every rendered object is held against. */
export interface ObjectJudge {
  judge(place: JudgedPlace, objects: readonly PlacedObject[]): Judgement;
}
