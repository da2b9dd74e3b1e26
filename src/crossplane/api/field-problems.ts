import { isRecord, show } from '../../platform/rule';
import { checkValue } from '../../schema/check-value';
import { SchemaNode } from '../../schema/schema-node';
import type { Violation } from '../../schema/violation';
import { withDefaults } from './defaults';
import type { AnyField, Fields } from './field';
import { limitProblems } from './limit-problems';
import { reservedFields } from './reserved-fields';
import { isTransitionRule } from './rule-evaluator';
import { structuralProblems } from './structural-problems';
import type { StructuralSchema } from './structural-schema';

/** Where a field stands. */
interface Place {
  readonly part: 'spec' | 'status';
  /** The path to it: `spec.network.vpc`. */
  readonly path: string;
  /** Whether it is in a list or a map, where values come and go. */
  readonly isRepeated: boolean;
  /** Whether every list and map around it has a largest size. */
  readonly isBounded: boolean;
  /** Whether an update can tell what it was before. */
  readonly isCorrelated: boolean;
}

/** What is wrong with the fields of a spec or a status, in the order of the fields. */
export function partProblems(part: 'spec' | 'status', fields: Fields, schema: StructuralSchema): string[] {
  const reserved = reservedFields[part];
  const problems = Object.keys(fields)
    .filter((name) => Object.hasOwn(reserved, name))
    .map((name) => `${part}.${name} is reserved: ${reserved[name]}; choose another name`);
  const place = { part, path: part, isRepeated: false, isBounded: true, isCorrelated: true };
  return [...problems, ...fieldsProblems(fields, schema, place)];
}

function fieldsProblems(fields: Fields, schema: StructuralSchema, place: Place): string[] {
  return Object.keys(fields).flatMap((name) => {
    const at = { ...place, path: `${place.path}.${name}` };
    if (!/^[a-z][A-Za-z0-9]*$/.test(name)) {
      return `${at.path}: ${show(name)} is no field name; write it in camelCase, letters and digits only`;
    }
    return fieldProblems(fields[name], schema.properties?.[name] ?? {}, at);
  });
}

function fieldProblems(field: AnyField, schema: StructuralSchema, place: Place): string[] {
  const { keywords, items, values, fields, raw } = field.parts;
  const structural = structuralProblems(raw ? keywords : ownKeywords(schema), place.path);
  // What is no schema cannot be asked about values.
  if (structural.length > 0) return structural;
  const problems = [
    ...limitProblems(schema, place.path),
    ...presenceProblems(field, place),
    ...transitionProblems(field, place),
    ...ruleTextProblems(field, schema, place),
    ...columnProblems(field, place),
    ...valueProblems(field, schema, place),
  ];
  const inside = (isCorrelated: boolean, limit: number | undefined): Place => ({
    ...place,
    isRepeated: true,
    isBounded: place.isBounded && limit !== undefined,
    isCorrelated: place.isCorrelated && isCorrelated,
  });
  if (fields) problems.push(...fieldsProblems(fields, schema, place));
  if (items) {
    const at = inside(keywords['x-kubernetes-list-type'] === 'map', keywords.maxItems);
    problems.push(...fieldProblems(items, schema.items ?? {}, { ...at, path: `${place.path}[]` }));
  }
  if (values) {
    const at = inside(true, keywords.maxProperties);
    const nested = (schema.additionalProperties ?? {}) as StructuralSchema;
    problems.push(...fieldProblems(values, nested, { ...at, path: `${place.path}[key]` }));
  }
  return problems;
}

/** The keywords of one level: what is nested is looked at with its own field. */
function ownKeywords({ properties: _, items, additionalProperties, ...own }: StructuralSchema): StructuralSchema {
  return {
    ...own,
    ...(items && { items: { type: 'object' } }),
    ...(additionalProperties && { additionalProperties: true }),
  };
}

function presenceProblems({ presence, parts: { keywords, options } }: AnyField, { part, path }: Place): string[] {
  const problems: string[] = [];
  if (presence === 'optional' && keywords.default !== undefined) {
    problems.push(`${path}: has a default, so that it is never absent; leave out optional()`);
  }
  if (part === 'status' && keywords.default !== undefined) {
    problems.push(`${path}: has a default; a status says what a composition reported, so leave the default out`);
  }
  if (options.deprecated !== undefined && presence === 'required' && part === 'spec') {
    problems.push(`${path}: is deprecated, but has to be given; make it optional() or give it a default`);
  }
  return problems;
}

