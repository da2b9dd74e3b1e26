import { getValue } from './fields';
import { encodeJson } from './go-json';
import type { ConnectionDetail, ConnectionSecretRef } from './patch-and-transform-input';
import { applyPatch, PatchTarget, patchType } from './patches';
import { at } from './render-error';
import { isObject, type ValueObject } from './value';

/**
 * The connection details that a composed resource gives. A key of its Secret and a field that are not there give none,
 * without a word.
 */
export function extractConnectionDetails(
  resource: ValueObject,
  secret: Readonly<Record<string, string>>,
  details: readonly ConnectionDetail[],
): Record<string, string> {
  const extracted: Record<string, string> = {};
  for (const { name, type, value, fromConnectionSecretKey, fromFieldPath } of details) {
    const found =
      type === 'FromValue'
        ? value
        : type === 'FromConnectionSecretKey'
          ? secret[fromConnectionSecretKey as string]
          : fieldAsText(resource, fromFieldPath as string);
    if (found !== undefined) extracted[name] = found;
  }
  return extracted;
}

/** A string as it is, anything else as JSON. */
function fieldAsText(resource: ValueObject, path: string): string | undefined {
  try {
    const value = getValue(resource, path);
    return typeof value === 'string' ? value : encodeJson(value);
  } catch {
    return undefined;
  }
}

/** Whether Crossplane itself writes the request's connection Secret: only a request of Crossplane v1, by what it looks like. */
export function supportsConnectionDetails(composite: ValueObject): boolean {
  const { spec } = composite;
  return !(isObject(spec) && Object.hasOwn(spec, 'crossplane'));
}

/**
 * The Secret that is composed for the connection details. Its name comes from the request's
 * `spec.writeConnectionSecretToRef`, else from the step's input, else it is `<request>-connection`.
 *
 * @throws Error for a patch of its name or namespace that cannot be applied
 */
export function connectionSecret(
  composite: ValueObject,
  details: Readonly<Record<string, string>>,
  input: ConnectionSecretRef | undefined,
): ValueObject {
  const { name, namespace } = at('cannot generate connection secret reference', () => secretRef(composite, input));
  const data = Object.entries(details).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { ...(name && { name }), ...(namespace && { namespace }) },
    data: Object.fromEntries(data),
    type: 'connection.crossplane.io/v1alpha1',
  };
}

interface SecretRef {
  readonly name: string;
  readonly namespace: string;
}

function secretRef(composite: ValueObject, input: ConnectionSecretRef | undefined): SecretRef {
  const base = baseRef(composite, input);
  if (!input?.patches?.length) return base;
  const target = new PatchTarget({ apiVersion: 'v1', kind: 'SecretReference', ...base });
  for (const [index, patch] of input.patches.entries()) {
    const type = patchType(patch);
    if (type !== 'FromCompositeFieldPath' && type !== 'CombineFromComposite') {
      throw new Error(`cannot apply connection secret patches: unsupported patch type ${type} at index ${index}`);
    }
    try {
      applyPatch(patch, composite, target);
    } catch (error) {
      // Whatever went wrong with an optional copy is passed over, not only a missing source.
      if (type === 'FromCompositeFieldPath' && patch.policy?.fromFieldPath !== 'Required') continue;
      throw new Error(
        `cannot apply connection secret patches: cannot apply patch type ${type} at index ${index}: ${(error as Error).message}`,
      );
    }
  }
  const { name, namespace } = target.object;
  return {
    name: typeof name === 'string' ? name : base.name,
    namespace: typeof namespace === 'string' ? namespace : base.namespace,
  };
}

function baseRef({ spec, metadata }: ValueObject, input: ConnectionSecretRef | undefined): SecretRef {
  const own = isObject(spec) ? spec.writeConnectionSecretToRef : undefined;
  if (isObject(own)) return { name: String(own.name ?? ''), namespace: String(own.namespace ?? '') };
  if (input?.name || input?.namespace) return { name: input.name ?? '', namespace: input.namespace ?? '' };
  const { name, namespace } = isObject(metadata) ? metadata : {};
  return { name: `${name ?? ''}-connection`, namespace: String(namespace ?? '') };
}
