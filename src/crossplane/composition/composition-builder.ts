import { oldestKubernetesMinor } from '../../platform/kubernetes-minor';
import { show } from '../../platform/rule';
import type { Crd } from '../../schema/crd-kinds';
import type { Kind } from '../../schema/kind';
import { KindRegistry } from '../../schema/kind-registry';
import { kindOf } from '../../schema/kinds';
import type { Api } from '../api/api';
import type { StructuralSchema } from '../api/structural-schema';
import type {
  AddOptions,
  BodyOf,
  ComposableKind,
  Handle,
  ManifestOf,
  Report,
  Reported,
  RequestBody,
  RequestManifest,
  RequestOf,
} from './builder-types';
import type { ComposedResource } from './composed-resource';
import type { CompositionParts, PlacedStep } from './composition-parts';
import type { CompositionProps } from './composition-props';
import { expressionOf, type Origin } from './expression';
import { isManaged } from './managed';
import type { ComposedTemplate, PipelineStep } from './patch-and-transform';
import { checksOf, overruledProblem, type Readiness, readinessOf, readinessProblem } from './readiness';
import { reference } from './reference';
import type { ObjRef } from './reference-types';
import { dataSchema, requestKind } from './request-kind';
import type { Target } from './target';
import { typeOfNode } from './value-type';

/** Where environment data comes from. */
export interface EnvironmentSource {
  /** Names of EnvironmentConfigs, merged in this order. */
  readonly configs: readonly string[];
  /** What their data holds. */
  readonly schema: StructuralSchema;
}

/**
 * What a composition is described with.
 *
 * @typeParam Namespaced whether what it is composed of lives in namespaces
 */
export class CompositionBuilder<Spec, Status, Key extends string, Namespaced extends boolean = true> {
  /** The request that is fulfilled. */
  readonly xr: ObjRef<RequestManifest<Spec, Status>>;

  private readonly parts: {
    readonly resources: ComposedResource[];
    readonly templates: ComposedTemplate[];
    readonly steps: PlacedStep[];
    report: CompositionParts['report'];
  } = { resources: [], templates: [], steps: [], report: {} };
  private readonly problems: string[] = [];
  private readonly registry: KindRegistry;
  private readonly request: Kind;

  private readonly api: Api;
  private readonly props: CompositionProps;
  private readonly target: Target;

  constructor(api: Api, props: CompositionProps, target: Target = 'v2') {
    this.api = api;
    this.props = props;
    this.target = target;
    this.registry = new KindRegistry((props.crds ?? []) as readonly Crd[]);
    this.request = requestKind(api, target);
    this.xr = this.refer({ of: 'request', composition: this }, this.request.schema) as typeof this.xr;
  }

  /**
   * Composes an object. Every field takes a value or a reference.
   *
   * @param name of the resource within the composition; another name later means another object, and the old one is deleted
   * @param kind a class of `imports/`
   */
  add<K extends ComposableKind<Namespaced>>(
    name: string,
    kind: K,
    body: BodyOf<ManifestOf<K>>,
    options: AddOptions<ManifestOf<K>> = {},
  ): Handle<ManifestOf<K>> {
    const { apiVersion, kind: kindName, namespaced } = kind.GVK;
    const found =
      this.registry.kind(apiVersion, kindName, oldestKubernetesMinor) ??
      kindOf(apiVersion, kindName, oldestKubernetesMinor);
    this.checkName(name);
    if (!found) {
      this.problem(`${name}: kind ${kindName} of ${apiVersion} is unknown; pass its CustomResourceDefinition as crds`);
      throw new UnknownKindError();
    }
    if (namespaced && this.target === 'v1') {
      this.problem(
        `${name}: ${kindName} lives in a namespace; a claim's resources do not, so write it out with addRaw`,
      );
    }
    if (!namespaced && this.target === 'v2' && this.api.scope === 'Namespaced') {
      this.problem(
        `${name}: ${kindName} belongs to the whole cluster, but a request of one namespace cannot compose it`,
      );
    }
    return this.compose(name, found, body, options, isManaged(found), false);
  }

  /**
   * Composes a request of another API of the platform, which a composition of its own fulfils. It is ready when that is.
   *
   * @param name of the resource within the composition
   */
  addRequest<A extends Api>(
    name: string,
    api: A,
    body: RequestBody<A>,
    options: Omit<AddOptions<RequestOf<A>>, 'externalName' | 'onDelete'> = {},
  ): Handle<RequestOf<A>> {
    this.checkName(name);
    return this.compose(name, requestKind(api, this.target), body, options, false, true);
  }

