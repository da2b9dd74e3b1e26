import type { Api } from '../../../src/crossplane/api/api';
import type { Reported } from '../../../src/crossplane/composition/builder-types';
import { type Composition, composition } from '../../../src/crossplane/composition/composition';
import type { CompositionBuilder } from '../../../src/crossplane/composition/composition-builder';
import type { CompositionProps } from '../../../src/crossplane/composition/composition-props';
import type { ComposedTemplate, Patch, Resources } from '../../../src/crossplane/composition/patch-and-transform';
import { refusals } from '../../platform/refusals';
import { silent } from './test-apis';

type SilentBuilder =
  typeof silent extends Api<infer Spec, infer Status, infer Key> ? CompositionBuilder<Spec, Status, Key> : never;

/** A composition of the API that promises nothing. */
export function build(describe: (c: SilentBuilder) => unknown, props: Partial<CompositionProps> = {}): Composition {
  return composition(silent, { name: 'made', ...props }, (c) => (describe(c) as Reported | undefined) ?? c.report({}));
}

/** What is wrong with a composition, in the order it was found. */
export const problemsOf = (describe: (c: SilentBuilder) => unknown, props: Partial<CompositionProps> = {}) =>
  refusals(() => build(describe, props));

/** The input of a step of function-patch-and-transform, the first by default. */
export function inputOf(made: Composition, step = 'resources'): Resources {
  return made.manifest.spec.pipeline.find((one) => one.step === step)?.input as unknown as Resources;
}

/** A composed resource as the function is told of it. */
export function templateOf(made: Composition, name: string): ComposedTemplate {
  return inputOf(made).resources.find((one) => one.name === name) as ComposedTemplate;
}

/** The patches into a field of a resource. */
export function patchOf(made: Composition, name: string, toFieldPath: string): Patch | undefined {
  return templateOf(made, name).patches?.find((patch) => patch.toFieldPath === toFieldPath);
}
