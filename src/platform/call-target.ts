import type { NamedPort } from './named-port';

/** Who calls: a service of a team. */
export interface Caller {
  readonly team: string;
  readonly name: string;
  readonly namespace: string;
}

/** One port of a service, as others call it. */
export interface CallTarget {
  readonly team: string;
  /** Name of the service, of its Service object, and the one label that selects its pods. */
  readonly name: string;
  /**
   * What its callers name it by: the same in a preview as in the app.
   * @default - its name
   */
  readonly alias?: string;
  readonly namespace: string;
  readonly port: NamedPort;
  /** Whether it is the service's main port. */
  readonly isMain: boolean;
  /** Environment and cluster that it runs in; undefined for a service of another repository, which runs in each. */
  readonly place?: string;
  /** Why it does not take calls from there, or undefined. A service that is in this graph opens its port to the caller. */
  accept(caller: Caller): string | undefined;
}

/** Whatever can be called: a service, one of its ports, a service of another repository. */
export interface Callable {
  /** @throws GoldenError when it has no port. */
  callTarget(): CallTarget;
}

/** Whether a value can be called. */
export function isCallable(value: unknown): value is Callable {
  return typeof (value as Partial<Callable> | undefined)?.callTarget === 'function';
}
