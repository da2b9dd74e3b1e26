import type { Definition } from './definition-types';
import { byCodeUnit, type Schema } from './json-schema';

/** A kind whose schema becomes types. */
export interface KindSchema {
  readonly kind: string;
  readonly apiVersion: string;
  readonly schema: Schema;
}

/** An object type that occurs in the schemas of a group, once however often it is repeated. */
interface Shape {
  /** The path of the first place where it occurs: the shortest, then the first in code-unit order. */
  path: string;
  readonly schema: Schema;
}

/**
 * The object types of the kinds of one API group, each named by the path of its first occurrence: `spec.provider.aws` of
 * a SecretStore is `SecretStoreSpecProviderAws`. Objects of the same fields share one type, so the pod templates and
 * generators that a CRD repeats are declared once.
 *
 * The type of a kind itself is named as the kind.
 */
export function crdTypes(kinds: readonly KindSchema[]): Definition[] {
  const shapes = new Map<string, Shape>();

  /** Enters every object type below a schema, and answers with the schema that names them by their key. */
  function enter(schema: Schema, path: string): Schema {
    if (isIntOrString(schema)) return { 'x-kubernetes-int-or-string': true, nullable: schema.nullable };
    if (schema['x-kubernetes-embedded-resource'] && !schema.properties)
      return { ...flat(schema), tsType: embeddedObject };
    if (schema.items) return { ...flat(schema), items: enter(schema.items, path) };
    if (typeof schema.additionalProperties === 'object') {
      return { ...flat(schema), additionalProperties: enter(schema.additionalProperties, path) };
    }
    if (!schema.properties) return flat(schema);

    const properties: Record<string, Schema> = {};
    for (const [name, property] of Object.entries(schema.properties)) {
      properties[name] = enter(property, path + pascal(name));
    }
    const shape: Schema = { ...flat(schema), nullable: undefined, properties, required: schema.required };
    const key = JSON.stringify(shape);
    const known = shapes.get(key);
    if (!known) shapes.set(key, { path, schema: shape });
    else if (comesBefore(path, known.path)) known.path = path;
    return { nullable: schema.nullable, tsType: key };
  }

  const roots = kinds.map(({ kind, apiVersion, schema }) => {
    const { apiVersion: _, kind: __, metadata: ___, ...fields } = schema.properties ?? {};
    const properties = Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, enter(field, kind + pascal(name))]),
    );
    return { kind, apiVersion, schema: { ...flat(schema), properties, required: schema.required } };
  });

  const names = nameShapes(shapes, new Set(kinds.flatMap(({ kind }) => [kind, `${kind}Props`, `${kind}Manifest`])));
  const resolve = (schema: Schema): Schema => withNames(schema, names);
  const nested = [...shapes].map(([key, { schema }]) => ({ name: names.get(key) as string, schema: resolve(schema) }));
  return [
    ...roots.map(({ kind, schema }) => ({ name: kind, schema: resolve(schema) })),
    ...nested.sort((a, b) => byCodeUnit(a.name, b.name)),
  ];
}

/** The type of a whole object inside another one, whose kind the schema leaves open. */
const embeddedObject = '{ apiVersion: string; kind: string; metadata?: ObjectMeta; [field: string]: unknown }';

/** Whether a schema is a number or a string: by the extension, or by the `anyOf` that comes with it. */
function isIntOrString(schema: Schema): boolean {
  if (schema['x-kubernetes-int-or-string']) return true;
  const types = (schema.type === undefined ? (schema.anyOf ?? []) : []).map(({ type }) => type);
  return types.length === 2 && types.includes('integer') && types.includes('string');
}

/** The keywords of a schema that decide its type and hold no other schema. */
function flat(schema: Schema): Schema {
  const { type, nullable, enum: literals } = schema;
  const open = schema['x-kubernetes-preserve-unknown-fields'] || schema.additionalProperties === true;
  return { type, nullable, enum: literals, 'x-kubernetes-preserve-unknown-fields': open || undefined };
}

/** The unique names of shapes; paths that read the same get a number, in the order of the paths. */
function nameShapes(shapes: ReadonlyMap<string, Shape>, taken: Set<string>): Map<string, string> {
  const names = new Map<string, string>();
  for (const [key, { path }] of [...shapes].sort(([a, x], [b, y]) => byCodeUnit(x.path, y.path) || byCodeUnit(a, b))) {
    let name = path;
    for (let n = 2; taken.has(name); n++) name = `${path}${n}`;
    taken.add(name);
    names.set(key, name);
  }
  return names;
}

/** A schema with the keys of shapes replaced by their names. */
function withNames(schema: Schema, names: ReadonlyMap<string, string>): Schema {
  const tsType = schema.tsType as string | undefined;
  return {
    ...schema,
    ...(tsType !== undefined && { tsType: names.get(tsType) ?? tsType }),
    ...(schema.items && { items: withNames(schema.items, names) }),
    ...(typeof schema.additionalProperties === 'object' && {
      additionalProperties: withNames(schema.additionalProperties, names),
    }),
    ...(schema.properties && {
      properties: Object.fromEntries(Object.entries(schema.properties).map(([k, v]) => [k, withNames(v, names)])),
    }),
  };
}

function comesBefore(a: string, b: string): boolean {
  return a.length === b.length ? a < b : a.length < b.length;
}

/** A field's name as a part of a type's name: `$ref` is `Ref`, `dash-name` is `DashName`. */
function pascal(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}
