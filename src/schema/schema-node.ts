import { type Format, formats } from './formats';
import type { Schema } from './schema';

/** The JSON types as bits, so that a schema's types are one number. */
export const jsonType = { object: 1, array: 2, string: 4, integer: 8, number: 16, boolean: 32 } as const;

/** Where a schema's references lead. */
export interface SchemaScope {
  /** The definition of a reference (`core.v1.PodSpec`). */
  readonly resolve: (ref: string) => SchemaNode;
  /** The schema of `metadata` in a whole object. */
  readonly objectMeta: () => Schema;
  /** Whether null is the same as absent, as for Kubernetes' own kinds, which the server decodes into Go structs. */
  readonly nullIsAbsent: boolean;
}

/**
 * A schema made ready for checking: keywords as fields, references and nested schemas resolved when they are first
 * needed. Checking one object so costs what the object has, not what the kind could have.
 */
export class SchemaNode {
  /** Allowed types, as bits of {@link jsonType}; 0 when any is. */
  readonly types: number;
  readonly schema: Schema;
  readonly nullIsAbsent: boolean;
  readonly format: Format | undefined;
  readonly pattern: RegExp | undefined;
  /** What the keys of a map must look like. */
  readonly keyFormat: Format | undefined;
  readonly required: readonly string[];
  readonly items: SchemaNode | undefined;
  /** The schema of fields that are not named, `true` when they are free, undefined when there are none. */
  readonly additional: SchemaNode | true | undefined;
  /** Whether a field that is not known is an error. */
  readonly closed: boolean;
  /** Schemas that constrain the same value; they never add fields. */
  readonly allOf: readonly SchemaNode[] | undefined;
  readonly anyOf: readonly SchemaNode[] | undefined;
  readonly oneOf: readonly SchemaNode[] | undefined;
  readonly not: SchemaNode | undefined;
  /** Whether the schema says nothing about a value beyond its types and its fields. */
  readonly isPlain: boolean;

  private readonly scope: SchemaScope;
  private readonly properties: Readonly<Record<string, Schema>>;
  private readonly fields = new Map<string, SchemaNode | undefined>();

  constructor(schema: Schema, scope: SchemaScope) {
    const intOrString = schema['x-kubernetes-int-or-string'] === true;
    const wholeObject = schema['x-kubernetes-embedded-resource'] === true;
    const node = (nested: Schema): SchemaNode => nodeOf(nested, scope);
    this.schema = schema;
    this.scope = scope;
    this.nullIsAbsent = scope.nullIsAbsent;
    this.types = intOrString ? jsonType.integer | jsonType.string : typeBits(schema.type);
    this.format = schema.format === undefined ? undefined : formats[schema.format];
    this.pattern = schema.pattern === undefined ? undefined : goPattern(schema.pattern);
    this.keyFormat = schema.propertyNames && formats[schema.propertyNames.format];
    this.properties = wholeObject ? objectFields(schema, scope) : (schema.properties ?? {});
    this.required = wholeObject
      ? [...new Set(['apiVersion', 'kind', ...(schema.required ?? [])])]
      : (schema.required ?? []);
    this.items = schema.items && node(schema.items);
    const { additionalProperties } = schema;
    const open = schema['x-kubernetes-preserve-unknown-fields'] === true || additionalProperties === true;
    this.additional = typeof additionalProperties === 'object' ? node(additionalProperties) : open || undefined;
    this.closed = this.additional === undefined && (schema.properties !== undefined || schema.type === 'object');
    // An int-or-string repeats its two types in anyOf (or allOf) when the CRD also carries a pattern; they are checked already.
    this.allOf = schema.allOf?.filter((branch) => !(intOrString && isIntOrStringBranch(branch.anyOf))).map(node);
    this.anyOf = intOrString && isIntOrStringBranch(schema.anyOf) ? undefined : schema.anyOf?.map(node);
    this.oneOf = schema.oneOf?.map(node);
    this.not = schema.not && node(schema.not);
    this.isPlain = !Object.keys(schema).some((keyword) => !plainKeywords.has(keyword));
  }

  /** The schema of a named field, or undefined when it is not named. */
  field(name: string): SchemaNode | undefined {
    let node = this.fields.get(name);
    if (node === undefined && Object.hasOwn(this.properties, name)) {
      node = nodeOf(this.properties[name], this.scope);
      this.fields.set(name, node);
    }
    return node;
  }

  /** The names of the fields that are named. */
  fieldNames(): string[] {
    return Object.keys(this.properties);
  }
}

/** Keywords that are checked while walking through the fields, without looking at the value otherwise. */
const plainKeywords = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'default',
  'nullable',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-map-type',
]);

/** The node of a schema; a reference is the node it leads to. */
export function nodeOf(schema: Schema, scope: SchemaScope): SchemaNode {
  return schema.$ref === undefined ? new SchemaNode(schema, scope) : scope.resolve(schema.$ref);
}

function typeBits(type: Schema['type']): number {
  if (type === undefined) return 0;
  return type === 'number' ? jsonType.number | jsonType.integer : jsonType[type];
}

/** The fields of an object that is whole in itself: what the schema names, and apiVersion, kind and metadata. */
function objectFields(schema: Schema, scope: SchemaScope): Readonly<Record<string, Schema>> {
  const { metadata, ...fields } = schema.properties ?? {};
  const objectMeta = scope.objectMeta();
  return {
    apiVersion: { type: 'string', minLength: 1 },
    kind: { type: 'string', minLength: 1 },
    ...fields,
    // A CRD may narrow the name; it cannot add fields to metadata.
    metadata: metadata?.properties ? { ...objectMeta, allOf: [metadata] } : objectMeta,
  };
}

function isIntOrStringBranch(branches: Schema['anyOf']): boolean {
  return branches?.length === 2 && branches[0].type === 'integer' && branches[1].type === 'string';
}

/**
 * A pattern of Go's regular expressions, or undefined when JavaScript has no equal: then the server is left to check it.
 */
export function goPattern(pattern: string): RegExp | undefined {
  // Go sets flags inside the pattern, JavaScript beside it; flags further in than the start have no equal.
  const flags = /^(\^?)\(\?([is]+)\)/.exec(pattern);
  const body = flags ? flags[1] + pattern.slice(flags[0].length) : pattern;
  for (const mode of ['u', '']) {
    try {
      return new RegExp(body, (flags?.[2] ?? '') + mode);
    } catch {
      // Unicode mode refuses escapes that Go allows, such as "\_"; the second try is without it.
    }
  }
  return undefined;
}
