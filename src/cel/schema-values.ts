import type { Environment } from '@marcbachmann/cel-js';
import { celValue } from './cel-value';
import { celEquals } from './functions/collections';

/** The parts of a structural schema that decide how CEL sees a value. */
export interface CelSchema {
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, CelSchema>>;
  readonly additionalProperties?: CelSchema | boolean;
  readonly items?: CelSchema;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
}

/** How values of a schema are declared and converted. */
export interface SchemaValue {
  /** Name of the type. */
  readonly type: string;
  /** Plain data as a value of that type. */
  readonly convert: (value: unknown) => unknown;
}

/**
 * Declares a schema as CEL types, the way an API server does for the rules of a CRD: `number` is a double even when it is whole, objects with
 * properties are types of their own, and a field that the schema has not is an error when the expression is compiled.
 *
 * @param name name of the type; those of its parts begin with it
 */
export function schemaValue(env: Environment, name: string, schema: CelSchema): SchemaValue {
  if (schema['x-kubernetes-int-or-string']) return { type: 'dyn', convert: celValue };
  switch (schema.type) {
    case 'integer':
      return { type: 'int', convert: (value) => (typeof value === 'number' ? BigInt(Math.trunc(value)) : value) };
    case 'number':
      return { type: 'double', convert: (value) => value };
    case 'boolean':
      return { type: 'bool', convert: (value) => value };
    case 'string':
      return textValue(schema.format);
    case 'array':
      return listValue(env, name, schema);
    case 'object':
      return schema.properties ? objectValue(env, name, schema.properties) : mapValue(env, name, schema);
    default:
      return { type: 'dyn', convert: celValue };
  }
}

function textValue(format: string | undefined): SchemaValue {
  if (format === 'date-time' || format === 'date') {
    return { type: 'google.protobuf.Timestamp', convert: (value) => new Date(String(value)) };
  }
  if (format === 'byte') {
    return { type: 'bytes', convert: (value) => new Uint8Array(Buffer.from(String(value), 'base64')) };
  }
  return { type: 'string', convert: (value) => value };
}

function listValue(env: Environment, name: string, schema: CelSchema): SchemaValue {
  const item = schemaValue(env, `${name}.item`, schema.items ?? {});
  const convert = (value: unknown) => (Array.isArray(value) ? value.map(item.convert) : value);
  return { type: `list<${item.type}>`, convert };
}

function mapValue(env: Environment, name: string, schema: CelSchema): SchemaValue {
  if (typeof schema.additionalProperties !== 'object') return { type: 'dyn', convert: celValue };
  const item = schemaValue(env, `${name}.value`, schema.additionalProperties);
  const convert = (value: unknown) =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, field]) => [key, item.convert(field)]))
      : value;
  return { type: `map<string, ${item.type}>`, convert };
}

function objectValue(env: Environment, name: string, properties: Readonly<Record<string, CelSchema>>): SchemaValue {
  const fields = Object.entries(properties).map(([key, schema]) => ({
    key,
    name: fieldName(key),
    ...schemaValue(env, `${name}.${fieldName(key)}`, schema),
  }));
  const Type = { [name]: class {} }[name];
  env.registerType(name, { ctor: Type, fields: Object.fromEntries(fields.map((field) => [field.name, field.type])) });
  env.registerOperator(`${name} == ${name}`, celEquals);
  const convert = (value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const object = new Type() as Record<string, unknown>;
    for (const field of fields) {
      const given = (value as Record<string, unknown>)[field.key];
      if (given !== undefined && given !== null) object[field.name] = field.convert(given);
    }
    return object;
  };
  return { type: name, convert };
}

/** Words of the language, which a field of that name is escaped from. */
const reserved = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/** A property's name as expressions write it: `my-field` is `my__dash__field`. */
export function fieldName(property: string): string {
  if (reserved.has(property)) return `__${property}__`;
  return property
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__');
}
