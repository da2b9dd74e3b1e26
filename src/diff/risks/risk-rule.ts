import type { PlainObject } from '../../platform/placed-object';
import type { ObjectChange } from '../object-change';

/** What only the platform knows of the objects that are compared. */
export interface PlatformKnowledge {
  /** Whether an object is a request to one of the platform's APIs that stands for data. */
  isDataRequest(object: PlainObject): boolean;
  /** The name of the request that takes over what this one stands for, when it goes. */
  takenOverBy(object: PlainObject): string | undefined;
  /** What a request for access lets whom do, as a sentence that begins with the request; undefined for other objects. */
  accessOf(object: PlainObject): string | undefined;
  /** What the API server would have against the update of a request, with the field first. */
  updateProblems(before: PlainObject, after: PlainObject): readonly string[];
  /**
   * Why the API server of a cluster refuses an object, as it says; undefined when it takes it.
   *
   * @default - no cluster was asked: what it would refuse is told from what is known of Kubernetes and of the platform's APIs
   */
  refusalOf?(object: PlainObject): string | undefined;
}

/** One thing that a change can put at risk. */
export interface RiskRule {
  /** Its name in every form of the output. */
  readonly id: string;
  /** What happens, as a heading. */
  readonly what: string;
  /** What may come of it, in a sentence. */
  readonly why: string;
  /**
   * What a change puts at risk, each as a sentence that begins with the object; empty when nothing.
   *
   * @param beside all changes of the cluster
   */
  find(change: ObjectChange, known: PlatformKnowledge, beside: readonly ObjectChange[]): readonly string[];
}

/** What is true of an object after a change and was not before. */
export function gained(change: ObjectChange, factsOf: (object: PlainObject) => string | readonly string[]): string[] {
  const [before, after] = [change.before, change.after].map(
    (object) => new Set(object ? [factsOf(object)].flat() : []),
  );
  return [...after].filter((fact) => !before.has(fact));
}
