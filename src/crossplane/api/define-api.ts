import type { ApiProps, VersionsProps } from './api-props';
import { DefinedApi } from './defined-api';

/**
 * Defines a self-service API: its schema, written once. From it come the XRD, the class of its requests with their checks,
 * printer columns, rules, the reference page, an example and a portal's form.
 *
 * ```ts
 * const cache = defineApi({
 *   group: 'platform.acme.io',
 *   kind: 'Cache',
 *   description: 'An in-memory store that may lose what it holds.',
 *   versions: { v1: { spec: { size: s.string({ enum: ['small', 'large'], default: 'small' }) } } },
 *   connection: { host: 'Name of the host', port: 'Port that it listens on' },
 * });
 * export class Cache extends cache.Request {}
 * ```
 *
 * @throws GoldenError with everything that Kubernetes or Crossplane would refuse, drop or overwrite. CEL rules are compiled
 * when the API is first used.
 */
export function defineApi<const Versions extends VersionsProps, Key extends string = never>(
  props: ApiProps<Versions, Key>,
): DefinedApi<Versions, Key> {
  return new DefinedApi(props);
}
