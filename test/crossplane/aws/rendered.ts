import { observe, type PlainObject, type Rendered, renderComposition } from '../../../src/crossplane/testing';
import type { SteppedRender } from '../../conformance/crossplane/stepped-render';

/** Renders a request up to one of its steps; the last by default. */
export function renderedAt(
  cases: readonly SteppedRender[],
  name: string,
  step = 2,
  connectionDetails: Record<string, Record<string, string>> = {},
): Rendered {
  const found = cases.find((one) => one.name.endsWith(`, ${name}`));
  if (!found) throw new Error(`no case ${name}`);
  return found.steps
    .slice(0, step + 1)
    .reduce<Rendered | undefined>(
      (before, { statuses }) =>
        renderComposition(
          found.composition as PlainObject,
          found.request as PlainObject,
          observe(before ?? { resources: [] }, statuses),
          { connectionDetails },
        ),
      undefined,
    ) as Rendered;
}

/** The composed resource of a name. */
export function composed({ resources }: Rendered, name: string): PlainObject {
  const key = 'crossplane.io/composition-resource-name';
  const found = resources.find(({ metadata }) => metadata.annotations[key] === name);
  if (!found) throw new Error(`no resource ${name}`);
  return found;
}
