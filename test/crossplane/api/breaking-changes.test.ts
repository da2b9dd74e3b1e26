import * as fc from 'fast-check';
import { parse } from 'yaml';
import type { ApiProps } from '../../../src/crossplane/api/api-props';
import { breakingChanges } from '../../../src/crossplane/api/breaking-changes';
import { withDefaults } from '../../../src/crossplane/api/defaults';
import { DefinedApi } from '../../../src/crossplane/api/defined-api';
import type { Fields } from '../../../src/crossplane/api/field';
import { narrowings } from '../../../src/crossplane/api/narrowings';
import { s } from '../../../src/crossplane/api/schema-builder';
import { type SchemaSnapshot, schemaSnapshot, snapshotText } from '../../../src/crossplane/api/schema-snapshot';
import type { StructuralSchema } from '../../../src/crossplane/api/structural-schema';
import { checkValue } from '../../../src/schema/check-value';
import { SchemaNode } from '../../../src/schema/schema-node';
import type { Violation } from '../../../src/schema/violation';
import { changedSchema, specSchemas } from './arbitrary-schema';
import { validValue } from './arbitrary-value';
import { everyFeature } from './every-feature';

const api = (spec: Fields, rest: Partial<ApiProps> = {}, version: object = {}) =>
  new DefinedApi({
    group: 'platform.acme.io',
    kind: 'Cache',
    description: 'A cache.',
    versions: { v1: { spec, ...version } },
    ...rest,
  });

/** What breaks when one definition becomes the other; the snapshot goes through its file. */
function changes(before: DefinedApi, after: DefinedApi): string[] {
  return breakingChanges(parse(snapshotText(schemaSnapshot(before))) as SchemaSnapshot, after);
}

const field = (before: Fields[string], after: Fields[string]) => changes(api({ n: before }), api({ n: after }));

test('an API is no breaking change of itself', () => {
  expect(changes(everyFeature, everyFeature)).toEqual([]);
});

test('a snapshot is the same whatever the order and the words of the fields', () => {
  const one = api({ a: s.string({ description: 'A.' }), b: s.integer() });
  const other = api({ b: s.integer(), a: s.string({ description: 'Another.' }) }, { description: 'Another.' });
  expect(snapshotText(schemaSnapshot(one))).toBe(snapshotText(schemaSnapshot(other)));
});

describe('what a request could say and can say no more is a breaking change', () => {
  const object = s.object({ a: s.string() });
  test.each<[string, Fields[string], Fields[string], RegExp]>([
    ['another type', s.string(), s.integer(), /was string and is integer/],
    ['no fractions', s.number(), s.integer(), /was number and is integer/],
    ['no texts', s.intOrString(), s.integer(), /was an integer or a string/],
    ['a value of an enum less', s.string({ enum: ['a', 'b'] }), s.string({ enum: ['a'] }), /no longer takes "b"/],
    ['an enum', s.string(), s.string({ enum: ['a'] }), /took any value/],
    ['a higher minimum', s.integer({ min: 1 }), s.integer({ min: 2 }), /minimum is 2 instead of 1/],
    ['a minimum', s.integer(), s.integer({ min: 2 }), /minimum is 2; there was none/],
    ['a minimum below 0', s.integer(), s.integer({ min: -5 }), /minimum is -5; there was none/],
    ['a lower maximum', s.integer({ max: 9 }), s.integer({ max: 8 }), /maximum is 8 instead of 9/],
    ['a longer minimum', s.string(), s.string({ minLength: 1 }), /minLength is 1/],
    ['a shorter maximum', s.string({ maxLength: 9 }), s.string({ maxLength: 8 }), /maxLength is 8 instead of 9/],
    ['a pattern', s.string(), s.string({ pattern: '^a$' }), /another pattern/],
    ['a format', s.string(), s.string({ format: 'uuid' }), /the format uuid/],
    ['fewer bits', s.integer({ format: 'int64' }), s.integer({ format: 'int32' }), /the format int32 instead of int64/],
    ['multiples only', s.integer({ multipleOf: 2 }), s.integer({ multipleOf: 3 }), /a multiple of 3/],
    ['fewer items', s.array(s.string()), s.array(s.string(), { maxItems: 1 }), /maxItems is 1/],
    ['unique items', s.array(s.string()), s.array(s.string(), { unique: true }), /of type set/],
    ['other items', s.array(s.string()), s.array(s.integer()), /n\[\] was string/],
    ['other entries', s.map(s.string()), s.map(s.integer()), /n\[key\] was string/],
    ['fewer entries', s.map(s.string()), s.map(s.string(), { maxProperties: 1 }), /maxProperties is 1/],
    ['no free keys', s.map(s.string()), object, /n.a is new and required/],
    ['a field less', object, s.object({}), /n.a is removed/],
    ['declared fields', s.anything(), s.object({ a: s.string().optional() }), /n.a took anything/],
    ['a required field', s.string().optional(), s.string(), /n is required/],
    ['no default for what is required', s.string({ default: 'a' }), s.string(), /n is required/],
    ['immutability', s.string(), s.string({ immutable: true }), /cannot be changed after creation/],
    ['growth only', s.integer(), s.integer({ growOnly: true }), /can only grow/],
    ['a rule', s.integer(), s.integer({ rules: [{ cel: 'self > 1', message: 'above 1' }] }), /above 1/],
  ])('%s', (_, before, after, message) => {
    expect(field(before, after)[0]).toMatch(message);
    expect(field(before, after)[0]).toMatch(/leave v1 as it was and make the change in v2$/);
  });

  test('a new field that has to be given', () => {
    expect(changes(api({}), api({ n: s.string() }))).toEqual([expect.stringContaining('spec.n is new and required')]);
  });

  test('a field of the status less', () => {
    expect(changes(api({}, {}, { status: { host: s.string() } }), api({}))).toEqual([
      expect.stringContaining('status.host is removed'),
    ]);
  });
});