  /** A composed resource written out in the function's own words. Nothing in it is checked. */
  addRaw(template: ComposedTemplate): void {
    this.checkName(template.name);
    this.parts.templates.push(template);
  }

  /** A step of the pipeline in its own words, before the resources are composed or after. */
  step(step: PipelineStep, place: 'before' | 'after'): void {
    this.parts.steps.push({ step, place });
  }

  /**
   * Data of EnvironmentConfigs, by reference. It needs function-environment-configs in the cluster.
   *
   * @typeParam Data what the schema describes
   */
  environment<Data extends object>(source: EnvironmentSource): ObjRef<Data> {
    this.step(
      {
        step: 'environment',
        functionRef: { name: 'function-environment-configs' },
        input: {
          apiVersion: 'environmentconfigs.fn.crossplane.io/v1beta1',
          kind: 'Input',
          spec: { environmentConfigs: source.configs.map((name) => ({ type: 'Reference', ref: { name } })) },
        },
      },
      'before',
    );
    return this.refer({ of: 'environment', composition: this }, dataSchema(source.schema)) as ObjRef<Data>;
  }

  /** What the composition gives back, to be returned by the function that describes it: the promises of the API, kept. */
  report(report: Report<Status, Key>): Reported {
    this.parts.report = report as CompositionParts['report'];
    return {} as Reported;
  }

  /** Everything that was described, and what is wrong with it so far. */
  finish(): CompositionParts & { readonly problems: readonly string[] } {
    const { api, request, props, target, problems } = this;
    return { owner: this, api, request, props, target, ...this.parts, problems };
  }

  private refer(origin: Origin, node: Kind['schema']): object {
    return reference(
      { of: 'field', origin, path: [], type: typeOfNode(node), transforms: [], always: true },
      (message) => this.problem(message),
    );
  }

  private problem(message: string): void {
    this.problems.push(message);
  }

  private checkName(name: string): void {
    const { resources, templates } = this.parts;
    if ([...resources, ...templates].some((other) => other.name === name)) {
      this.problem(`${name}: two resources have this name; give one another`);
    }
    if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name)) {
      this.problem(`resource name ${show(name)} must be lower-case letters, digits and dashes`);
    }
  }

  /** The resource that a handle of this composition stands for. */
  private nameOf(handle: object, what: string): string {
    const expression = expressionOf(handle);
    if (expression?.of === 'field' && expression.origin.of === 'resource' && expression.origin.composition === this) {
      return expression.origin.resource;
    }
    this.problem(`${what} takes resources of this composition, as add returns them`);
    return '';
  }

  private compose<M>(
    name: string,
    kind: Kind,
    body: object,
    options: AddOptions<M>,
    managed: boolean,
    request: boolean,
  ): Handle<M> {
    const self = this.refer({ of: 'resource', composition: this, resource: name }, kind.schema) as Handle<M>;
    const own = options.ready?.(self);
    const overruled = own && overruledProblem(checksOf(own), kind, managed || request);
    if (overruled !== undefined) this.problem(`${name}: ${overruled}`);
    const readiness = own ?? (request ? 'Ready' : readinessOf(kind, managed));
    this.parts.resources.push({
      name,
      kind,
      isManaged: managed,
      isRequest: request,
      body: withExternalName(body as Record<string, unknown>, options.externalName),
      readiness: this.checkedReadiness(name, kind, readiness),
      onDelete: options.onDelete,
      dependsOn: (options.dependsOn ?? []).map((other) => this.nameOf(other, `${name}: dependsOn`)),
      patches: options.patches ?? [],
    });
    return self;
  }

  private checkedReadiness(
    name: string,
    kind: Kind,
    readiness: Readiness | 'Ready' | undefined,
  ): ComposedResource['readiness'] {
    if (readiness === undefined) {
      this.problem(
        `${name}: nothing says when a ${kind.kind} is ready; pass ready, like ready: () => condition('Ready') or () => always`,
      );
      return 'Ready';
    }
    for (const check of readiness === 'Ready' ? [] : checksOf(readiness)) {
      const problem = readinessProblem(check, kind);
      if (problem !== undefined) this.problem(`${name}: ${problem}`);
    }
    return readiness;
  }
}

/** The description cannot go on, because nothing is known about what it refers to. */
export class UnknownKindError extends Error {}

function withExternalName(body: Record<string, unknown>, name: unknown): Record<string, unknown> {
  if (name === undefined) return body;
  const metadata = (body.metadata ?? {}) as { readonly annotations?: object };
  const annotations = { ...metadata.annotations, 'crossplane.io/external-name': name };
  return { ...body, metadata: { ...metadata, annotations } };
}
