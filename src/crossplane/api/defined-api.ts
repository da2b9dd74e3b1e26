import type { Construct } from 'constructs';
import type { CompositeResourceDefinitionManifest } from '../../../imports/apiextensions.crossplane.io';
import { TypedObject, type TypedObjectProps } from '../../../imports/typed-object';
import type { CrossplaneVersion } from '../../platform/backend';
import { GoldenError } from '../../platform/golden-error';
import { oldestKubernetesMinor } from '../../platform/kubernetes-minor';
import { kindOfCrd } from '../../schema/crd-kinds';
import type { Violation } from '../../schema/violation';
import type { ApiVersion, ConnectionKey } from './api';
import { apiProblems } from './api-problems';
import type { ApiProps, SpecInput, SpecOf, StatusOf, VersionsProps } from './api-props';
import { useApi } from './api-registry';
import { claimCrdOf, compositeCrdOf } from './claim-crds';
import { claimProblems } from './claim-problems';
import { type CompositeCrd, crdOf } from './crd';
import { withDefaults } from './defaults';
import { specSchema, statusSchema } from './field-schema';
import { pluralOf } from './plural';
import { ApiRequest } from './request';
import type { RequestOptions } from './request-options';
import { type RequestCheck, requestProblems } from './request-problems';
import { compiledProblems } from './rule-definitions';
import type { ServedApi } from './served-api';
import { type ClaimXrd, claimXrdOf, xrdOf } from './xrd';

/** The class of an API's requests: `new PostgresInstance(env, 'orders-db', { size: 'small' })`. */
export interface RequestClass<Versions extends VersionsProps, Key extends string> {
  new (
    scope: Construct,
    id: string,
    ...rest: Record<never, never> extends SpecInput<Versions>
      ? [spec?: SpecInput<Versions>, options?: RequestOptions]
      : [spec: SpecInput<Versions>, options?: RequestOptions]
  ): ApiRequest<Versions, Key>;
}

/**
 * An API with everything that derives from its one definition. Made by {@link defineApi}.
 *
 * @typeParam Versions the versions as they were written: types that are worked out from them where they are used keep the
 * comments of the fields, also in a published package
 */
