import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { ObjectMeta } from '../../../imports/kubernetes';
import { type ObjectKind, TypedObject } from '../../../imports/typed-object';
import type { Backend } from '../../platform/backend';
import { Environment, environmentOf } from '../../platform/environment';
import { GoldenError, type Problem, pathOf, refuse } from '../../platform/golden-error';
import { nameProblem } from '../../platform/names';
import { Platform } from '../../platform/platform';
import { previewName } from '../../platform/preview';
import { isRecord, show, violations } from '../../platform/rule';
import type { Violation } from '../../schema/violation';
import { askedAtHome } from '../resource/asked-at-home';
import { backendOf } from '../resource/backend-of';
import { confirmedRemoval } from '../resource/confirmed-removal';
import { protectedPreviewProblems, unprotected } from '../resource/deletion-protection';
import { movedFromAnnotations, movedFromProblems } from '../resource/moved-from';
import { costLabels, type Placement, placementOf } from '../resource/placement';
import { pulledSecrets, pushSecrets, secretsOf } from '../resource/shared-secrets';
import { keysOf, podsOf, type Usable, type UseTarget } from '../resource/usable';
import type { Api } from './api';
import type { SpecInput, SpecOf, VersionsProps } from './api-props';
import { useApi } from './api-registry';
import { crossplaneFields, ownFieldProblems } from './request-fields';
import type { RequestOptions } from './request-options';
import type { ServedApi } from './served-api';

/** The rendered object of a request. */
export class RequestObject extends TypedObject {
  constructor(
    scope: Construct,
    id: string,
    kind: ObjectKind,
    props: { readonly metadata: ObjectMeta; readonly spec: unknown },
  ) {
    super(scope, id, kind, props);
  }
}

/**
 * A request for something that the platform provides. An API's own class, `api.Request`, is what app teams extend or use.
 *
 * @typeParam Versions the versions of the API, as they were written
 * @typeParam Key the keys of the connection contract
 */
