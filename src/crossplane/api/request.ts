import { Construct } from 'constructs';
import type { ObjectMeta } from '../../../imports/kubernetes';
import { type ObjectKind, TypedObject } from '../../../imports/typed-object';
import { GoldenError, type Problem, pathOf } from '../../platform/golden-error';
import { nameProblem } from '../../platform/names';
import { isRecord, show } from '../../platform/rule';
import type { Violation } from '../../schema/violation';
import type { Api } from './api';
import { useApi } from './api-registry';
import type { DefinedApi } from './defined-api';

/** How a request is fulfilled, and what it carries besides what it asks for. */
export interface RequestOptions {
  /**
   * Name of the request, when it is not the construct's id.
   * @default - the id of the construct
   */
  readonly name?: string;
  /**
   * Labels of the request.
   * @default - those of the environment
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the request.
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * The composition that fulfils it: its name, or labels that tell it from the others.
   * @default - the API's default composition
   */
  readonly composition?: string | { readonly matchLabels: Readonly<Record<string, string>> };
  /**
   * Whether it follows changes of its composition at once, or waits until its revision is moved.
   * @default - as the API says
   */
  readonly compositionUpdatePolicy?: 'Automatic' | 'Manual';
}

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
 * @typeParam Spec what the cluster holds, defaults filled in
 * @typeParam Key the keys of the connection contract
 */
// biome-ignore lint/suspicious/noExplicitAny: `ApiRequest` alone stands for a request to any API
export abstract class ApiRequest<Input = any, Spec = any, Status = any, Key extends string = string> extends Construct {
  /** The API that the request is made to. */
  readonly api: DefinedApi<Input, Spec, Status, Key>;
  /** Name of the request in the cluster. */
  readonly name: string;
  /** What is asked for, with the defaults that the cluster fills in. */
  readonly spec: Spec;
  /** The object that is rendered. */
  readonly request: RequestObject;

  /** @throws GoldenError with everything that the API server would refuse. */
  protected constructor(
    scope: Construct,
    id: string,
    api: DefinedApi<Input, Spec, Status, Key>,
    spec: Input,
    options: RequestOptions = {},
  ) {
    super(scope, id);
    this.api = api;
    this.name = options.name ?? id;
    useApi(this, api);
    const metadata: ObjectMeta = {
      name: this.name,
      ...(options.labels && { labels: { ...options.labels } }),
      ...(options.annotations && { annotations: { ...options.annotations } }),
    };
    const { apiVersion, kind } = api;
    const crossplane = crossplaneSpec(options);
    const object = { apiVersion, kind, metadata, spec: withCrossplane(spec, crossplane) };
    const problems = [...nameProblems(this.name, api), ...specProblems(spec), ...api.problems(object).map(inSpec)];
    if (problems.length > 0) throw new GoldenError(problems.map((message) => this.problem(message)));
    this.spec = api.withDefaults(spec);
    this.request = new RequestObject(
      this,
      'request',
      { apiVersion, kind, namespaced: api.scope === 'Namespaced' },
      { metadata, spec: object.spec },
    );
    // A patch may break what was right when the request was made; the check of all objects knows schemas only.
    this.node.addValidation({ validate: () => this.ruleProblemsAfterPatches() });
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

function crossplaneSpec({ composition, compositionUpdatePolicy }: RequestOptions): Record<string, unknown> | undefined {
  if (composition === undefined && compositionUpdatePolicy === undefined) return undefined;
  return {
    ...(typeof composition === 'string' && { compositionRef: { name: composition } }),
    ...(isRecord(composition) && { compositionSelector: { matchLabels: { ...composition.matchLabels } } }),
    ...(compositionUpdatePolicy && { compositionUpdatePolicy }),
  };
}

function withCrossplane(spec: unknown, crossplane: Record<string, unknown> | undefined): unknown {
  return crossplane && isRecord(spec) ? { ...spec, crossplane } : spec;
}

function nameProblems(name: string, { kind, maxNameLength }: Api): string[] {
  const problem = nameProblem(`name of the ${kind}`, name, maxNameLength);
  return problem === undefined ? [] : [problem];
}

/** `crossplane` belongs to the options, whose names are checked by the compiler. */
function specProblems(spec: unknown): string[] {
  return isRecord(spec) && spec.crossplane !== undefined
    ? [
        `crossplane ${show(spec.crossplane)} is no field of the request; use the options composition and compositionUpdatePolicy`,
      ]
    : [];
}

/** A violation as the author of a request reads it: fields as they were written, without `spec`. */
function inSpec({ path, problem, keyword }: Violation): string {
  const field = path.startsWith('spec.') ? path.slice(5) : path === 'spec' ? '' : path;
  return keyword === 'cel'
    ? [field, problem].filter((part) => part !== '').join(': ')
    : `${field || 'spec'} ${problem}`;
}
