import { byCodeUnit, type Schema, sorted } from './json-schema';
import { enumSince } from './kubernetes-enum-history';
import { subschemas } from './lean-crd';

/** The definitions of one minor, by short name (`core.v1.PodSpec`). */
export type Definitions = Readonly<Record<string, Schema>>;

/** A kind of a minor. */
export interface DefinedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Short name of its definition. */
  readonly definition: string;
}

/** Types that the definitions name but whose JSON form they do not give, or give too loosely. */
const primitives: Readonly<Record<string, Schema>> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { format: 'quantity' },
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { 'x-kubernetes-int-or-string': true, format: 'int32' },
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': { type: 'string', format: 'date-time' },
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': { type: 'string', format: 'date-time' },
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  'io.k8s.apimachinery.pkg.runtime.RawExtension': { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
};

/** Definitions that stand for any JSON value: their schema is empty. */
const anyJson: Schema = { 'x-kubernetes-preserve-unknown-fields': true };

/** `io.k8s.api.core.v1.PodSpec` as `core.v1.PodSpec`: the group's first word, the version, the name. */
export function shortName(name: string): string {
  return name.split('.').slice(-3).join('.');
}

/**
 * The definitions of a minor as validation needs them: no prose, references by short name, and what only a server's own
 * document says (enums, defaults of list keys) merged in where definition and field exist in that minor.
 *
 * That document is of one minor, so a member that is newer than the minor asked for is left out by
 * {@link enumSince}.
 */
export function minorDefinitions(published: Definitions, server: Definitions, minor: string): Definitions {
  const found: Record<string, Schema> = {};
  for (const [name, schema] of Object.entries(published)) {
    if (name in primitives || !schema.type) continue;
    const merged = withServerFields(lean(schema, published), server[name], shortName(name), minor);
    found[shortName(name)] = merged;
  }
  return sorted(found);
}

/** The kinds of a minor that a manifest can hold: those with metadata of their own. Alpha kinds are off everywhere. */
export function definedKinds(published: Definitions): DefinedKind[] {
  return Object.entries(published)
    .flatMap(([name, schema]) => {
      const kinds = schema['x-kubernetes-group-version-kind'] ?? [];
      const hasMetadata = schema.properties?.metadata?.$ref?.endsWith('.meta.v1.ObjectMeta');
      if (kinds.length !== 1 || !hasMetadata || kinds[0].version.includes('alpha')) return [];
      return [{ ...kinds[0], definition: shortName(name) }];
    })
    .sort((a, b) => byCodeUnit(a.definition, b.definition));
}

/** The short names that a definition reaches, itself included. */
export function reachable(roots: Iterable<string>, definitions: Definitions): Set<string> {
  const reached = new Set<string>();
  const queue = [...roots];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    queue.push(...references(definitions[name]));
  }
  return reached;
}

/** The short names that a schema refers to directly. */
export function references(schema: Schema): string[] {
  const names = schema.$ref === undefined ? [] : [schema.$ref];
  for (const [keyword, value] of Object.entries(schema)) {
    subschemas(keyword, value, (inner) => {
      names.push(...references(inner));
      return inner;
    });
  }
  return names;
}

/** A published schema with the keywords that validation reads; its only enums repeat the kind. */
function lean(schema: Schema, published: Definitions): Schema {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').slice(-1)[0];
    if (primitives[name]) return primitives[name];
    return published[name].type ? { $ref: shortName(name) } : anyJson;
  }
  const result: Schema = {};
  for (const keyword of ['type', 'format', 'required'] as const) {
    if (schema[keyword] !== undefined) result[keyword] = schema[keyword] as never;
  }
  for (const keyword of ['properties', 'items', 'additionalProperties'] as const) {
    const inner = subschemas(keyword, schema[keyword], (nested) => lean(nested, published));
    if (inner !== undefined) result[keyword] = inner as never;
  }
  return { ...result, ...listKeywords(schema) };
}

/** How a list is keyed; a list that is only patched by a key is applied by it too (SMD falls back to the patch keys). */
function listKeywords(schema: Schema): Schema {
  const type = schema['x-kubernetes-list-type'];
  const mergeKey = schema['x-kubernetes-patch-merge-key'];
  if (type === 'set') return { 'x-kubernetes-list-type': 'set' };
  if (type === 'map') {
    return { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': schema['x-kubernetes-list-map-keys'] };
  }
  if (type === undefined && mergeKey && schema['x-kubernetes-patch-strategy']?.includes('merge')) {
    return { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': [mergeKey] };
  }
  return {};
}

/** A definition with the enums and scalar defaults of the server's document on the fields that both know. */
function withServerFields(schema: Schema, server: Schema | undefined, name: string, minor: string): Schema {
  if (!schema.properties || !server?.properties) return schema;
  const properties: Record<string, Schema> = {};
  for (const [field, own] of Object.entries(schema.properties)) {
    const theirs = server.properties[field];
    const members = theirs?.enum ?? theirs?.items?.enum;
    const allowed = members && enumSince(members as string[], `${name}.${field}`, minor);
    properties[field] = {
      ...own,
      ...(allowed && !own.items && { enum: allowed }),
      ...(allowed && own.items && { items: { ...own.items, enum: allowed } }),
      ...(typeof theirs?.default === 'string' && theirs.default !== '' && { default: theirs.default }),
    };
  }
  return { ...schema, properties };
}
