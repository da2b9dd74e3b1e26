import { compile, type JSONSchema } from 'json-schema-to-typescript';
import type { Schema } from './json-schema';

/** A TypeScript name that stands for a schema that is declared elsewhere. */
export interface NamedType {
  readonly tsType: string;
}

/** An object type to declare. Its fields hold primitives, literals, and other declarations by name. */
export interface Definition {
  readonly name: string;
  readonly schema: Schema;
}

/** How json-schema-to-typescript names the type it declares, before the real name takes its place. */
const placeholder = 'Declared';

/**
 * The TypeScript interfaces of definitions, in the order given.
 *
 * json-schema-to-typescript rewrites names (`v1beta1` becomes `V1Beta1`), so each type is declared under a placeholder.
 */
export async function definitionTypes(definitions: readonly Definition[]): Promise<string> {
  const texts: string[] = [];
  for (const { name, schema } of definitions) {
    const text = await compile(jsonSchema(schema), placeholder, {
      additionalProperties: false,
      bannerComment: '',
      // A list with a maximum is a list, not the union of all tuples up to that length.
      ignoreMinAndMaxItems: true,
      style: { singleQuote: true, printWidth: 120 },
    });
    texts.push(text.replace(`export interface ${placeholder} `, `export interface ${name} `).trimEnd());
  }
  return texts.join('\n\n');
}

/** A schema in the JSON Schema dialect that json-schema-to-typescript reads, with the keywords that shape a type. */
function jsonSchema(schema: Schema): JSONSchema {
  const named = (schema as Partial<NamedType>).tsType;
  if (named !== undefined) return { tsType: schema.nullable ? `(${named} | null)` : named };
  if (schema['x-kubernetes-int-or-string'])
    return { tsType: schema.nullable ? '(number | string | null)' : '(number | string)' };
  if (schema.enum) return { enum: schema.nullable ? [...schema.enum, null] : schema.enum } as JSONSchema;
  const type = schema.nullable && schema.type ? [schema.type, 'null'] : schema.type;
  const json: Record<string, unknown> = type === undefined ? {} : { type };
  if (schema.items) json.items = jsonSchema(schema.items);
  if (schema.properties) {
    json.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [name, jsonSchema(property)]),
    );
    const known = new Set(Object.keys(schema.properties));
    json.required = (schema.required ?? []).filter((name) => known.has(name));
  }
  const open = schema['x-kubernetes-preserve-unknown-fields'] || (schema.type === 'object' && !schema.properties);
  if (typeof schema.additionalProperties === 'object')
    json.additionalProperties = jsonSchema(schema.additionalProperties);
  else if (schema.type === 'object') json.additionalProperties = schema.additionalProperties ?? open ?? false;
  return json as JSONSchema;
}