describe('what takes nothing away is no breaking change', () => {
  test.each<[string, Fields[string], Fields[string]]>([
    ['more values', s.string({ enum: ['a'] }), s.string({ enum: ['b', 'a'] })],
    ['wider limits', s.integer({ min: 2, max: 8 }), s.integer({ min: 1, max: 9 })],
    ['no limits', s.string({ minLength: 2, maxLength: 8, pattern: 'a' }), s.string()],
    ['fractions', s.integer(), s.number()],
    ['texts', s.integer(), s.intOrString()],
    ['more bits', s.integer({ format: 'int32' }), s.integer({ format: 'int64' })],
    ['fewer multiples', s.integer({ multipleOf: 6 }), s.integer({ multipleOf: 3 })],
    ['another default', s.string({ default: 'a' }), s.string({ default: 'b' })],
    ['a default', s.string(), s.string({ default: 'b' })],
    ['what may be left out', s.string(), s.string().optional()],
    ['no rule', s.string({ immutable: true }), s.string()],
    ['a word', s.string(), s.string({ description: 'Words.', deprecated: 'use m' }).optional()],
    [
      'a required field that is filled in',
      s.raw({ type: 'object', properties: { a: { type: 'string' } } }),
      s.raw({ type: 'object', required: ['a'], properties: { a: { type: 'string', default: 'b' } } }),
    ],
    ['more fields', s.object({}), s.object({ a: s.string().optional(), b: s.integer({ default: 1 }) })],
  ])('%s', (_, before, after) => {
    expect(field(before, after)).toEqual([]);
  });
});

describe('an API that becomes another', () => {
  const before = api({}, { connection: { host: 'Host', port: 'Port' } });
  test.each<[string, Partial<ApiProps>, RegExp]>([
    ['plural', { plural: 'cacheries' }, /plural was "caches"/],
    ['scope', { scope: 'Cluster' }, /define a second API beside this one/],
    ['kind', { kind: 'Store' }, /kind was "Cache"/],
    ['connection', { connection: { host: 'Host' } }, /connection key "port" is gone/],
    ['maxNameLength', { maxNameLength: 20 }, /requests with longer names exist/],
  ])('in its %s is refused', (_, change, message) => {
    const after = api({}, { connection: { host: 'Host', port: 'Port' }, ...change });
    expect(changes(before, after)).toContainEqual(expect.stringMatching(message));
  });
});

describe('a version goes in steps', () => {
  const spec = { n: s.string() };
  const versions = (v1: object | undefined) =>
    new DefinedApi({
      group: 'platform.acme.io',
      kind: 'Cache',
      description: 'A cache.',
      versions: { ...(v1 && { v1: { spec, ...v1 } }), v2: { spec, referenceable: true } },
    });

  test.each<[string, object, object | undefined, RegExp | undefined]>([
    ['deprecated', {}, { deprecated: 'use v2' }, undefined],
    ['no longer served after that', { deprecated: 'use v2' }, { deprecated: 'use v2', served: false }, undefined],
    ['gone after that', { served: false }, undefined, undefined],
    ['no longer served without a word', {}, { served: false }, /deprecate it first/],
    ['gone while it is served', { deprecated: 'use v2' }, undefined, /set served: false first/],
  ])('%s', (_, before, after, message) => {
    const found = changes(versions(before), versions(after));
    expect(found).toEqual(message ? [expect.stringMatching(message)] : []);
  });

  test('the stored one stays', () => {
    const next = new DefinedApi({ ...api(spec).props, example: undefined, versions: { v2: { spec } } });
    expect(changes(api(spec), next)).toEqual([expect.stringMatching(/requests are stored in it/)]);
  });
});

/** What a schema has against a value, defaults filled in. */
function violations(value: unknown, schema: StructuralSchema): Violation[] {
  const found: Violation[] = [];
  const scope = { resolve: () => node, objectMeta: () => ({}), nullIsAbsent: false };
  const node: SchemaNode = new SchemaNode(schema, scope);
  checkValue(withDefaults(value, schema), node, { violations: found, path: [] });
  return found;
}

test('whatever was valid and is no more, a change is named for it', () => {
  const cases = specSchemas.chain((before) =>
    fc.tuple(fc.constant(before), changedSchema(before), fc.array(validValue(before), { minLength: 5, maxLength: 10 })),
  );
  let broken = 0;
  fc.assert(
    fc.property(cases, ([before, after, values]) => {
      const lost = values.filter(
        (value) => violations(value, before).length === 0 && violations(value, after).length > 0,
      );
      if (lost.length === 0) return;
      broken += 1;
      expect(narrowings(before, after, 'spec')).not.toEqual([]);
    }),
    { numRuns: 1000, seed: 1 },
  );
  // Otherwise the property would hold for nothing.
  expect(broken).toBeGreaterThan(200);
});
