import { Re2Error, re2 } from '../../cel/re2';
import { show } from '../../platform/rule';
import { formats } from '../../schema/formats';
import type { StructuralSchema } from './structural-schema';

/** Limits that come in pairs. */
const ranges = [
  ['minimum', 'maximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
] as const;

/** What is wrong with the limits of a value: nothing could fulfil them, or the API server would not read them. */
export function limitProblems(schema: StructuralSchema, path: string): string[] {
  const problems: string[] = [];
  for (const [low, high] of ranges) {
    const [least, most] = [schema[low], schema[high]];
    if (least !== undefined && most !== undefined && least > most) {
      problems.push(`${path}: ${low} ${least} is above ${high} ${most}; lower one or raise the other`);
    }
    for (const word of [low, high]) {
      const limit = schema[word];
      const isCount = word !== 'minimum' && word !== 'maximum';
      if (limit !== undefined && !(isCount ? Number.isInteger(limit) && limit >= 0 : Number.isFinite(limit))) {
        problems.push(`${path}: ${word} ${show(limit)} is no ${isCount ? 'count' : 'number'}`);
      }
    }
  }
  const { multipleOf, enum: values, pattern, format } = schema;
  // The API server cuts the factor to an integer when the value is one, and refuses a factor of 0 (seen on v1.36.3).
  if (multipleOf !== undefined && !(Number.isInteger(multipleOf) && multipleOf > 0)) {
    problems.push(`${path}: multipleOf ${show(multipleOf)} has to be a whole number above 0`);
  }
  if (values && values.length === 0) problems.push(`${path}: enum is empty, so that no value is allowed; name some`);
  if (values && new Set(values).size < values.length) {
    problems.push(`${path}: enum ${show(values)} names a value twice; the API server refuses that`);
  }
  if (pattern !== undefined) problems.push(...patternProblems(pattern, path));
  if (format !== undefined && !Object.hasOwn(formats, format) && !unchecked.has(format)) {
    problems.push(`${path}: format ${show(format)} is unknown, so that nothing would be checked; use a pattern`);
  }
  return [...problems, ...keyProblems(schema, path)];
}

/** Formats that only say how a number is held. */
const unchecked: ReadonlySet<string> = new Set(['float', 'double', 'password']);

function patternProblems(pattern: string, path: string): string[] {
  try {
    re2(pattern);
    return [];
  } catch (error) {
    if (error instanceof Re2Error) return [`${path}: ${error.message}`];
    throw error;
  }
}

/** What tells the items of a list apart has to be there in each, and has to be one value. */
function keyProblems(schema: StructuralSchema, path: string): string[] {
  const type = schema['x-kubernetes-list-type'];
  const items = schema.items;
  if (type === undefined || type === 'atomic' || !items) return [];
  if (type === 'set') {
    return items.type === 'object' || items.type === 'array'
      ? [`${path}: is unique and holds ${items.type}s; name the fields that tell them apart: unique: ['name']`]
      : [];
  }
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  if (keys.length === 0) return [`${path}: unique names no field; name one, or write true for a list of scalars`];
  return keys.flatMap((key) => {
    const field = items.properties?.[key];
    if (!field) return `${path}: unique names ${show(key)}, which its items have not`;
    if (!items.required?.includes(key) && field.default === undefined) {
      return `${path}: unique names ${show(key)}, which an item may leave out; make it required or give it a default`;
    }
    return field.type === 'object' || field.type === 'array'
      ? `${path}: unique names ${show(key)}, which is an ${field.type}; name a scalar`
      : [];
  });
}
