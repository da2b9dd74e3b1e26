import * as fc from 'fast-check';
import type { StructuralSchema } from '../../../src/crossplane/api/structural-schema';

/** Values that a schema takes, its CEL rules left aside. */
export function validValue(schema: StructuralSchema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema['x-kubernetes-int-or-string']) return fc.oneof(fc.integer({ min: 0, max: 99 }), fc.constant('http'));
  switch (schema.type) {
    case 'string':
      return textOf(schema);
    case 'integer':
      return integerOf(schema);
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return fc.boolean();
    case 'array':
      return listOf(schema);
    case 'object':
      return schema.properties ? objectOf(schema) : mapOf(schema);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function textOf({
  pattern,
  format,
  minLength = 0,
  maxLength = minLength + 12,
}: StructuralSchema): fc.Arbitrary<string> {
  const fits = (text: string) => [...text].length >= minLength && [...text].length <= maxLength;
  if (pattern !== undefined) return matching(pattern).filter(fits);
  if (format === 'date-time') return fc.constantFrom('2026-01-31T08:00:00Z', '2027-05-01T00:00:00.5+02:00');
  if (format !== undefined) throw new Error(`no values of format ${format}`);
  const length = { minLength, maxLength: Math.min(maxLength, minLength + 12) };
  // Characters outside of the basic plane count once on the server and twice in JavaScript.
  return fc.oneof(fc.string(length), fc.string({ ...length, unit: fc.constantFrom('a', 'é', '🦸', '𝄋') }));
}

const matched = new Map<string, fc.Arbitrary<string>>();

/** Texts that match a pattern; making them ready takes milliseconds, so it is done once. */
function matching(pattern: string): fc.Arbitrary<string> {
  const known = matched.get(pattern) ?? fc.stringMatching(new RegExp(pattern));
  matched.set(pattern, known);
  return known;
}

const mapKeys = fc.stringMatching(/^[a-z][a-z0-9.-]{0,6}$/);

function integerOf({ minimum = -50, maximum = minimum + 200, multipleOf = 1 }: StructuralSchema): fc.Arbitrary<number> {
  const range = { min: Math.ceil(minimum / multipleOf), max: Math.floor(maximum / multipleOf) };
  return fc.integer(range).map((n) => n * multipleOf);
}

function numberOf({ minimum = -5, maximum = minimum + 20, multipleOf }: StructuralSchema): fc.Arbitrary<number> {
  if (multipleOf !== undefined) {
    return fc
      .integer({ min: Math.ceil(minimum / multipleOf), max: Math.floor(maximum / multipleOf) })
      .map((n) => n * multipleOf);
  }
  const range = { min: Math.ceil(minimum), max: Math.floor(maximum) };
  return fc.oneof(
    fc.double({ min: minimum, max: maximum, noNaN: true }),
    range.min <= range.max ? fc.integer(range) : fc.constant(minimum),
  );
}

function listOf(schema: StructuralSchema): fc.Arbitrary<unknown[]> {
  const { minItems: minLength = 0, maxItems: maxLength = minLength + 3, items = {} } = schema;
  const keys = schema['x-kubernetes-list-map-keys'];
  const lengths = { minLength, maxLength: Math.min(maxLength, minLength + 4) };
  if (schema['x-kubernetes-list-type'] === undefined) return fc.array(validValue(items), lengths);
  const selector = (item: unknown) =>
    JSON.stringify(
      keys ? keys.map((key) => (item as Record<string, unknown>)[key] ?? items.properties?.[key]?.default) : item,
    );
  return fc.uniqueArray(validValue(items), { ...lengths, selector });
}

function objectOf({ properties = {}, required = [] }: StructuralSchema): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, validValue(field)]));
  return fc.record(fields, { requiredKeys: [...required] }) as fc.Arbitrary<Record<string, unknown>>;
}

function mapOf(schema: StructuralSchema): fc.Arbitrary<Record<string, unknown>> {
  const { additionalProperties, minProperties: minKeys = 0, maxProperties: maxKeys = minKeys + 3 } = schema;
  const values =
    typeof additionalProperties === 'object' ? validValue(additionalProperties) : fc.constantFrom(1, 'a', true);
  return fc.dictionary(mapKeys, values, {
    minKeys,
    maxKeys: Math.min(maxKeys, minKeys + 3),
  });
}

/**
 * Values of any type, and some that are near to what fits. No null: the API server drops one where it finds no use for it, and
 * we refuse it, because its author meant something.
 */
const strangers: readonly unknown[] = ['', 'text', 'huge', 7, 0, -1, 1.5, 10_000, true, false, [], {}, ['a'], { a: 1 }];

/** A value with one thing changed in it, anywhere: mostly to something that does not fit. */
export function changed(value: unknown, schema: StructuralSchema): fc.Arbitrary<unknown> {
  // The API server takes a list for a text that has a format (seen on v1.36.3); nobody means it.
  const others = schema.format === undefined ? strangers : strangers.filter((stranger) => !Array.isArray(stranger));
  const here: fc.Arbitrary<unknown>[] = [fc.constantFrom(...others), validValue(schema)];
  if (typeof value === 'string') here.push(fc.constant(`${value}${'x'.repeat((schema.maxLength ?? 20) + 1)}`));
  if (typeof value === 'number') {
    const { minimum = value, maximum = value } = schema;
    here.push(fc.constantFrom(minimum - 1, minimum, maximum, maximum + 1, value + 0.1));
  }
  if (Array.isArray(value)) here.push(...listChanges(value, schema));
  else if (typeof value === 'object' && value !== null)
    here.push(...objectChanges(value as Record<string, unknown>, schema));
  return fc.oneof(...here);
}

function listChanges(list: readonly unknown[], { items = {} }: StructuralSchema): fc.Arbitrary<unknown>[] {
  if (list.length === 0) return [];
  const at = fc.nat(list.length - 1);
  return [
    at.map((i) => list.filter((_, other) => other !== i)),
    at.map((i) => [...list, list[i]]),
    fc.constant(list.toReversed()),
    at.chain((i) => changed(list[i], items).map((item) => list.with(i, item))),
  ];
}

function objectChanges(object: Record<string, unknown>, schema: StructuralSchema): fc.Arbitrary<unknown>[] {
  const { properties = {}, additionalProperties } = schema;
  const fieldOf = (name: string): StructuralSchema =>
    properties[name] ?? (typeof additionalProperties === 'object' ? additionalProperties : {});
  const given = Object.keys(object);
  const known = Object.keys(properties);
  const nested = (name: string) => changed(object[name], fieldOf(name)).map((value) => ({ ...object, [name]: value }));
  return [
    fc.constant({ ...object, unknownField: 1 }),
    ...(given.length === 0
      ? []
      : [
          fc
            .constantFrom(...given)
            .map((name) => Object.fromEntries(Object.entries(object).filter(([key]) => key !== name))),
          // Most of what can be wrong is further down.
          ...[1, 2, 3, 4].map(() => fc.constantFrom(...given).chain(nested)),
        ]),
    ...(known.length === 0
      ? []
      : [
          fc
            .constantFrom(...known)
            .chain((name) => validValue(properties[name]).map((value) => ({ ...object, [name]: value }))),
        ]),
  ];
}
