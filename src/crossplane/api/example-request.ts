import { GoldenError } from '../../platform/golden-error';
import type { DefinedApi } from './defined-api';
import type { AnyField, Fields } from './field';

/** A request as a manifest. */
export interface RequestManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

/**
 * A request that the API takes: the spec that its author gave as example, or one made from the fields, with all that are
 * required and those that have an example of their own.
 *
 * @throws GoldenError when the fields give none that is valid; then the API needs an `example`.
 */
export function exampleRequest(api: DefinedApi): RequestManifest {
  const { apiVersion, kind, props } = api;
  const spec = (props.example ?? exampleOf(props.versions[api.referenceable.name].spec)) as Record<string, unknown>;
  const metadata = { name: 'example', ...(api.scope === 'Namespaced' && { namespace: 'default' }) };
  const request = { apiVersion, kind, metadata, spec };
  const problems = api.problems(request);
  if (problems.length > 0) {
    throw new GoldenError(
      problems.map(({ path, problem }) => ({
        path: `API ${kind}.${api.group}`,
        message: `its example is not valid: ${path} ${problem}; give the field or the API an example`,
      })),
    );
  }
  return request;
}

function exampleOf(fields: Fields): Record<string, unknown> {
  const shown = Object.entries(fields).filter(
    ([, { presence, parts }]) =>
      parts.options.example !== undefined || (presence === 'required' && parts.options.deprecated === undefined),
  );
  return Object.fromEntries(shown.map(([name, field]) => [name, exampleValue(field)]));
}

function exampleValue({ parts }: AnyField): unknown {
  const { keywords, options, items, values, fields } = parts;
  if (options.example !== undefined) return options.example;
  if (keywords.default !== undefined) return keywords.default;
  if (keywords.enum) return keywords.enum[0];
  switch (keywords.type) {
    case 'integer':
    case 'number':
      return keywords.minimum ?? Math.min(1, keywords.maximum ?? 1);
    case 'boolean':
      return true;
    case 'array':
      return items && (keywords.minItems ?? 0) > 0 ? [exampleValue(items)] : [];
    case 'object':
      if (fields) return exampleOf(fields);
      return values && (keywords.minProperties ?? 0) > 0 ? { key: exampleValue(values) } : {};
    default:
      return 'x'.repeat(Math.max(1, keywords.minLength ?? 1));
  }
}
