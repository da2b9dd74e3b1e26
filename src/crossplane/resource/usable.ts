import type { BackendPods, ConnectionLocation } from '../../platform/backend';
import type { PlatformPods } from '../../platform/network-settings';

/** A resource as those who use it see it, whatever fulfils its request. */
export interface UseTarget<Key extends string = string> {
  /** Kind of the request: `PostgresInstance`. */
  readonly kind: string;
  /** Name of the request. */
  readonly name: string;
  /** Environment and cluster that it was declared for. */
  readonly place: string;
  /** Where each key of the connection contract is found, with the names of this request's Secrets. */
  readonly keys: Readonly<Record<Key, ConnectionLocation>>;
  /** Ports that it is reached on. */
  readonly ports: readonly number[];
  /**
   * The pods that answer on them.
   * @default - it is reached elsewhere, where the topology says
   */
  readonly pods?: PlatformPods;
}

/** Whatever a workload can use: a request for a database, a queue, a bucket. */
export interface Usable<Key extends string = string> {
  /** @throws GoldenError when nothing says how the request is fulfilled. */
  useTarget(): UseTarget<Key>;
}

/** The pods of a backend as a request has them: labels with the name of the request filled in. */
export function podsOf(
  { namespace, podLabels }: BackendPods,
  request: { readonly name: string; readonly namespace: string },
): PlatformPods {
  const labels = Object.entries(podLabels).map(([key, value]) => [key, value.replaceAll('%s', request.name)]);
  return { namespace: namespace ?? request.namespace, podLabels: Object.fromEntries(labels) };
}

/** Whether a value can be used. */
export function isUsable(value: unknown): value is Usable {
  return typeof (value as Partial<Usable> | undefined)?.useTarget === 'function';
}

/** What names of Secrets are made from. */
interface NamedRequest {
  readonly name: string;
  readonly spec: unknown;
}

/** The keys of a contract as a request has them: names of Secrets with the name of the request and its fields filled in. */
export function keysOf<Key extends string>(
  connection: Readonly<Record<Key, ConnectionLocation>>,
  request: NamedRequest,
): Readonly<Record<Key, ConnectionLocation>> {
  const entries = Object.entries<ConnectionLocation>(connection).map(([key, location]) => [
    key,
    'secret' in location ? { ...location, secret: secretNameOf(location.secret, request) } : location,
  ]);
  return Object.fromEntries(entries) as Readonly<Record<Key, ConnectionLocation>>;
}

/** The name of a Secret, with the name of a request and its fields filled in. */
export function secretNameOf(pattern: string, request: NamedRequest): string {
  return pattern.replace(/%(?:\{([^}]*)\}|[s%])/g, (found, path?: string) => {
    if (path !== undefined) return String(valueAt(request, path.split('.')));
    return found === '%s' ? request.name : '%';
  });
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((at, step) => (at as Readonly<Record<string, unknown>>)[step], value);
}
