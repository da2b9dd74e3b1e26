import type { PlainObject } from '../platform/placed-object';
import type { KindRegistry } from '../schema/kind-registry';

/** An app, as far as its objects in one cluster of an environment can be told from those of others. */
export interface LiveApp {
  readonly name: string;
  readonly team: string;
  readonly system: string;
  /** The prefix of the labels that say whose an object is. */
  readonly labelPrefix: string;
  /** The preview that it is. @default - the app itself */
  readonly preview?: string;
  /** The namespace that the app has in the environment. */
  readonly namespace: string;
  /** All that it renders there. */
  readonly objects: readonly PlainObject[];
}

/** One cluster of an environment, and what is to be compared with it. */
export interface LivePlace {
  readonly environment: string;
  readonly cluster: string;
  readonly apps: readonly LiveApp[];
  /** Kinds of the platform's own CRDs. @default - none */
  readonly kinds?: KindRegistry;
}
