import type { Value, ValueObject } from './value';

/** Where the environment is in the context of a pipeline. */
export const environmentKey = 'apiextensions.crossplane.io/environment';

/** Readiness as a step states it; undefined is no opinion. */
export type Readiness = boolean | undefined;

/** A resource that should be there. */
export interface DesiredResource {
  readonly resource: ValueObject;
  readonly ready: Readiness;
}

/** What is there: the request, and by their names in the composition, what was composed of it. */
export interface Observed {
  readonly composite: ValueObject;
  readonly resources: ReadonlyMap<string, ValueObject>;
  /** Connection details of composed resources, by the resources' names, in plain text. */
  readonly connectionDetails: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** What a step hands to the next: all numbers in it are float64, as on the wire. */
export interface PipelineState {
  readonly composite: ValueObject;
  readonly compositeReady: Readiness;
  readonly connectionDetails: Readonly<Record<string, string>>;
  readonly resources: ReadonlyMap<string, DesiredResource>;
  readonly context: Readonly<Record<string, Value>>;
  /** Warnings of this step. */
  readonly warnings: readonly string[];
}

/** A function that steps of a pipeline call. It throws for what it calls fatal. */
export type StepFunction = (input: unknown, observed: Observed, state: PipelineState) => PipelineState;
