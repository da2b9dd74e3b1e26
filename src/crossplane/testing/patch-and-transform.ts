import { connectionSecret, extractConnectionDetails, supportsConnectionDetails } from './connection-details';
import { decodeInput } from './decode-input';
import { encodeJson } from './go-json';
import type { Patch, PatchAndTransformInput, ResourceTemplate } from './patch-and-transform-input';
import { applyComposedPatch, applyEnvironmentPatch, PatchTarget, patchType, writesComposed } from './patches';
import {
  type DesiredResource,
  environmentKey,
  type Observed,
  type PipelineState,
  type Readiness,
} from './pipeline-state';
import { isReady } from './readiness';
import { at, NotFoundError, within } from './render-error';
import { validateInput } from './validate-input';
import { fromJson, isObject, type ValueObject, withIntegers } from './value';

/** What templates read and write. */
interface Run {
  readonly observed: Observed;
  readonly composite: PatchTarget;
  readonly environment: PatchTarget;
  readonly resources: Map<string, DesiredResource>;
  readonly connectionDetails: Record<string, string>;
  readonly warnings: string[];
}

/** What function-patch-and-transform v0.10.8 does in one step. */
export function patchAndTransform(rawInput: unknown, observed: Observed, state: PipelineState): PipelineState {
  const input = decodeInput(rawInput);
  const problem = validateInput(input);
  if (problem !== undefined) throw new Error(`invalid Function input: ${problem.field}: ${problem.message}`);
  const templates = at('cannot resolve PatchSets', () => withPatchSets(input));

  const { apiVersion, kind, metadata } = observed.composite;
  const run: Run = {
    observed,
    composite: new PatchTarget({ ...(fromJson(state.composite) as ValueObject), apiVersion, kind }),
    environment: new PatchTarget(environmentOf(state)),
    resources: new Map(state.resources),
    connectionDetails: { ...state.connectionDetails },
    warnings: [],
  };
  patchEnvironment(run, input.environment?.patches ?? []);
  const skipped = templates.filter((template) => !compose(run, template)).length;

  const { composite, environment, resources, connectionDetails, warnings } = run;
  if (!supportsConnectionDetails(observed.composite) && Object.keys(connectionDetails).length > 0) {
    const secret = at('cannot compose connection secret', () =>
      connectionSecret(observed.composite, connectionDetails, input.writeConnectionSecretToRef),
    );
    const name = isObject(metadata) ? metadata.name : '';
    resources.set(`${name}-connection-secret`, { resource: secret, ready: true });
  }
  return {
    composite: fromJson(composite.object) as ValueObject,
    // Whatever an earlier step said of the request's readiness is forgotten.
    compositeReady: skipped > 0 ? false : undefined,
    connectionDetails,
    resources: new Map([...resources].map(([name, desired]) => [name, onTheWire(desired)])),
    context: { ...state.context, [environmentKey]: fromJson(environment.object) },
    warnings,
  };
}

function onTheWire({ resource, ready }: DesiredResource): DesiredResource {
  return { resource: fromJson(resource) as ValueObject, ready };
}

/** The environment that earlier steps left, given a kind when it has none: the function's decoder insists on one. */
function environmentOf({ context }: PipelineState): ValueObject {
  const present = context[environmentKey];
  const environment = isObject(present) ? (fromJson(present) as ValueObject) : {};
  return environment.apiVersion || environment.kind
    ? environment
    : { ...environment, apiVersion: 'internal.crossplane.io/v1alpha1', kind: 'Environment' };
}