// biome-ignore lint/suspicious/noExplicitAny: `ApiRequest` alone stands for a request to any API
export abstract class ApiRequest<Versions extends VersionsProps = any, Key extends string = string>
  extends Construct
  implements Usable<Key>
{
  /** The API that the request is made to. */
  readonly api: ServedApi<Versions, Key>;
  /** Name of the request in the cluster. */
  readonly name: string;
  /** What is asked for, with the defaults that the cluster fills in. */
  readonly spec: SpecOf<Versions>;
  /** How it is fulfilled, and what it carries besides, as it was asked for. */
  readonly options: RequestOptions;
  private readonly placement: Placement;
  private readonly backend?: Backend;
  private readonly rendered?: RequestObject;

  /** @throws GoldenError with everything that the API server would refuse, or what fulfils the request cannot do. */
  protected constructor(
    scope: Construct,
    id: string,
    definition: ServedApi<Versions, Key>,
    asked: SpecInput<Versions>,
    options: RequestOptions = {},
  ) {
    super(scope, id);
    this.api = definition.on(Platform.of(this).crossplane);
    const api = this.api;
    const { preview } = environmentOf(this);
    const spec = preview ? unprotected(asked, api) : asked;
    this.name = previewName(options.name ?? id, preview, api.maxNameLength);
    this.options = options;
    this.placement = placementOf(this, options.cluster);
    const chosen = typeof options.composition === 'string' ? options.composition : undefined;
    this.backend = backendOf(this, api, this.placement.home, chosen);
    useApi(this, api as unknown as ServedApi);
    const labels = { ...costLabels(this), ...options.labels };
    const annotations = {
      ...confirmedRemoval(this, api.props.holdsData !== false),
      ...movedFromAnnotations(options.movedFrom),
      ...options.annotations,
    };
    const metadata: ObjectMeta = {
      name: this.name,
      ...(Object.keys(labels).length > 0 && { labels }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    };
    const { apiVersion, kind } = api;
    const fields = crossplaneFields(api as unknown as ServedApi, { name: this.name, spec }, options, this.backend);
    const object = { apiVersion, kind, metadata, spec: isRecord(spec) ? { ...spec, ...fields } : spec };
    // Of the name more is asked than the API server does, in words of its own.
    const refused = api.problems(object).filter(({ path }) => path !== 'metadata.name');
    const problems = [
      ...nameProblems(this.name, api),
      ...movedFromProblems(options.movedFrom),
      ...ownFieldProblems(spec, api.target),
      ...(preview ? protectedPreviewProblems(asked, api, preview) : []),
      ...refused.map(inSpec),
    ];
    if (problems.length > 0) throw new GoldenError(problems.map((message) => this.problem(message)));
    this.spec = api.withDefaults(spec);
    const limits = [
      ...takeOverProblems(options, this.backend),
      ...violations(this.asBackendSees(options), this.backend?.rules ?? []),
    ];
    if (limits.length > 0) throw new GoldenError(limits.map((message) => this.problem(message)));
    this.shareSecrets();
    askedAtHome(this, this.placement);
    if (!this.placement.isHome) return;
    this.rendered = new RequestObject(
      this,
      'request',
      { apiVersion, kind, namespaced: api.scope === 'Namespaced' },
      { metadata, spec: object.spec },
    );
    // A patch may break what was right when the request was made; the check of all objects knows schemas only.
    this.node.addValidation({ validate: () => this.ruleProblemsAfterPatches() });
  }

  /**
   * The object that is rendered.
   * @throws GoldenError where the request is made in another cluster of the environment.
   */
  get request(): RequestObject {
    return (
      this.rendered ??
      refuse(
        this,
        `is requested in the cluster ${show(this.placement.home)}, not here; look at it in the chart for that`,
      )
    );
  }

  /** The one cluster of the environment in which it is made. */
  get home(): string {
    return this.placement.home;
  }

  /** Where workloads find what it provides. */
  useTarget(): UseTarget<Key> {
    const { kind } = this.api;
    if (!this.backend) {
      return refuse(this, `nothing says how a ${kind} is fulfilled; pass backends to the platform`);
    }
    const { connection, ports, pods } = this.backend;
    const namespace = Chart.of(this).namespace ?? 'default';
    return {
      kind,
      name: this.name,
      place: this.placement.place,
      keys: keysOf(connection, this),
      ports,
      ...(pods && this.placement.isHome && { pods: podsOf(pods, { name: this.name, namespace }) }),
    };
  }

  /** Brings the Secrets of the connection to the environment's other clusters. */
  private shareSecrets(): void {
    if (!this.backend) return;
    const secrets = secretsOf(this.useTarget().keys);
    const { isHome, isShared } = this.placement;
    if (!isHome) {
      pulledSecrets(this, secrets);
      return;
    }
    if (isShared) pushSecrets(this, secrets);
    const environment = environmentOf(this);
    // What fulfils the request writes them, so that no object of the app does.
    if (Environment.isEnvironment(environment)) {
      environment.external(...[...secrets.keys()].map((name) => ({ kind: 'Secret', name })));
    }
  }

  private asBackendSees({ movedFrom }: RequestOptions): never {
    const { name, spec } = this;
    const moved = movedFrom === 'nothing' ? undefined : movedFrom;
    return { name, namespace: Chart.of(this).namespace ?? 'default', spec, movedFrom: moved } as never;
  }

  private problem(message: string): Problem {
    return { path: pathOf(this), message };
  }

  private ruleProblemsAfterPatches(): string[] {
    const rendered: unknown = this.request.toJson();
    if (this.request.patchedFields.length === 0) return [];
    return this.api
      .problems(rendered)
      .filter(({ keyword }) => keyword === 'cel')
      .map(inSpec);
  }
}

function takeOverProblems({ movedFrom }: RequestOptions, backend: Backend | undefined): string[] {
  return movedFrom && movedFrom !== 'nothing' && backend && !backend.takesOver
    ? [
        `movedFrom is not read by the composition ${backend.name}, which would make everything anew; give the request its old name in the option name`,
      ]
    : [];
}

function nameProblems(name: string, { kind, maxNameLength }: Api): string[] {
  const problem = nameProblem(`name of the ${kind}`, name, maxNameLength);
  return problem === undefined ? [] : [problem];
}

/** A violation as the author of a request reads it: fields as they were written, without `spec`. */
function inSpec({ path, problem, keyword }: Violation): string {
  const field = path.startsWith('spec.') ? path.slice(5) : path === 'spec' ? '' : path;
  return keyword === 'cel'
    ? [field, problem].filter((part) => part !== '').join(': ')
    : `${field || 'spec'} ${problem}`;
}
