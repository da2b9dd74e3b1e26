import type { CrossplaneVersion } from '../../platform/backend';
import type { Violation } from '../../schema/violation';
import type { Api } from './api';
import type { ApiProps, SpecInput, SpecOf, StatusOf, VersionsProps } from './api-props';
import type { CompositeCrd } from './crd';

/**
 * An API as a Crossplane serves it: what it is in the cluster, and what is asked of its requests.
 *
 * @typeParam Versions the versions of the API, as they were written
 * @typeParam Key the keys of the connection contract
 */
// biome-ignore lint/suspicious/noExplicitAny: `ServedApi` alone stands for any API
export interface ServedApi<Versions extends VersionsProps = any, Key extends string = string>
  extends Api<SpecOf<Versions>, StatusOf<Versions>, Key> {
  /** What its author wrote. */
  readonly props: ApiProps;
  /** The Crossplane that serves it; with v1 its requests are claims. */
  readonly target: CrossplaneVersion;
  /** Group and version of its requests: `platform.acme.io/v1`. */
  readonly apiVersion: string;
  /**
   * The same API as another Crossplane serves it: XRD, CRD and what is asked of requests.
   * @throws GoldenError with everything that keeps Crossplane v1 from offering claims of it.
   */
  on(target: CrossplaneVersion): ServedApi<Versions, Key>;
  /** The CRD of its requests, as Crossplane makes it of the XRD: with fields of its own, conditions and printer columns. */
  crd(): CompositeCrd;
  /** A spec with the defaults that the API server fills in. */
  withDefaults(spec: SpecInput<Versions>): SpecOf<Versions>;
  /**
   * What an API server would have against a request, schema and rules, in the order of the fields.
   *
   * @param request a whole object, in any version that the API serves
   */
  problems(request: unknown): Violation[];
  /**
   * What an API server would have against an update: as {@link problems}, and what may not change. Versions may differ as
   * long as no webhook converts them.
   */
  changeProblems(previous: unknown, next: unknown): Violation[];
}