/** The templates with the patches of the sets that they name in the place of the names. */
function withPatchSets({ patchSets = [], resources = [] }: PatchAndTransformInput): ResourceTemplate[] {
  const sets = new Map(patchSets.map(({ name, patches = [] }) => [name, patches]));
  if (patchSets.some(({ patches = [] }) => patches.some((patch) => patchType(patch) === 'PatchSet'))) {
    throw new Error('a patch in a PatchSet cannot be of type PatchSet');
  }
  return resources.map((template) => ({
    ...template,
    patches: template.patches?.flatMap((patch) => {
      if (patchType(patch) !== 'PatchSet') return [patch];
      const patches = sets.get(patch.patchSetName as string);
      if (patches === undefined) throw new Error(`cannot find PatchSet by name ${patch.patchSetName}`);
      return patches;
    }),
  }));
}

function patchEnvironment({ observed, composite, environment }: Run, patches: readonly Patch[]): void {
  for (const [index, patch] of patches.entries()) {
    try {
      applyEnvironmentPatch(patch, { observedComposite: observed.composite, composite, environment });
    } catch (error) {
      if (error instanceof NotFoundError && optional(patch)) continue;
      throw within(`cannot apply the "${patchType(patch)}" environment patch at index ${index}`, error);
    }
  }
}

function optional({ policy }: Patch): boolean {
  return (policy?.fromFieldPath ?? 'Optional') === 'Optional';
}

/** Makes one composed resource; false when it waits for the source of a `Required` patch. */
function compose(run: Run, template: ResourceTemplate): boolean {
  const { name, patches = [] } = template;
  const { observed, resources, composite, environment } = run;
  const composed = new PatchTarget(baseOf(run, template));
  const existing = observed.resources.get(name);
  let ready: Readiness;
  if (existing !== undefined) {
    ready = look(run, template, existing) || undefined;
  }
  const objects = {
    observedComposite: observed.composite,
    observedComposed: existing,
    composed,
    composite,
    environment,
  };
  for (const [index, patch] of patches.entries()) {
    try {
      applyComposedPatch(patch, objects);
    } catch (error) {
      const type = patchType(patch);
      if (!(error instanceof NotFoundError)) {
        throw within(`cannot render composed resource "${name}" "${type}" patch at index ${index}`, error);
      }
      if (optional(patch) || patch.policy?.fromFieldPath !== 'Required') continue;
      if (writesComposed(patch) && existing === undefined) {
        const reason = `"${type}" patch at index ${index} has 'policy.fromFieldPath: Required'`;
        run.warnings.push(
          `not adding new composed resource "${name}" to desired state because ${reason}: ${error.message}`,
        );
        return false;
      }
      run.warnings.push(
        `cannot render composed resource "${name}" "${type}" patch at index ${index}: ` +
          `ignoring 'policy.fromFieldPath: Required' because 'to' resource already exists: ${error.message}`,
      );
    }
  }
  resources.set(name, { resource: composed.object, ready });
  return true;
}

/** The template's base, or what an earlier step made of this name. */
function baseOf({ resources }: Run, { name, base }: ResourceTemplate): ValueObject {
  if (base === undefined) {
    const earlier = resources.get(name);
    if (earlier === undefined) {
      throw new Error(
        `composed resource "${name}" has no base template, and was not produced by a previous Function in the pipeline`,
      );
    }
    return fromJson(earlier.resource) as ValueObject;
  }
  const content = withIntegers(base);
  if (!isObject(content) || typeof content.kind !== 'string' || content.kind === '') {
    const reason = `Object 'Kind' is missing in '${encodeJson(content)}'`;
    throw new Error(`cannot parse base template of composed resource "${name}": ${reason}`);
  }
  return content;
}

/** Reads connection details and readiness off a composed resource that is there. */
function look(
  { observed, connectionDetails, warnings }: Run,
  template: ResourceTemplate,
  existing: ValueObject,
): boolean {
  const { name, connectionDetails: details = [], readinessChecks = [] } = template;
  const secret = observed.connectionDetails.get(name) ?? {};
  Object.assign(connectionDetails, extractConnectionDetails(existing, secret, details));
  try {
    return isReady(existing, readinessChecks);
  } catch (error) {
    warnings.push(`cannot check readiness of composed resource "${name}": ${(error as Error).message}`);
    return false;
  }
}
