import * as fc from 'fast-check';
import type { StructuralSchema } from '../../../src/crossplane/api/structural-schema';

const limit = (max: number) => fc.option(fc.nat(max), { nil: undefined });

/** A largest value that is at least the least one. */
const above = (more: number | undefined, least: number) => (more === undefined ? undefined : more + least);

function plain(schema: Record<string, unknown>): StructuralSchema {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}

const text = fc.oneof(
  fc
    .record({ min: limit(3), more: limit(6) })
    .map(({ min, more }) => plain({ type: 'string', minLength: min, maxLength: above(more, min ?? 0) })),
  fc
    .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 })
    .map((values) => plain({ type: 'string', enum: values })),
  fc.constantFrom('^[a-z]{1,4}$', '^[0-9]+$').map((pattern) => plain({ type: 'string', pattern })),
);

const number = fc
  .record({
    type: fc.constantFrom('integer', 'number'),
    min: limit(10),
    more: limit(20),
    of: fc.constantFrom(undefined, undefined, 2, 4),
  })
  .map(({ type, min, more, of }) =>
    plain({ type, minimum: min, maximum: above(more, (min ?? 0) + 4), multipleOf: of }),
  );

const scalar = fc.oneof(
  text,
  number,
  fc.constant(plain({ type: 'boolean' })),
  fc.constant(plain({ 'x-kubernetes-int-or-string': true })),
);

const { schema } = fc.letrec<{ schema: StructuralSchema; object: StructuralSchema }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    tie('object'),
    fc
      .record({ items: tie('schema'), min: limit(1), more: limit(3) })
      .map(({ items, min, more }) => plain({ type: 'array', items, minItems: min, maxItems: above(more, 1) })),
    scalar.map((items) => plain({ type: 'array', items, 'x-kubernetes-list-type': 'set', maxItems: 2 })),
    fc
      .record({ values: tie('schema'), more: limit(3) })
      .map(({ values, more }) =>
        plain({ type: 'object', additionalProperties: values, maxProperties: above(more, 1) }),
      ),
  ),
  object: fc
    .dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.record({ field: tie('schema'), isRequired: fc.boolean() }), {
      minKeys: 1,
    })
    .map((fields) =>
      plain({
        type: 'object',
        properties: Object.fromEntries(Object.entries(fields).map(([name, { field }]) => [name, field])),
        required: Object.keys(fields).filter((name) => fields[name].isRequired),
      }),
    ),
}));

/** Schemas of a spec. */
export const specSchemas: fc.Arbitrary<StructuralSchema> = fc
  .dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.record({ field: schema, isRequired: fc.boolean() }), {
    minKeys: 1,
  })
  .map((fields) =>
    plain({
      type: 'object',
      properties: Object.fromEntries(Object.entries(fields).map(([name, { field }]) => [name, field])),
      required: Object.keys(fields).filter((name) => fields[name].isRequired),
    }),
  );

/** A schema with one thing changed in it, anywhere: a keyword more, less or other, a field more or less, another type. */
export function changedSchema(before: StructuralSchema): fc.Arbitrary<StructuralSchema> {
  const keywords = Object.keys(before).filter(
    (keyword) => !['type', 'properties', 'items', 'additionalProperties'].includes(keyword),
  );
  const without = (keyword: string) => plain({ ...before, [keyword]: undefined });
  const changes: fc.Arbitrary<StructuralSchema>[] = [
    schema,
    ...keywords.map((keyword) => fc.constant(without(keyword))),
    ...limitsOf(before).map((keyword) => fc.nat(12).map((value) => plain({ ...before, [keyword]: value }))),
  ];
  if (before.enum) {
    const values = before.enum;
    changes.push(fc.subarray([...values], { minLength: 1 }).map((kept) => ({ ...before, enum: kept })));
    changes.push(fc.constant({ ...before, enum: [...values, 'z'] }));
  }
  if (before.type === 'string' && !before.enum) {
    changes.push(fc.constantFrom('^[a-z]+$', '^[a-z]{1,4}$').map((pattern) => ({ ...before, pattern })));
    changes.push(fc.constant({ ...before, enum: ['a', 'b'] }));
    changes.push(fc.constantFrom('uuid', 'ipv4').map((format) => ({ ...before, format })));
  }
  if (before.type === 'array') {
    changes.push(
      fc
        .constantFrom('set', 'atomic')
        .map((type) => ({ ...before, 'x-kubernetes-list-type': type }) as StructuralSchema),
    );
  }
  if (before.items) changes.push(changedSchema(before.items).map((items) => ({ ...before, items })));
  if (typeof before.additionalProperties === 'object') {
    changes.push(
      changedSchema(before.additionalProperties).map((additionalProperties) => ({ ...before, additionalProperties })),
    );
  }
  if (before.properties) changes.push(...fieldChanges(before, before.properties));
  return fc.oneof(...changes);
}

function limitsOf({ type }: StructuralSchema): string[] {
  const limits: Readonly<Record<string, string[]>> = {
    string: ['minLength', 'maxLength'],
    integer: ['minimum', 'maximum'],
    number: ['minimum', 'maximum'],
    array: ['minItems', 'maxItems'],
    object: ['minProperties', 'maxProperties'],
  };
  return limits[type ?? ''] ?? [];
}

function fieldChanges(
  before: StructuralSchema,
  properties: Readonly<Record<string, StructuralSchema>>,
): fc.Arbitrary<StructuralSchema>[] {
  const names = Object.keys(properties);
  const { required = [] } = before;
  return [
    fc.tuple(schema, fc.boolean()).map(([field, isRequired]) => ({
      ...before,
      properties: { ...properties, added: field },
      required: isRequired ? [...required, 'added'] : required,
    })),
    fc.subarray(names).map((kept) => ({ ...before, required: kept })),
    fc.constantFrom(...names).map((gone) => ({
      ...before,
      properties: Object.fromEntries(Object.entries(properties).filter(([name]) => name !== gone)),
      required: required.filter((name) => name !== gone),
    })),
    ...names.map((name) =>
      changedSchema(properties[name]).map((field) => ({ ...before, properties: { ...properties, [name]: field } })),
    ),
  ];
}
