import { refuse } from '../../platform/golden-error';
import { show } from '../../platform/rule';
import { autoReady } from './auto-ready';
import { resourceNameAnnotation, setComposedMetadata } from './composed-metadata';
import { setCondition } from './conditions';
import { patchAndTransform } from './patch-and-transform';
import {
  type DesiredResource,
  environmentKey,
  type Observed,
  type PipelineState,
  type StepFunction,
} from './pipeline-state';
import { fromJson, isObject, toJson, type Value, type ValueObject } from './value';

/** A Kubernetes object as plain data. */
export interface PlainObject {
  readonly apiVersion: string;
  readonly kind: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test names the very field that it is about
  readonly [field: string]: any;
}

/** What a render knows beside the composition and the request. */
export interface RenderOptions {
  /**
   * The environment, as an earlier step such as function-environment-configs would leave it.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, unknown>>;
  /**
   * Values that the pipeline starts with, by their keys.
   * @default - none
   */
  readonly context?: Readonly<Record<string, unknown>>;
  /**
   * What is in the connection Secrets of observed resources, in plain text: resource name, then key.
   * `crossplane render` cannot be told this, Crossplane itself reads it.
   * @default - nothing
   */
  readonly connectionDetails?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What a step says beside what it makes. */
export interface RenderResult {
  readonly step: string;
  readonly severity: 'Warning';
  readonly message: string;
}

/** What a composition makes of a request, as `crossplane render` prints it. */
export interface Rendered {
  /** The request as the pipeline wants it: names, `status` and the condition `Ready`, and no `spec` of its own. */
  readonly composite: PlainObject;
  /** The composed resources, in the order of their names. */
  readonly resources: readonly PlainObject[];
  /** Names of composed resources that are not ready, sorted. */
  readonly unready: readonly string[];
  /** Whether the request is ready. */
  readonly ready: boolean;
  /** Warnings, in the order they came. */
  readonly results: readonly RenderResult[];
  /** What the last step left in the context. */
  readonly context: Readonly<Record<string, unknown>>;
  /** The request's connection details in plain text; with Crossplane v2 they are in a composed Secret too. */
  readonly connectionDetails: Readonly<Record<string, string>>;
}

const functions: Readonly<Record<string, StepFunction>> = {
  'function-patch-and-transform': patchAndTransform,
  'function-auto-ready': autoReady,
};

/**
 * Renders a composition in this process: the same result as `crossplane render` with function-patch-and-transform
 * v0.10.8 and function-auto-ready v0.7.0.
 *
 * @param composition a Composition, mode `Pipeline`
 * @param request the composite resource; as of Crossplane v2 when it has `spec.crossplane`
 * @param observed composed resources that are there, each with the annotation `crossplane.io/composition-resource-name`
 * @throws GoldenError for a step of another function, for a request of another kind, and for whatever a function calls
 * fatal
 */
export function renderComposition(
  composition: PlainObject,
  request: PlainObject,
  observed: readonly PlainObject[] = [],
  options: RenderOptions = {},
): Rendered {
  const name = `composition ${composition.metadata?.name ?? ''}`.trim();
  const steps = pipelineOf(composition, request, name);
  const seen = observe(request, observed, options, name);
  let state = start(options);
  const results: RenderResult[] = [];
  for (const { step, run, input } of steps) {
    try {
      state = run(input, seen, state);
    } catch (error) {
      refuse(`${name}, step ${step}`, (error as Error).message);
    }
    for (const message of state.warnings) results.push({ step, severity: 'Warning', message });
  }
  return result(seen, state, results, name);
}

interface Step {
  readonly step: string;
  readonly run: StepFunction;
  readonly input: unknown;
}

function pipelineOf(composition: PlainObject, request: PlainObject, place: string): Step[] {
  const { compositeTypeRef = {}, mode = 'Pipeline', pipeline = [] } = composition.spec ?? {};
  if (mode !== 'Pipeline') refuse(place, `mode ${show(mode)} cannot be rendered; write mode 'Pipeline'`);
  if (compositeTypeRef.kind !== request.kind || compositeTypeRef.apiVersion !== request.apiVersion) {
    const wanted = `${compositeTypeRef.apiVersion} ${compositeTypeRef.kind}`;
    refuse(
      place,
      `is for ${wanted}, not for a request of ${request.apiVersion} ${request.kind}; render it for ${wanted}`,
    );
  }
  return (pipeline as readonly Record<string, unknown>[]).map((entry) => {
    const step = String(entry.step);
    const called = (entry.functionRef as { readonly name?: string } | undefined)?.name ?? '';
    const run = Object.hasOwn(functions, called) ? functions[called] : undefined;
    if (run === undefined) {
      const known = Object.keys(functions).join(' and ');
      refuse(`${place}, step ${step}`, `function ${show(called)} cannot be run here; known are ${known}`);
    }
    return { step, run, input: entry.input };
  });
}

function observe(
  request: PlainObject,
  observed: readonly PlainObject[],
  { connectionDetails = {} }: RenderOptions,
  place: string,
): Observed {
  const resources = observed.map((object): [string, ValueObject] => {
    const name = object.metadata?.annotations?.[resourceNameAnnotation];
    if (typeof name !== 'string' || name === '') {
      const shown = `${object.kind} ${object.metadata?.name ?? ''}`.trim();
      refuse(place, `observed ${shown} has no annotation ${resourceNameAnnotation}; give it the name of its resource`);
    }
    return [name, fromJson(object) as ValueObject];
  });
  return {
    composite: fromJson(request) as ValueObject,
    resources: new Map(resources),
    connectionDetails: new Map(Object.entries(connectionDetails)),
  };
}

function start({ environment, context = {} }: RenderOptions): PipelineState {
  const given = environment === undefined ? context : { ...context, [environmentKey]: environment };
  return {
    composite: {},
    compositeReady: undefined,
    connectionDetails: {},
    resources: new Map(),
    context: fromJson(given) as ValueObject,
    warnings: [],
  };
}

function result(observed: Observed, state: PipelineState, results: readonly RenderResult[], place: string): Rendered {
  const names = [...state.resources.keys()].sort();
  const resources = names.map((name) => {
    const { resource } = state.resources.get(name) as DesiredResource;
    const composed = { ...resource };
    try {
      setComposedMetadata(composed, name, observed.composite, observed.resources.get(name));
    } catch (error) {
      refuse(place, `cannot render composed resource "${name}" metadata: ${(error as Error).message}`);
    }
    return toJson(composed) as PlainObject;
  });
  const unready = names.filter((name) => state.resources.get(name)?.ready !== true);
  const ready = state.compositeReady ?? unready.length === 0;
  return {
    composite: toJson(compositeOf(observed.composite, state, ready, unready)) as PlainObject,
    resources,
    unready,
    ready,
    results,
    context: toJson(state.context as Record<string, Value>) as Record<string, unknown>,
    connectionDetails: state.connectionDetails,
  };
}

/** The request with its name and namespace put back, and the condition that says whether it is ready. */
function compositeOf(
  request: ValueObject,
  state: PipelineState,
  ready: boolean,
  unready: readonly string[],
): ValueObject {
  const { apiVersion, kind, metadata } = request;
  const composite: ValueObject = { ...(fromJson(state.composite) as ValueObject), apiVersion, kind };
  const kept: ValueObject = isObject(composite.metadata) ? composite.metadata : {};
  for (const field of ['name', 'namespace']) {
    const value = isObject(metadata) ? metadata[field] : undefined;
    if (typeof value === 'string' && value !== '') kept[field] = value;
    else delete kept[field];
  }
  composite.metadata = kept;
  const message =
    state.compositeReady === undefined && !ready ? `Unready resources: ${firstNames(unready)}` : undefined;
  setCondition(
    composite,
    ready
      ? { type: 'Ready', status: 'True', reason: 'Available' }
      : { type: 'Ready', status: 'False', reason: 'Creating', message },
  );
  return composite;
}

/** At most three names, as Crossplane's condition lists them. */
function firstNames(names: readonly string[]): string {
  if (names.length > 3) return `${names.slice(0, 3).join(', ')}, and ${names.length - 3} more`;
  return names.length === 3 ? `${names.slice(0, 2).join(', ')}, and ${names[2]}` : names.join(', ');
}
