import type { Composition } from '../../src/crossplane/composition/composition';
import { observe, type PlainObject, type Rendered, renderComposition } from '../../src/crossplane/testing';
import { violations } from '../../src/platform/rule';
import type { SteppedRender } from '../conformance/crossplane/stepped-render';
import { requestOf } from './request-of';

/** What a request comes to in its last step. */
export function finished({ composition, request, steps }: SteppedRender): Rendered {
  return steps.reduce<Rendered>(
    (before, { statuses }) => renderComposition(composition, request, observe(before, statuses)),
    { resources: [] as readonly PlainObject[] } as Rendered,
  );
}

/** The case of a name; a test names the part that tells it from others. */
export function caseOf(cases: readonly SteppedRender[], name: string): SteppedRender {
  const found = cases.find((one) => one.name.endsWith(`, ${name}`));
  if (!found) throw new Error(`no case ${name}; there are ${cases.map((one) => one.name).join(', ')}`);
  return found;
}

/** A composed resource by its name in the composition. */
export function resourceOf({ resources }: Rendered, name: string): PlainObject {
  const found = resources.find(({ metadata }) => nameOf(metadata) === name);
  if (!found) throw new Error(`no ${name}; there are ${resources.map((one) => nameOf(one.metadata)).join(', ')}`);
  return found;
}

function nameOf(metadata: { readonly annotations: Readonly<Record<string, string>> }): string {
  return metadata.annotations['crossplane.io/composition-resource-name'];
}

/** What is made of a request at first, by the names in the composition. */
export function composedOf(made: Composition, spec: object, place: { name?: string; namespace?: string } = {}) {
  const request = requestOf(made, spec, place.name);
  const namespace = place.namespace ?? request.metadata.namespace;
  const result = renderComposition(made.manifest, { ...request, metadata: { ...request.metadata, namespace } });
  return (name: string) => resourceOf(result, name);
}

/** What a backend has against a request. */
export function refusals(made: Composition, spec: object, name = 'orders-db'): string[] {
  const { spec: full } = requestOf(made, spec, name);
  return violations({ name, namespace: 'orders-production', spec: full as never }, made.rules);
}
