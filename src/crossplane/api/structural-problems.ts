import { isRecord, show, suggestion } from '../../platform/rule';
import type { StructuralSchema } from './structural-schema';

/** Every keyword that a structural schema may have. */
const keywords: ReadonlySet<string> = new Set([
  'type',
  'format',
  'description',
  'title',
  'example',
  'nullable',
  'default',
  'enum',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'required',
  'properties',
  'additionalProperties',
  'items',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
  'x-kubernetes-int-or-string',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
  'x-kubernetes-validations',
]);

/** Keywords of JSON Schema that a CRD has no place for, with what to use instead. */
const instead: Readonly<Record<string, string>> = {
  $ref: 'write the schema out',
  const: 'use an enum of one value',
  uniqueItems: 'use x-kubernetes-list-type set',
  patternProperties: 'use additionalProperties',
  deprecated: 'use the option deprecated of the field',
  readOnly: 'put the field into the status',
};

/**
 * Why the API server would refuse a schema, or drop a part of it. XRDs are not checked when they are applied, so that
 * nobody would be told.
 */
export function structuralProblems(schema: StructuralSchema, path: string): string[] {
  if (!isRecord(schema)) return [`${path}: ${show(schema)} is no schema; write an object`];
  const problems = Object.keys(schema)
    .filter((keyword) => !keywords.has(keyword))
    .map((keyword) => `${path}: ${keyword} is no keyword of a CRD; ${adviceFor(keyword)}`);
  const { type, properties, additionalProperties, items } = schema as StructuralSchema;
  const isFree = schema['x-kubernetes-int-or-string'] || schema['x-kubernetes-preserve-unknown-fields'];
  if (type === undefined && !isFree) {
    problems.push(`${path}: has no type; every part of a CRD's schema needs one`);
  }
  if (properties !== undefined && additionalProperties !== undefined) {
    problems.push(`${path}: has properties and additionalProperties; a CRD takes one of the two`);
  }
  if (type === 'array' && items === undefined) problems.push(`${path}: has no items; a list in a CRD needs them`);
  return [
    ...problems,
    ...Object.entries(properties ?? {}).flatMap(([name, nested]) => structuralProblems(nested, `${path}.${name}`)),
    ...(items ? structuralProblems(items, `${path}[]`) : []),
    ...(isRecord(additionalProperties)
      ? structuralProblems(additionalProperties as StructuralSchema, `${path}[key]`)
      : []),
  ];
}

function adviceFor(keyword: string): string {
  const advice = Object.hasOwn(instead, keyword) ? instead[keyword] : undefined;
  return advice ?? `remove it${suggestion(keyword, [...keywords])}`;
}
