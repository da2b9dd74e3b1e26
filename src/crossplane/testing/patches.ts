import { expandWildcards, getValue, mergeValue } from './fields';
import { sprintf } from './go-format';
import { encodeJson } from './go-json';
import type { MergeOptions } from './merge';
import type { Combine, Patch, PatchType } from './patch-and-transform-input';
import { at } from './render-error';
import { transform } from './transforms';
import { type Value, type ValueObject, withIntegers } from './value';

/** An object that patches write to. Once written, all of it has been through Kubernetes' decoder: whole numbers are int64. */
export class PatchTarget {
  private decoded = false;

  constructor(private content: ValueObject) {}

  get object(): ValueObject {
    return this.content;
  }

  write(change: (object: ValueObject) => void): void {
    change(this.content);
    const { kind } = this.content;
    if (typeof kind !== 'string' || kind === '')
      throw new Error(`Object 'Kind' is missing in '${encodeJson(this.content)}'`);
    if (!this.decoded) this.content = withIntegers(this.content) as ValueObject;
    this.decoded = true;
  }
}

/** The objects that patches of a composed resource go between. */
export interface PatchObjects {
  /** The request that is there. */
  readonly observedComposite: ValueObject;
  readonly composite: PatchTarget;
  /** The composed resource that is there, when it is. */
  readonly observedComposed: ValueObject | undefined;
  readonly composed: PatchTarget;
  readonly environment: PatchTarget;
}

/** A patch's type, `FromCompositeFieldPath` when it says none. */
export function patchType(patch: Patch): PatchType {
  return patch.type || 'FromCompositeFieldPath';
}

/** Whether a patch writes to a composed resource. */
export function writesComposed(patch: Patch): boolean {
  return [
    'FromCompositeFieldPath',
    'CombineFromComposite',
    'FromEnvironmentFieldPath',
    'CombineFromEnvironment',
  ].includes(patchType(patch));
}

/**
 * Applies a patch of a composed resource: always from what is there to what should be. One that reads a composed resource
 * that is not there yet does nothing.
 *
 * @throws NotFoundError when its source is not there
 * @throws Error for what the function calls fatal
 */
export function applyComposedPatch(patch: Patch, objects: PatchObjects): void {
  const { observedComposite, composite, observedComposed, composed, environment } = objects;
  switch (patchType(patch)) {
    case 'FromCompositeFieldPath':
    case 'CombineFromComposite':
      applyPatch(patch, observedComposite, composed);
      break;
    case 'FromEnvironmentFieldPath':
    case 'CombineFromEnvironment':
      applyPatch(patch, environment.object, composed);
      break;
    case 'ToCompositeFieldPath':
    case 'CombineToComposite':
      if (observedComposed !== undefined) applyPatch(patch, observedComposed, composite);
      break;
    case 'ToEnvironmentFieldPath':
    case 'CombineToEnvironment':
      if (observedComposed !== undefined) applyPatch(patch, observedComposed, environment);
      break;
    case 'PatchSet':
      // Its patches have taken its place.
      break;
  }
}

/** Applies a patch between the request and the environment. */
export function applyEnvironmentPatch(
  patch: Patch,
  { observedComposite, composite, environment }: Pick<PatchObjects, 'observedComposite' | 'composite' | 'environment'>,
): void {
  const type = patchType(patch);
  const toEnvironment = ['FromCompositeFieldPath', 'ToEnvironmentFieldPath', 'CombineFromComposite'].includes(type);
  if (toEnvironment) applyPatch(patch, observedComposite, environment);
  else applyPatch(patch, environment.object, composite);
}

/** Reads, transforms and writes one value. */
export function applyPatch(patch: Patch, from: ValueObject, to: PatchTarget): void {
  const path = patch.toFieldPath ?? patch.fromFieldPath ?? '';
  const combines = patchType(patch).startsWith('Combine');
  const input = combines ? combine(patch.combine as Combine, from) : getValue(from, patch.fromFieldPath as string);
  const output = transform(patch.transforms ?? [], input);
  // A combined value is merged as it is; one that was copied has been through Kubernetes' decoder.
  const value = combines ? output : decoded(output);
  const options = mergeOptions(patch);
  if (path.includes('[*]') && !combines) {
    writeMany(to, path, value, options);
  } else {
    at('cannot patch to object', () => to.write((object) => mergeValue(object, path, value, options)));
  }
}

function decoded(value: Value): Value {
  // What JSON cannot say is a number, and a list or an object that was read came from JSON.
  if (typeof value === 'number') at('cannot marshal value to JSON', () => encodeJson(value));
  return withIntegers(value);
}

function combine({ variables, string }: Combine, from: ValueObject): string {
  const values = variables.map(({ fromFieldPath }) => getValue(from, fromFieldPath));
  return sprintf(string?.fmt ?? '', values);
}

function writeMany(to: PatchTarget, path: string, value: Value, options: MergeOptions | undefined): void {
  const paths = expandWildcards(to.object, path);
  if (paths.length === 0) throw new Error(`cannot expand ToFieldPath ${path}`);
  to.write((object) => {
    for (const one of paths) mergeValue(object, one, value, options);
  });
}

function mergeOptions({ policy }: Patch): MergeOptions | undefined {
  switch (policy?.toFieldPath ?? 'Replace') {
    case 'Replace':
      return undefined;
    case 'MergeObject':
    case 'MergeObjects':
      return { keep: true, append: false };
    case 'MergeObjectsAppendArrays':
      return { keep: true, append: true };
    case 'ForceMergeObjects':
      return { keep: false, append: false };
    case 'AppendArray':
    case 'ForceMergeObjectsAppendArrays':
      return { keep: false, append: true };
    default:
      // Only a combine patch comes here: the others were validated.
      throw new Error(`invalid patch policy ${policy?.toFieldPath}`);
  }
}
