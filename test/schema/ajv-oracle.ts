import Ajv, { type ValidateFunction } from 'ajv';
import { formats } from '../../src/schema/formats';
import { definition } from '../../src/schema/kubernetes-kinds';
import type { Schema } from '../../src/schema/schema';

/** Whether a whole object fits its schema, by an independent validator. */
export type Oracle = (object: unknown) => boolean;

/** A JSON Schema, for ajv. */
type JsonSchema = Record<string, unknown>;

/** How a schema of the API server is told to ajv. */
interface Dialect {
  /** Whether null is absent (Kubernetes' own kinds) or a value (CRDs). */
  readonly nullIsAbsent: boolean;
  readonly reference: (name: string) => JsonSchema;
}

/** An oracle for one of Kubernetes' own kinds in a minor. */
export function kubernetesOracle(name: string, minor: string): Oracle {
  const definitions: Record<string, JsonSchema> = {};
  const dialect = kubernetesDialect(definitions, minor);
  const check = compile({ ...dialect.reference(name), definitions }, false);
  return (object) => check(object);
}

/** An oracle for the objects of a CRD's schema. */
export function crdOracle(schema: Schema, minor: string): Oracle {
  const definitions: Record<string, JsonSchema> = {};
  const { reference } = kubernetesDialect(definitions, minor);
  const whole: Schema = { type: 'object', ...schema, 'x-kubernetes-embedded-resource': true };
  const check = compile({ ...jsonSchema(whole, { nullIsAbsent: false, reference }), definitions }, true);
  return (object) => {
    const defaulted = withoutDefaultedNulls(object, schema);
    // Two passes, since ajv looks at anyOf before it has set the defaults.
    check(defaulted);
    return check(defaulted);
  };
}

function kubernetesDialect(definitions: Record<string, JsonSchema>, minor: string): Dialect {
  const dialect: Dialect = {
    nullIsAbsent: true,
    reference(name) {
      if (!(name in definitions)) {
        definitions[name] = {};
        definitions[name] = jsonSchema(definition(name, minor), dialect);
      }
      return { $ref: `#/definitions/${name}` };
    },
  };
  return dialect;
}

/** A schema in JSON Schema's own words. */
function jsonSchema(schema: Schema, dialect: Dialect, isBranch = false): JsonSchema {
  if (schema.$ref !== undefined) return dialect.reference(schema.$ref);
  const nested = (inner: Schema): JsonSchema => jsonSchema(inner, dialect, isBranch);
  const branch = (inner: Schema): JsonSchema => jsonSchema(inner, dialect, true);
  const { exclusiveMinimum, exclusiveMaximum, minimum, maximum, ...rest } = schema;
  const json: JsonSchema = { ...rest };
  if (minimum !== undefined) json[exclusiveMinimum ? 'exclusiveMinimum' : 'minimum'] = minimum;
  if (maximum !== undefined) json[exclusiveMaximum ? 'exclusiveMaximum' : 'maximum'] = maximum;
  if (schema['x-kubernetes-int-or-string']) json.type = ['integer', 'string'];
  if (schema.format === 'quantity') json.type = ['number', 'string'];
  const whole = schema['x-kubernetes-embedded-resource'] === true;
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const isRequired = schema.required?.includes(name);
    return [name, isRequired ? nested(field) : orAbsent(nested(field), dialect)] as const;
  });
  if (schema.properties || whole) {
    const text = { type: 'string', minLength: 1 };
    json.properties = {
      ...(whole && { apiVersion: text, kind: text }),
      ...Object.fromEntries(fields),
      ...(whole && { metadata: dialect.reference('meta.v1.ObjectMeta') }),
    };
  }
  if (whole) json.required = [...new Set(['apiVersion', 'kind', ...(schema.required ?? [])])];
  const open = schema['x-kubernetes-preserve-unknown-fields'] || schema.additionalProperties === true;
  if (typeof schema.additionalProperties === 'object') {
    json.additionalProperties = orAbsent(nested(schema.additionalProperties), dialect);
  } else if (!isBranch && !open && (schema.properties || schema.type === 'object')) json.additionalProperties = false;
  if (schema.items) json.items = nested(schema.items);
  for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
    if (schema[keyword]) json[keyword] = schema[keyword].map(branch);
  }
  if (schema.not) json.not = branch(schema.not);
  if (schema.nullable) return { anyOf: [{ type: 'null' }, json] };
  if (schema.format && !(schema.format in formats)) delete json.format;
  return json;
}

/** A schema that null fits too, where null says that the field is absent. */
function orAbsent(schema: JsonSchema, { nullIsAbsent }: Dialect): JsonSchema {
  return nullIsAbsent ? { default: schema.default, anyOf: [{ type: 'null' }, schema] } : schema;
}

function compile(schema: JsonSchema, useDefaults: boolean): ValidateFunction {
  const ajv = new Ajv({ allErrors: true, strict: false, useDefaults, unicodeRegExp: false, logger: false });
  for (const [name, { of, accepts }] of Object.entries(formats)) {
    const check = accepts as (value: unknown) => boolean;
    if (of !== 'number') ajv.addFormat(name, { type: 'string', validate: check });
    else ajv.addFormat(name, { type: 'number', validate: check });
  }
  const definitions = schema.definitions as Record<string, JsonSchema>;
  ajv.addKeyword({
    keyword: 'x-kubernetes-list-type',
    type: 'array',
    validate: (type: string, list: unknown[], parent: JsonSchema = {}) => isMergeable(type, list, parent, definitions),
  });
  return ajv.compile(schema);
}

/** Whether no two items of a list are the same one to the server: by value for a set, by keys for a map. */
function isMergeable(
  type: string,
  list: unknown[],
  parent: JsonSchema,
  definitions: Record<string, JsonSchema>,
): boolean {
  if (type === 'atomic') return true;
  const keys = (parent['x-kubernetes-list-map-keys'] ?? []) as string[];
  const { $ref, ...inline } = (parent.items ?? {}) as JsonSchema & { $ref?: string };
  const items: JsonSchema = $ref === undefined ? inline : definitions[$ref.replace('#/definitions/', '')];
  const fields = (items.properties ?? {}) as Record<string, { default?: unknown }>;
  const identities = list
    .filter((item) => type === 'set' || (typeof item === 'object' && item !== null && !Array.isArray(item)))
    .map((item) =>
      type === 'set'
        ? JSON.stringify(item)
        : JSON.stringify(keys.map((key) => (item as JsonSchema)[key] ?? fields[key]?.default ?? null)),
    );
  return new Set(identities).size === identities.length;
}

/** A copy without the nulls that the server replaces by the field's default. */
function withoutDefaultedNulls(value: unknown, schema: Schema): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutDefaultedNulls(item, schema.items ?? {}));
  if (typeof value !== 'object' || value === null) return value;
  const fieldOf = (name: string): Schema =>
    schema.properties?.[name] ?? ((schema.additionalProperties ?? {}) as Schema);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, field]) => field !== null || fieldOf(name).nullable || fieldOf(name).default === undefined)
      .map(([name, field]) => [name, withoutDefaultedNulls(field, fieldOf(name))]),
  );
}
