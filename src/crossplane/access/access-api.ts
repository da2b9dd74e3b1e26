import type { FieldsOf, VersionsProps } from '../api/api-props';
import { DefinedApi } from '../api/defined-api';
import type { Fields } from '../api/field';
import type { Access, Granted, Grantee } from '../resource/grantable';
import { type AccessVersions, accessFields, accessStatus } from './access-fields';
import { grant } from './grant';

/** What access to the resources of an API is made from. */
export interface AccessProps<Verb extends string, Name extends string, Credential extends string> {
  /** What may be done, with what each verb means. A backend gives the least rights for each. */
  readonly verbs: Readonly<Record<Verb, string>>;
  /**
   * Fields of the resource's request that rights depend on, like the region that is part of a name.
   * @default - none: rights depend on name and namespace
   */
  readonly depends?: readonly Name[];
  /**
   * What those who have access sign in with, where they don't as their account: keys of the connection contract, with what each is.
   * @default - nothing
   */
  readonly credentials?: Readonly<Record<Credential, string>>;
}

/**
 * The API of requests for access to the resources of another API: each names an account, a verb and a resource. Made by
 * {@link defineAccess}.
 */
export class AccessApi<
    Versions extends VersionsProps = VersionsProps,
    Verb extends string = string,
    Name extends string = string,
    Credential extends string = string,
  >
  extends DefinedApi<AccessVersions<Versions, Verb, Name>, Credential>
  implements Access<Verb, Credential>
{
  /** What may be done, with what each verb means. */
  readonly verbs: Readonly<Record<Verb, string>>;
  /** The API of the resources. */
  readonly accessTo: DefinedApi<Versions>;
  private readonly depends: readonly string[];

  /** @throws GoldenError with everything that Kubernetes or Crossplane would refuse, drop or overwrite. */
  constructor(api: DefinedApi<Versions>, props: AccessProps<Verb, Name, Credential>) {
    const { verbs, depends = [], credentials } = props;
    const fields = api.props.versions[api.referenceable.name].spec;
    const shared: Fields = Object.fromEntries(depends.map((name) => [name, fields[name]]));
    super({
      group: api.group,
      kind: `${api.kind}Access`,
      description: `Lets a ServiceAccount do one thing with one ${api.kind} of its namespace, and nothing else.`,
      categories: api.props.categories,
      holdsData: false,
      versions: { v1: { spec: accessFields(api.kind, verbs, shared), status: accessStatus } } as never,
      connection: credentials,
    });
    this.verbs = verbs;
    this.accessTo = api;
    this.depends = depends;
  }

  /**
   * Asks for access on behalf of a workload.
   *
   * @throws GoldenError when the verb is none, or when the resource belongs to somebody else.
   */
  grant(grantee: Grantee, resource: object, verb: string): Granted {
    return grant(this as unknown as AccessApi, this.depends, grantee, resource, verb);
  }
}

/**
 * Defines what may be done with the resources of an API, and by that an API of its own, whose requests workloads make:
 *
 * ```ts
 * export const cacheAccess = defineAccess(cache, {
 *   verbs: { read: 'Read what is cached', write: 'Put something into the cache' },
 * });
 * export class Cache extends cache.Request {
 *   readonly access = cacheAccess;
 * }
 * ```
 *
 * After `service.uses(stock, 'read')` there is a CacheAccess, which a composition fulfils as it does any request.
 *
 * @throws GoldenError with everything that Kubernetes or Crossplane would refuse, drop or overwrite.
 */
export function defineAccess<
  Versions extends VersionsProps,
  const Verb extends string,
  const Name extends string & keyof FieldsOf<Versions, 'spec'> = never,
  const Credential extends string = never,
>(api: DefinedApi<Versions>, props: AccessProps<Verb, Name, Credential>): AccessApi<Versions, Verb, Name, Credential> {
  return new AccessApi(api, props);
}
