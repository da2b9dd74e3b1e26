import { toYaml } from '../../gitops/yaml';
import { isRecord } from '../../platform/rule';
import type { Api } from './api';
import type { StructuralSchema } from './structural-schema';

/** One version in a {@link SchemaSnapshot}. */
export interface VersionSnapshot {
  readonly served: boolean;
  readonly referenceable: boolean;
  readonly deprecated: boolean;
  readonly spec: StructuralSchema;
  readonly status: StructuralSchema;
}

/** What users of an API rely on, as a file that is committed beside it: everything but words. */
export interface SchemaSnapshot {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly maxNameLength: number;
  readonly versions: Readonly<Record<string, VersionSnapshot>>;
  /** Keys of the connection contract. */
  readonly connection: readonly string[];
}

/** The snapshot of an API. */
export function schemaSnapshot(api: Api): SchemaSnapshot {
  const { group, kind, plural, scope, maxNameLength, versions, connection } = api;
  return {
    group,
    kind,
    plural,
    scope,
    maxNameLength,
    versions: Object.fromEntries(
      versions.map(({ name, served, referenceable, deprecated, schema }) => [
        name,
        {
          served,
          referenceable,
          deprecated: deprecated !== undefined,
          spec: withoutWords(schema.spec),
          status: withoutWords(schema.status),
        },
      ]),
    ),
    connection: Object.keys(connection).sort(),
  };
}

/** The text of a snapshot's file, YAML. */
export function snapshotText(snapshot: SchemaSnapshot): string {
  return toYaml(snapshot);
}

/** A schema without descriptions, in one order of keywords and fields. */
function withoutWords(schema: StructuralSchema): StructuralSchema {
  const sorted = Object.entries(schema)
    .filter(([keyword, value]) => keyword !== 'description' && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([keyword, value]) => [keyword, keywordWithoutWords(keyword, value)]);
  return Object.fromEntries(sorted);
}

function keywordWithoutWords(keyword: string, value: unknown): unknown {
  if (keyword === 'properties' && isRecord(value)) {
    const names = Object.keys(value).sort();
    return Object.fromEntries(names.map((name) => [name, withoutWords(value[name] as StructuralSchema)]));
  }
  if (keyword === 'required' && Array.isArray(value)) return [...value].sort();
  return (keyword === 'items' || keyword === 'additionalProperties') && isRecord(value)
    ? withoutWords(value as StructuralSchema)
    : value;
}
