import fc from 'fast-check';
import type { Schema } from '../../src/schema/schema';
import { goPattern } from '../../src/schema/schema-node';

/** Where the references of a schema lead. */
type Resolve = (ref: string) => Schema;

/** How deep optional fields are made; below that only required ones are. */
const depthOfOptionals = 6;

/** Values that are near what schemas allow: limits, other types, empty ones, names with every kind of letter. */
const oddValues: readonly unknown[] = [
  ...[null, true, false, 0, 1, -1, 1.5, 80, 65535, 65536, 2 ** 31 - 1, 2 ** 31, 2 ** 63],
  ...[
    '',
    'a',
    'A',
    'a-b',
    '-a',
    'a_b',
    'a.b/c',
    '80',
    '25%',
    '100m',
    '1.5Gi',
    '1GB',
    '30s',
    'http',
    'TCP',
    'x'.repeat(64),
  ],
  ...['2026-01-31T08:00:00Z', '2026-02-30T08:00:00Z', 'c2VjcmV0', 'c2VjcmV', '10.0.0.1', '10.0.0.0/33', '\u{1f980}'],
  ...[[], {}, [{}], ['a', 'a'], { a: 'b' }, { 'not a key': 1 }, { a: null }, [null]],
];

/** Values that mostly fit a schema: its types, literals, required fields, and some optional ones. */
export function arbitraryValue(schema: Schema, resolve: Resolve, depth = 0): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return arbitraryValue(resolve(schema.$ref), resolve, depth);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema['x-kubernetes-int-or-string']) return fc.oneof(arbitraryNumber(schema), arbitraryText(schema));
  switch (schema.type) {
    case 'object':
      return arbitraryFields(schema, resolve, depth);
    case 'array': {
      const minLength = schema.minItems ?? 0;
      const items = arbitraryValue(schema.items ?? {}, resolve, depth + 1);
      return fc.array(items, { minLength, maxLength: minLength + 2, size: 'max' });
    }
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return arbitraryNumber(schema);
    case 'string':
      return arbitraryText(schema);
    default:
      return schema.format === 'quantity' ? fc.constantFrom('100m', '1Gi', 2) : fc.constantFrom('x', 1, true, {});
  }
}

function arbitraryFields(schema: Schema, resolve: Resolve, depth: number): fc.Arbitrary<unknown> {
  const properties = schema.properties ?? {};
  // A whole object always has its spec, since that is where the rules are.
  const asked = [...(schema.required ?? []), ...(depth === 0 ? ['spec', 'data'] : [])];
  const required = Object.keys(properties).filter((name) => asked.includes(name));
  const optional = Object.keys(properties).filter((name) => !required.includes(name));
  const { additionalProperties } = schema;
  if (typeof additionalProperties === 'object' && !schema.properties) {
    const keys = fc.constantFrom('a', 'app', 'app.kubernetes.io/name');
    return fc.dictionary(keys, arbitraryValue(additionalProperties, resolve, depth + 1), { maxKeys: 2 });
  }
  const chosen = fc.subarray(optional, { maxLength: depth < depthOfOptionals ? Math.min(3, optional.length) : 0 });
  return chosen.chain((names) =>
    fc.record(
      Object.fromEntries(
        [...required, ...names].map((name) => [name, arbitraryValue(properties[name], resolve, depth + 1)]),
      ) as Record<string, fc.Arbitrary<unknown>>,
      { noNullPrototype: true },
    ),
  );
}

function arbitraryNumber({ minimum = 1, maximum = minimum + 1000 }: Schema): fc.Arbitrary<number> {
  return fc.integer({ min: Math.max(minimum, -(2 ** 31)), max: Math.min(maximum, 2 ** 31 - 1) });
}

const examples: Readonly<Record<string, string>> = {
  'date-time': '2026-01-31T08:00:00Z',
  byte: 'c2VjcmV0',
  ipv4: '10.0.0.1',
  ipv6: 'fd00::1',
  percentage: '25%',
};

function arbitraryText(schema: Schema): fc.Arbitrary<string> {
  if (schema.format !== undefined && schema.format in examples) return fc.constant(examples[schema.format]);
  const words = ['http', 'a-b', '30s', 'https://example.dev/x'].map((word) => word.padEnd(schema.minLength ?? 0, 'x'));
  if (schema.pattern === undefined) return fc.constantFrom(...words);
  const pattern = goPattern(schema.pattern);
  const fitting = words.filter((word) => pattern?.test(word));
  return fc.constantFrom(...(fitting.length > 0 ? fitting : words));
}

/** A change to an object: at which of its places, and to what. */
export interface Change {
  readonly place: number;
  readonly kind: 'set' | 'delete' | 'add' | 'repeat';
  readonly value: unknown;
}

/** One change, mostly for the worse. */
export const arbitraryChange: fc.Arbitrary<Change> = fc.record({
  place: fc.nat(),
  kind: fc.constantFrom('set', 'set', 'delete', 'add', 'repeat'),
  value: fc.constantFrom(...oddValues),
});

/** A copy of an object with changes made anywhere but in its apiVersion and kind. */
export function changed(object: unknown, changes: readonly Change[]): unknown {
  const copy = structuredClone(object);
  for (const { place, kind, value } of changes) {
    const places = placesIn(copy).filter(({ key }, i) => i > 0 && key !== 'apiVersion' && key !== 'kind');
    if (places.length === 0) break;
    const { parent, key } = places[place % places.length];
    const target = parent as Record<string | number, unknown>;
    const old = target[key];
    if (kind === 'set') target[key] = structuredClone(value);
    else if (kind === 'delete' && Array.isArray(parent)) parent.splice(key as number, 1);
    else if (kind === 'delete') delete target[key];
    else if (kind === 'repeat' && Array.isArray(old)) old.push(...structuredClone(old));
    else if (kind === 'add' && typeof old === 'object' && old !== null && !Array.isArray(old)) {
      (old as Record<string, unknown>).noSuchField = structuredClone(value);
    }
  }
  return copy;
}

/** Every place in a value: the container and the key in it. */
function placesIn(value: unknown): { parent: unknown; key: string | number }[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => [{ parent: value, key }, ...placesIn((value as Record<string | number, unknown>)[key])]);
}
