import type { Construct } from 'constructs';
import {
  CompositeResourceDefinition,
  type CompositeResourceDefinitionManifest,
} from '../../../imports/apiextensions.crossplane.io';
import { GoldenError } from '../../platform/golden-error';
import { oldestKubernetesMinor } from '../../platform/kubernetes-minor';
import { kindOfCrd } from '../../schema/crd-kinds';
import type { Violation } from '../../schema/violation';
import type { Api, ApiVersion, ConnectionKey } from './api';
import { apiProblems } from './api-problems';
import type { ApiProps } from './api-props';
import { useApi } from './api-registry';
import { type CompositeCrd, crdOf } from './crd';
import { withDefaults } from './defaults';
import { specSchema, statusSchema } from './field-schema';
import { pluralOf } from './plural';
import { ApiRequest, type RequestOptions } from './request';
import { type RequestCheck, requestProblems } from './request-problems';
import { compiledProblems } from './rule-definitions';
import { xrdOf } from './xrd';

/** The class of an API's requests: `new PostgresInstance(env, 'orders-db', { size: 'small' })`. */
export interface RequestClass<Input, Spec, Status, Key extends string> {
  new (
    scope: Construct,
    id: string,
    ...rest: Record<never, never> extends Input
      ? [spec?: Input, options?: RequestOptions]
      : [spec: Input, options?: RequestOptions]
  ): ApiRequest<Input, Spec, Status, Key>;
}

/** An API with everything that derives from its one definition. Made by {@link defineApi}. */
// biome-ignore lint/suspicious/noExplicitAny: `DefinedApi` alone stands for any API
export class DefinedApi<Input = any, Spec = any, Status = any, Key extends string = string>
  implements Api<Spec, Status, Key>
{
  declare readonly types?: { readonly spec: Spec; readonly status: Status; readonly input: Input };
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly description: string;
  readonly versions: readonly ApiVersion[];
  readonly referenceable: ApiVersion;
  readonly connection: Readonly<Record<Key, ConnectionKey>>;
  readonly maxNameLength: number;
  /** What its author wrote. */
  readonly props: ApiProps;
  /**
   * The class of its requests, in the referenceable version. Extend it, so that its name is a type as well:
   * `export class PostgresInstance extends postgresInstance.Request {}`.
   */
  readonly Request: RequestClass<Input, Spec, Status, Key>;
  private derived: CompositeCrd | undefined;
  private readonly checks = new Map<string, RequestCheck>();

  /** @throws GoldenError with everything that Kubernetes or Crossplane would refuse, drop or overwrite. */
  constructor(props: ApiProps) {
    this.props = props;
    this.group = props.group;
    this.kind = props.kind;
    this.plural = props.plural ?? pluralOf(String(props.kind));
    this.scope = props.scope ?? 'Namespaced';
    this.description = props.description;
    this.maxNameLength = props.maxNameLength ?? 63;
    this.versions = versionsOf(props);
    this.referenceable = this.versions.find(({ referenceable }) => referenceable) as ApiVersion;
    this.connection = connectionOf(props);
    const problems = apiProblems(this, props);
    if (problems.length > 0) throw this.error(problems);
    this.Request = requestClass(this);
  }

  /** Group and version of its requests: `platform.acme.io/v1`. */
  get apiVersion(): string {
    return `${this.group}/${this.referenceable.name}`;
  }

  /**
   * The XRD as plain data.
   * @throws GoldenError with every CEL rule that would not compile.
   */
  xrd(): CompositeResourceDefinitionManifest {
    const problems = this.versions.flatMap(({ name, schema }) =>
      compiledProblems(schema).map((problem) => `${name}: ${problem}`),
    );
    if (problems.length > 0) throw this.error(problems);
    return xrdOf(this, this.props);
  }

  /**
   * The XRD as an object of a chart, named like itself unless an id is given.
   * @throws GoldenError with every CEL rule that would not compile, or when the app has another API of the same kind.
   */
  install(scope: Construct, id: string = `${this.plural}.${this.group}`): CompositeResourceDefinition {
    const { metadata, spec } = this.xrd();
    const xrd = new CompositeResourceDefinition(scope, id, { metadata, spec });
    useApi(xrd, this);
    return xrd;
  }

  /** The CRD that Crossplane makes of the XRD: with `spec.crossplane`, `status.conditions` and its printer columns. */
  crd(): CompositeCrd {
    this.derived ??= crdOf(this, this.props);
    return this.derived;
  }

  /** A spec with the defaults that the API server fills in. */
  withDefaults(spec: Input): Spec {
    return withDefaults(spec, this.referenceable.schema.spec) as Spec;
  }

  /**
   * What an API server would have against a request, schema and rules, in the order of the fields.
   *
   * @param request a whole object, in any version that the API serves
   */
  problems(request: unknown): Violation[] {
    return requestProblems(request, this.check(request));
  }

  /**
   * What an API server would have against an update: as {@link problems}, and what may not change. Versions may differ as
   * long as no webhook converts them.
   */
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

function requestClass<Input, Spec, Status, Key extends string>(
  api: DefinedApi<Input, Spec, Status, Key>,
): RequestClass<Input, Spec, Status, Key> {
  return class extends ApiRequest<Input, Spec, Status, Key> {
    constructor(scope: Construct, id: string, spec?: Input, options?: RequestOptions) {
      super(scope, id, api, spec ?? ({} as Input), options);
    }
  } as RequestClass<Input, Spec, Status, Key>;
}