// biome-ignore lint/suspicious/noExplicitAny: `DefinedApi` alone stands for any API
export class DefinedApi<Versions extends VersionsProps = any, Key extends string = string>
  implements ServedApi<Versions, Key>
{
  declare readonly types?: { readonly spec: SpecOf<Versions>; readonly status: StatusOf<Versions> };
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly description: string;
  readonly versions: readonly ApiVersion[];
  readonly referenceable: ApiVersion;
  readonly connection: Readonly<Record<Key, ConnectionKey>>;
  readonly maxNameLength: number;
  readonly props: ApiProps;
  /**
   * The class of its requests, in the referenceable version. Extend it, so that its name is a type as well:
   * `export class PostgresInstance extends postgresInstance.Request {}`.
   */
  readonly Request: RequestClass<Versions, Key>;
  readonly target: CrossplaneVersion;
  private elsewhere: DefinedApi<Versions, Key> | undefined;
  private derived: CompositeCrd | undefined;
  private readonly checks = new Map<string, RequestCheck>();

  /** @throws GoldenError with everything that Kubernetes or Crossplane would refuse, drop or overwrite. */
  constructor(props: ApiProps<Versions, Key>, target: CrossplaneVersion = 'v2') {
    this.target = target;
    this.props = props as unknown as ApiProps;
    this.group = props.group;
    this.kind = props.kind;
    this.plural = props.plural ?? pluralOf(String(props.kind));
    this.scope = props.scope ?? 'Namespaced';
    this.description = props.description;
    this.maxNameLength = props.maxNameLength ?? 63;
    this.versions = versionsOf(this.props);
    this.referenceable = this.versions.find(({ referenceable }) => referenceable) as ApiVersion;
    this.connection = connectionOf(this.props);
    const problems = [...apiProblems(this, this.props), ...(target === 'v1' ? claimProblems(this, this.props) : [])];
    if (problems.length > 0) throw this.error(problems);
    this.Request = requestClass(this);
  }

  on(target: CrossplaneVersion): DefinedApi<Versions, Key> {
    if (target === this.target) return this;
    this.elsewhere ??= new DefinedApi(this.props as unknown as ApiProps<Versions, Key>, target);
    return this.elsewhere;
  }

  get apiVersion(): string {
    return `${this.group}/${this.referenceable.name}`;
  }

  /**
   * The XRD as plain data.
   * @throws GoldenError with every CEL rule that would not compile.
   */
  xrd(): CompositeResourceDefinitionManifest | ClaimXrd {
    const problems = this.versions.flatMap(({ name, schema }) =>
      compiledProblems(schema).map((problem) => `${name}: ${problem}`),
    );
    if (problems.length > 0) throw this.error(problems);
    return this.target === 'v1' ? claimXrdOf(this, this.props) : xrdOf(this, this.props);
  }

  /**
   * The XRD as an object of a chart, named like itself unless an id is given.
   * @throws GoldenError with every CEL rule that would not compile, or when the app has another API of the same kind.
   */
  install(scope: Construct, id: string = `${this.plural}.${this.group}`): TypedObject {
    const { apiVersion, metadata, spec } = this.xrd();
    const xrd = new Definition(scope, id, apiVersion as string, { metadata, spec });
    useApi(xrd, this as unknown as ServedApi);
    return xrd;
  }

  crd(): CompositeCrd {
    this.derived ??= this.target === 'v1' ? claimCrdOf(this, this.props) : crdOf(this, this.props);
    return this.derived;
  }

  /** Every CRD that Crossplane makes of the XRD: with v1, that of the composite resources too. */
  crds(): CompositeCrd[] {
    return [this.crd(), ...(this.target === 'v1' ? [compositeCrdOf(this, this.props)] : [])];
  }

  withDefaults(spec: SpecInput<Versions>): SpecOf<Versions> {
    return withDefaults(spec, this.referenceable.schema.spec) as SpecOf<Versions>;
  }

  problems(request: unknown): Violation[] {
    return requestProblems(request, this.check(request));
  }

  changeProblems(previous: unknown, next: unknown): Violation[] {
    return requestProblems(next, this.check(next), previous);
  }

  /** How requests of the version that a request names are checked; those of a version that is not served as the stored one. */
  private check(request: unknown): RequestCheck {
    const { apiVersion = this.apiVersion } = (request ?? {}) as { apiVersion?: string };
    const version = this.versions.find(({ name, served }) => served && `${this.group}/${name}` === apiVersion);
    const { name, schema } = version ?? this.referenceable;
    let check = this.checks.get(name);
    if (!check) {
      const scope = { plural: this.plural, namespaced: this.scope === 'Namespaced' };
      const kind = kindOfCrd(() => this.crd(), `${this.group}/${name}`, this.kind, scope, oldestKubernetesMinor);
      check = { kind, ...schema };
      this.checks.set(name, check);
    }
    return check;
  }

  private error(problems: readonly string[]): GoldenError {
    return new GoldenError(problems.map((message) => ({ path: `API ${this.kind}.${this.group}`, message })));
  }
}

/** The rendered XRD, of either version. */
class Definition extends TypedObject {
  constructor(scope: Construct, id: string, apiVersion: string, props: TypedObjectProps & { readonly spec?: object }) {
    super(scope, id, { apiVersion, kind: 'CompositeResourceDefinition', namespaced: false }, props);
  }
}

function versionsOf({ versions }: ApiProps): ApiVersion[] {
  const names = Object.keys(versions);
  return names.map((name) => {
    const { spec, status = {}, rules, served = true, referenceable = names.length === 1, deprecated } = versions[name];
    const schema = { spec: specSchema(spec, rules), status: statusSchema(status) };
    return { name, served, referenceable, ...(deprecated !== undefined && { deprecated }), schema };
  });
}

function connectionOf<Key extends string>({ connection = {} }: ApiProps): Readonly<Record<Key, ConnectionKey>> {
  const keys = Object.entries(connection).map(([key, description]) => [key, { description }]);
  return Object.fromEntries(keys) as Readonly<Record<Key, ConnectionKey>>;
}

function requestClass<Versions extends VersionsProps, Key extends string>(
  api: DefinedApi<Versions, Key>,
): RequestClass<Versions, Key> {
  return class extends ApiRequest<Versions, Key> {
    constructor(scope: Construct, id: string, spec?: SpecInput<Versions>, options?: RequestOptions) {
      super(scope, id, api, spec ?? ({} as SpecInput<Versions>), options);
    }
  } as RequestClass<Versions, Key>;
}