function transitionProblems({ parts: { keywords, options } }: AnyField, place: Place): string[] {
  const word = options.immutable ? 'immutable' : options.growOnly ? 'growOnly' : undefined;
  if (word === undefined) return [];
  const problems: string[] = [];
  if (place.part === 'status') {
    problems.push(`${place.path}: is ${word}; a composition has to be able to report any change, so leave it out`);
  }
  if (place.isRepeated) {
    problems.push(
      `${place.path}: is ${word} inside of a list or map, where removing and adding the entry changes it; make the whole list or map immutable`,
    );
  }
  if (options.immutable && options.growOnly) {
    problems.push(`${place.path}: is immutable and growOnly; choose one`);
  }
  if (options.growOnly && keywords.type !== 'integer' && keywords.type !== 'number') {
    problems.push(`${place.path}: is growOnly and ${keywords.type}; only numbers grow`);
  }
  return problems;
}

function ruleTextProblems(
  { parts: { keywords, options } }: AnyField,
  schema: StructuralSchema,
  place: Place,
): string[] {
  const rules = schema['x-kubernetes-validations'] ?? [];
  if (rules.length === 0) return [];
  const problems: string[] = [];
  if ((options.rules ?? []).length > 0 && isOpaque(keywords)) {
    problems.push(`${place.path}: has rules, but CEL cannot see what is in it; declare its fields`);
  }
  if (options.immutable && holdsOpaque(schema)) {
    problems.push(
      `${place.path}: is immutable, but CEL does not see every change in an object of any content; declare its fields`,
    );
  }
  if (!place.isBounded) {
    problems.push(
      `${place.path}: has rules inside of a list or map of any size, which the API server refuses as too expensive; give the list maxItems or the map maxProperties`,
    );
  }
  if (!place.isCorrelated && (options.rules ?? []).some(({ cel }) => isTransitionRule({ rule: cel, message: '' }))) {
    problems.push(
      `${place.path}: has a rule with oldSelf inside of a list whose items nothing tells apart; name their keys with unique`,
    );
  }
  return problems;
}

/** Whether a value's fields are not declared. */
function isOpaque(schema: StructuralSchema): boolean {
  return Boolean(schema['x-kubernetes-preserve-unknown-fields'] || schema['x-kubernetes-embedded-resource']);
}

/** Such objects are equal to CEL when they have as many keys and none in common: `{ a: 1 }` and `{ b: 1 }` (seen on v1.36.3). */
function holdsOpaque(schema: StructuralSchema): boolean {
  const nested = [...Object.values(schema.properties ?? {}), schema.items, schema.additionalProperties];
  return isOpaque(schema) || nested.some((part) => isRecord(part) && holdsOpaque(part as StructuralSchema));
}

function columnProblems({ parts: { keywords, options } }: AnyField, { path, isRepeated }: Place): string[] {
  if (options.column === undefined) return [];
  if (isRepeated) return [`${path}: is a column inside of a list or map; a column shows one value`];
  const isScalar = keywords.type !== 'object' && keywords.type !== 'array';
  return isScalar ? [] : [`${path}: is a column and ${keywords.type}; a column shows one value`];
}

/** What is wrong with the default and the example of a field. */
function valueProblems(
  { parts: { keywords, options } }: AnyField,
  schema: StructuralSchema,
  { path }: Place,
): string[] {
  const said = { default: keywords.default, example: options.example };
  return Object.entries(said).flatMap(([word, value]) =>
    value === undefined
      ? []
      : schemaViolations(value, schema).map(
          ({ path: at, problem }) =>
            `${path}: ${word}${at === '' ? '' : at.startsWith('[') ? at : `.${at}`} ${problem}`,
        ),
  );
}

function schemaViolations(value: unknown, schema: StructuralSchema): Violation[] {
  const violations: Violation[] = [];
  checkValue(withDefaults(value, schema), new SchemaNode(schema, plainScope), { violations, path: [] });
  return violations;
}

const plainScope = {
  resolve: (ref: string) => {
    throw new Error(`$ref ${ref} in a structural schema`);
  },
  objectMeta: () => ({ type: 'object' as const, 'x-kubernetes-preserve-unknown-fields': true }),
  nullIsAbsent: false,
};
