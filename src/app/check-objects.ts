import type { ApiObject, JsonPatch } from 'cdk8s';
import { TypedObject } from '../../imports/typed-object';
import type { Problem } from '../platform/golden-error';
import type { PlainObject } from '../platform/placed-object';
import type { KindRegistry } from '../schema/kind-registry';
import { kindOf, minorsServing } from '../schema/kinds';
import { validate } from '../schema/validate';
import { pathText } from '../schema/violation';
import { groupOf } from './place-objects';
import type { RenderedObject } from './render';

/** What was found in the objects of a render. */
export interface Findings {
  /** What stands in the way: nothing is written. */
  readonly problems: readonly Problem[];
  /** What is reported and let through. */
  readonly warnings: readonly Problem[];
}

/**
 * Checks each object against the schema of its kind on the cluster that it is for, and that no object is there twice.
 *
 * An object of a kind that has no namespace loses the one that its chart handed it.
 */
export function checkObjects(objects: readonly RenderedObject[], registry: KindRegistry): Findings {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const seen = new Map<string, RenderedObject>();
  for (const rendered of objects) {
    checkObject(rendered, registry, problems, warnings);
    const twin = seen.get(identity(rendered));
    if (twin) {
      const { kind, metadata } = rendered.object;
      const message = `${kind} ${JSON.stringify(metadata.name)} is there already, made by ${twin.path}; rename one of them`;
      problems.push({ path: rendered.path, message });
    } else seen.set(identity(rendered), rendered);
  }
  return { problems, warnings };
}

/** What makes an object the same one to an API server: its version is no part of it. */
function identity({ object, environment }: RenderedObject): string {
  const { name, namespace = '' } = object.metadata;
  return `${environment.name} ${environment.cluster} ${groupOf(object)} ${object.kind} ${namespace} ${name}`;
}

function checkObject(rendered: RenderedObject, registry: KindRegistry, problems: Problem[], warnings: Problem[]): void {
  const { object, construct, path, environment } = rendered;
  const kind = kindOf(object.apiVersion, object.kind, environment.kubernetes, registry);
  if (!kind) {
    const unknown = unknownKind(object, rendered, registry);
    (unknown.known ? problems : warnings).push({ path, message: unknown.message });
    return;
  }
  if (!kind.namespaced) dropChartNamespace(rendered);
  const violations = validate(object, kind);
  if (violations.length === 0) return;
  const patched = patchedFields(construct);
  for (const { path: field, problem, keyword } of violations) {
    const message = `${object.kind} ${JSON.stringify(object.metadata?.name ?? '')}: ${field} ${problem}`;
    const meant =
      keyword === 'unknown-field' &&
      patched.some((p) => field === p || field.startsWith(`${p}.`) || field.startsWith(`${p}[`));
    (meant ? warnings : problems).push({ path, message });
  }
}

function unknownKind(object: PlainObject, { environment }: RenderedObject, registry: KindRegistry) {
  const what = `${object.apiVersion} ${object.kind}`;
  const minors = minorsServing(object.apiVersion, object.kind, registry);
  if (minors.length > 0) {
    const message = `${what} is served by Kubernetes ${minors.join(', ')}; the cluster ${environment.cluster} runs ${environment.kubernetes}`;
    return { known: true, message };
  }
  // A group without a dot is Kubernetes' own, and all of its kinds are known.
  const known = !groupOf(object).includes('.') || groupOf(object).endsWith('.k8s.io');
  return known
    ? { known, message: `${what} is no kind that Kubernetes has; check apiVersion and kind` }
    : { known, message: `${what} was not checked: its schema is unknown; add its CRD to the platform's crds` };
}

function dropChartNamespace({ object, construct, environment }: RenderedObject): void {
  if (TypedObject.isTypedObject(construct) || object.metadata.namespace !== environment.namespace) return;
  delete (object.metadata as { namespace?: string }).namespace;
}

/** Fields that were patched on purpose, as a violation names them. */
function patchedFields(construct: ApiObject): string[] {
  if (TypedObject.isTypedObject(construct) && construct.patchedFields.length > 0) {
    return construct.patchedFields.map((path) => pathText(path));
  }
  // cdk8s keeps its JSON patches to itself; only their paths are read.
  const { patches = [] } = construct as unknown as { patches?: readonly JsonPatch[] };
  return patches.map((patch) => {
    const pointer = (patch as unknown as { operation: { path: string } }).operation.path;
    const steps = pointer
      .slice(1)
      .split('/')
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    return pathText(steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step)));
  });
}
