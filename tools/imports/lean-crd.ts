import type { Schema } from './json-schema';

/** A CustomResourceDefinition, as far as the generator looks into it. */
export interface Crd {
  apiVersion: string;
  kind: string;
  metadata: { name: string; [field: string]: unknown };
  spec: {
    group: string;
    names: { kind: string; plural: string; [field: string]: unknown };
    scope: string;
    versions: CrdVersion[];
    [field: string]: unknown;
  };
  status?: unknown;
}

/** One version of a CRD. */
export interface CrdVersion {
  name: string;
  served: boolean;
  storage: boolean;
  schema: { openAPIV3Schema: Schema };
  additionalPrinterColumns?: { description?: string; [field: string]: unknown }[];
  [field: string]: unknown;
}

/** The keywords of a schema that are prose for people and mean nothing to the API server. */
const prose = new Set(['description', 'title', 'example', 'externalDocs']);

/**
 * A CRD without prose, without versions that nobody can use and without status: what a server needs to serve it.
 *
 * The storage version stays even when it is not served, because a CRD without one is refused.
 */
export function leanCrd(crd: Crd): Crd {
  const { apiVersion, kind, metadata, spec } = crd;
  const versions = spec.versions
    .filter((version) => version.served || version.storage)
    .map((version) => ({
      ...version,
      ...(version.additionalPrinterColumns && {
        additionalPrinterColumns: version.additionalPrinterColumns.map(({ description: _, ...column }) => column),
      }),
      schema: { openAPIV3Schema: withoutProse(version.schema.openAPIV3Schema) },
    }));
  return { apiVersion, kind, metadata, spec: { ...spec, versions } };
}

/** A schema without its prose keywords; a property that happens to be named like one stays. */
export function withoutProse(schema: Schema): Schema {
  const lean: Schema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (prose.has(keyword)) continue;
    lean[keyword] = subschemas(keyword, value, withoutProse) ?? value;
  }
  return lean;
}

/** The value of a keyword with each schema inside it mapped, or undefined when the keyword holds no schema. */
export function subschemas(keyword: string, value: unknown, map: (schema: Schema) => Schema): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  switch (keyword) {
    case 'properties':
      return Object.fromEntries(Object.entries(value).map(([name, property]) => [name, map(property)]));
    case 'items':
    case 'additionalProperties':
    case 'not':
      return map(value as Schema);
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
      return (value as Schema[]).map(map);
    default:
      return undefined;
  }
}
