import { Testing } from 'cdk8s';
import { defineApi } from '../../../src/crossplane/api/define-api';
import { s } from '../../../src/crossplane/api/schema-builder';
import type { StructuralSchema } from '../../../src/crossplane/api/structural-schema';
import { KindRegistry } from '../../../src/schema/kind-registry';
import { kindOf } from '../../../src/schema/kinds';
import { validate } from '../../../src/schema/validate';
import { refusals } from '../../platform/refusals';
import { everyFeature } from './every-feature';

/** A sound API, changed by each case. */
const sound = {
  group: 'platform.acme.io',
  kind: 'Cache',
  description: 'A cache.',
  versions: { v1: { spec: { size: s.string() } } },
} as const;

/** What the definition of an API is refused with. */
const refusal = (change: object) => refusals(() => defineApi({ ...sound, ...change } as never).xrd());

const withSpec = (spec: object, rest: object = {}) => ({ versions: { v1: { spec, ...rest } } });
const withStatus = (status: object) => withSpec({ size: s.string() }, { status });

describe('an API that Kubernetes or Crossplane would not make as it is written is refused', () => {
  test.each([
    ['no domain as group', { group: 'acme' }, /group "acme" is no API group/],
    ['a group of Kubernetes', { group: 'apps.k8s.io' }, /belongs to Kubernetes/],
    ['a group of Crossplane', { group: 'mine.crossplane.io' }, /belongs to Crossplane/],
    ['a kind in lower case', { kind: 'cache' }, /PascalCase/],
    ['a kind of 64 characters', { kind: `C${'a'.repeat(63)}`, plural: 'caches' }, /63 letters/],
    ['a plural in upper case', { plural: 'Caches' }, /plural "Caches"/],
    ['a plural of 64 characters', { plural: 'c'.repeat(64) }, /use 63 at most/],
    ['an XRD name of 254 characters', { group: `${'a.'.repeat(123)}aio` }, /253 at most/],
    ['a short name that is the plural', { shortNames: ['caches'] }, /taken already/],
    ['a short name twice', { shortNames: ['c', 'c'] }, /taken already/],
    ['a category with a space', { categories: ['a b'] }, /category "a b"/],
    ['no description', { description: ' ' }, /description is empty/],
    ['an unknown scope', { scope: 'LegacyCluster' }, /use "Namespaced" or "Cluster"/],
    ['names above what a label holds', { maxNameLength: 64 }, /1 to 63/],
    ['a connection key with a slash', { connection: { 'a/b': 'x' } }, /no key of a Secret/],
    ['a connection key without a word', { connection: { host: '' } }, /has no description/],
    [
      'two ways to choose compositions',
      { defaultComposition: 'a', enforcedComposition: 'b' },
      /enforced one always wins/,
    ],
    ['no version', { versions: {} }, /versions is empty/],
    ['a version of another form', { versions: { '1.0': { spec: {} } } }, /"v1beta1"/],
    ['no referenceable version', { versions: { v1: { spec: {} }, v2: { spec: {} } } }, /no version is referenceable/],
    [
      'two referenceable versions',
      { versions: { v1: { spec: {}, referenceable: true }, v2: { spec: {}, referenceable: true } } },
      /exactly one can be/,
    ],
    ['a stored version that is not served', withSpec({}, { served: false }), /compositions could not read it/],
    ['a deprecation of 257 characters', withSpec({}, { deprecated: 'x'.repeat(257) }), /1 to 256/],
  ])('%s', (_, change, message) => {
    expect(refusal(change)).toEqual([expect.stringMatching(message)]);
  });

  test('every fault is reported at once', () => {
    expect(refusal({ group: 'x', kind: 'y', plural: 'Z', description: '' })).toHaveLength(4);
  });
});

describe('a field that Crossplane overwrites is refused with the reason', () => {
  test.each([
    ['spec.crossplane', withSpec({ crossplane: s.string() }), /keeps its own settings/],
    ['spec.compositionRef', withSpec({ compositionRef: s.string() }), /Crossplane v1 overwrites it/],
    ['spec.resourceRefs', withSpec({ resourceRefs: s.array(s.string()) }), /Crossplane v1 overwrites it/],
    ['spec.claimRef', withSpec({ claimRef: s.string() }), /Crossplane v1 overwrites it/],
    ['spec.writeConnectionSecretToRef', withSpec({ writeConnectionSecretToRef: s.string() }), /names the Secret by it/],
    ['status.conditions', withStatus({ conditions: s.array(s.string()) }), /reports its conditions/],
    ['status.crossplane', withStatus({ crossplane: s.string() }), /keeps its own state/],
  ])('%s', (field, change, message) => {
    expect(refusal(change)).toEqual([expect.stringMatching(message)]);
    expect(refusal(change)[0]).toContain(`${field} is reserved`);
  });

  test('the same name further down is free', () => {
    expect(refusal(withSpec({ network: s.object({ conditions: s.string(), crossplane: s.string() }) }))).toEqual([]);
  });
});

describe('a field that would not mean what it says is refused', () => {
  test.each([
    ['a name with a dash', { 'my-field': s.string() }, /camelCase/],
    ['limits that exclude each other', { n: s.integer({ min: 2, max: 1 }) }, /minimum 2 is above maximum 1/],
    ['a length below 0', { n: s.string({ maxLength: -1 }) }, /is no count/],
    ['a factor that is a fraction', { n: s.number({ multipleOf: 0.5 }) }, /a whole number above 0/],
    ['an enum of nothing', { n: s.string({ enum: [] }) }, /enum is empty/],
    ['an enum that repeats', { n: s.string({ enum: ['a', 'a'] }) }, /names a value twice/],
    ['a pattern that RE2 lacks', { n: s.string({ pattern: '(?=a)' }) }, /RE2/],
    ['a format that nobody checks', { n: s.string({ format: 'hostname' as never }) }, /nothing would be checked/],
    ['a default outside of the limits', { n: s.integer({ max: 1, default: 2 }) }, /default 2 is too high/],
    [
      'a default with an unknown field',
      { n: s.object({}, { default: { a: 1 } as never }) },
      /default.a is not a known field/,
    ],
    ['an example that is not valid', { n: s.integer({ min: 1, example: 0 }) }, /example 0 is too low/],
    [
      'a default of an optional field',
      { n: (s.integer({ default: 1 }) as never as { optional(): never }).optional() },
      /leave out optional/,
    ],
    ['a deprecated field that has to be given', { n: s.string({ deprecated: 'use m' }) }, /has to be given/],
    [
      'an immutable item',
      { n: s.array(s.string({ immutable: true }), { maxItems: 3 }) },
      /make the whole list or map immutable/,
    ],
    [
      'a growing entry of a map',
      { n: s.map(s.integer({ growOnly: true }), { maxProperties: 3 }) },
      /make the whole list or map/,
    ],
    ['immutable and growing', { n: s.integer({ immutable: true, growOnly: true }) }, /choose one/],
    ['a text that grows', { n: s.string({ growOnly: true } as never) }, /only numbers grow/],
    [
      'a rule about an object of any content',
      { n: s.anything({ rules: [{ cel: 'true', message: 'x' }] }) },
      /CEL cannot see/,
    ],
    [
      'a rule in a list of any length',
      { n: s.array(s.string({ rules: [{ cel: 'self != "a"', message: 'no a' }] })) },
      /give the list maxItems/,
    ],
    [
      'oldSelf where items are not told apart',
      { n: s.array(s.integer({ rules: [{ cel: 'self >= oldSelf', message: 'grow' }] }), { maxItems: 3 }) },
      /name their keys with unique/,
    ],
    ['a column that is an object', { n: s.object({}, { column: 'N' } as never) }, /a column shows one value/],
    ['a column in a list', { n: s.array(s.string({ column: 'N' })) }, /a column shows one value/],
    ['a column that Crossplane has', { n: s.string({ column: 'Ready' }) }, /Crossplane adds/],
    ['a column twice', { n: s.string({ column: 'N' }), m: s.string({ column: 'N' }) }, /is there twice/],
    ['a set of objects', { n: s.array(s.object({}), { unique: true }) }, /name the fields that tell them apart/],
    [
      'a key that items may leave out',
      { n: s.array(s.object({ a: s.string().optional() }), { unique: ['a'] }) },
      /may leave out/,
    ],
    [
      'a key that items have not',
      { n: s.array(s.object({ a: s.string() }), { unique: ['b'] }) },
      /which its items have not/,
    ],
    ['an option of another library', { n: s.string({ minimumLength: 3 } as never) }, /no keyword of a CRD/],
    [
      'a reference in a raw schema',
      { n: s.raw({ type: 'object', properties: { a: { type: 'string', $ref: 'x' } } }) },
      /write the schema out/,
    ],
    ['a raw schema without a type', { n: s.raw({ properties: {} }) }, /has no type/],
    ['a raw list without items', { n: s.raw({ type: 'array' }) }, /has no items/],
  ])('%s', (_, spec, message) => {
    expect(refusal(withSpec(spec))).toEqual([expect.stringMatching(message)]);
  });

  test.each([
    ['a default in the status', { n: s.string({ default: 'a' }) }, /leave the default out/],
    ['an immutable status', { n: s.string({ immutable: true }) }, /able to report any change/],
  ])('%s', (_, status, message) => {
    expect(refusal(withStatus(status))).toEqual([expect.stringMatching(message)]);
  });
});

describe('a rule that the API server would not compile is refused', () => {
  test.each([
    ['an unknown field', 'self.sise == "small"', /no such key: sise/],
    ['an unknown field in has()', '!has(self.sise)', /no such key: sise/],
    ['types that do not fit', 'self.size > 3', /no such overload: string > int/],
    ['no boolean', 'self.size', /of type string/],
    ['an unknown function', 'self.size.shout() == "A"', /shout\(\) is not known/],
    ['no CEL', 'self.size ==', /refused/],
  ])('%s', (_, cel, message) => {
    const rules = [{ cel, message: 'never' }];
    expect(refusal(withSpec({ size: s.string() }, { rules }))).toEqual([expect.stringMatching(message)]);
  });

  test('a message of two lines', () => {
    const rules = [{ cel: 'true', message: 'a\nb' }];
    expect(refusal(withSpec({ size: s.string() }, { rules }))).toEqual([expect.stringMatching(/one line/)]);
  });

  test('a fieldPath that leads nowhere', () => {
    const rules = [{ cel: 'true', message: 'a', fieldPath: '.sise' }];
    expect(refusal(withSpec({ size: s.string() }, { rules }))).toEqual([expect.stringMatching(/leads to no field/)]);
  });

  test('a default that breaks a rule', () => {
    const size = s.integer({ default: 3, rules: [{ cel: 'self > 3', message: 'above 3' }] });
    expect(refusal(withSpec({ size }))).toEqual([expect.stringMatching(/its default breaks its rule: above 3/)]);
  });
});

describe('versions that are converted by their name alone have to fit', () => {
  const v2 = { referenceable: true, spec: { size: s.string({ enum: ['a'] }), port: s.integer().optional() } };

  test('what a served version takes, the stored one has to take', () => {
    const v1 = { spec: { size: s.string(), port: s.integer().optional() } };
    expect(refusal({ versions: { v1, v2 } })).toEqual([
      expect.stringMatching(/v1 is served and stored as v2, where spec.size took any value/),
    ]);
  });

  test('what a served version lacks would be lost when it is written', () => {
    const v1 = { spec: { size: s.string({ enum: ['a'] }) } };
    expect(refusal({ versions: { v1, v2 } })).toEqual([expect.stringMatching(/lacks spec.port of v2, which is lost/)]);
  });

  test.each([
    ['no longer served', { served: false }, {}],
    [
      'converted by a webhook',
      {},
      { conversion: { clientConfig: { url: 'https://x' }, conversionReviewVersions: ['v1'] } },
    ],
  ])('one that is %s may differ', (_, version, api) => {
    expect(refusal({ versions: { v1: { spec: { a: s.string() }, ...version }, v2 }, ...api })).toEqual([]);
  });
});

describe('the XRD', () => {
  const xrd = everyFeature.xrd();

  test('passes the schema of Crossplane, as an object of a chart', () => {
    const chart = Testing.chart();
    everyFeature.install(chart);
    const [object] = Testing.synth(chart);
    const kind = kindOf(object.apiVersion, object.kind, '1.36');
    expect(object.metadata.name).toBe('everythings.platform.acme.io');
    expect(kind && validate(object, kind)).toEqual([]);
  });

  test('always says its scope, which some tools take for the old one otherwise', () => {
    expect(xrd.spec?.scope).toBe('Namespaced');
  });

  test('holds nothing at the level of spec and status that Crossplane drops', () => {
    const kept = ['description', 'oneOf', 'properties', 'required', 'type', 'x-kubernetes-validations'];
    for (const { schema } of xrd.spec?.versions ?? []) {
      const root = schema?.openAPIV3Schema as unknown as StructuralSchema;
      const { spec = {}, status = {} } = root.properties ?? {};
      expect(kept).toEqual(expect.arrayContaining(Object.keys(spec)));
      expect(kept).toEqual(expect.arrayContaining(Object.keys(status)));
    }
  });

  test('requires nothing of a status, which is reported bit by bit', () => {
    expect(JSON.stringify(everyFeature.referenceable.schema.status)).not.toContain('required');
  });

  test('marks deprecated versions and fields', () => {
    expect(xrd.spec?.versions[0]).toMatchObject({ deprecated: true, deprecationWarning: 'use v1' });
    expect(everyFeature.referenceable.schema.spec.properties?.tier.description).toBe('Deprecated: use size');
  });

  test('shows columns', () => {
    expect(xrd.spec?.versions[1].additionalPrinterColumns).toEqual([
      { name: 'Size', type: 'string', jsonPath: '.spec.size', description: 'How much.' },
      { name: 'Storage', type: 'integer', jsonPath: '.spec.storageGb', priority: 1 },
      { name: 'Host', type: 'string', jsonPath: '.status.host' },
    ]);
  });
});

describe('the plural of a kind', () => {
  test.each([
    ['PostgresInstance', 'postgresinstances'],
    ['Registry', 'registries'],
    ['Key', 'keys'],
    ['Bus', 'buses'],
    ['Mailbox', 'mailboxes'],
  ])('of %s is %s', (kind, plural) => {
    expect(defineApi({ ...sound, kind }).plural).toBe(plural);
  });
});

test('the CRD takes requests with what Crossplane adds', () => {
  const kind = kindOf('platform.acme.io/v1', 'Everything', '1.36', new KindRegistry([everyFeature.crd()]));
  const request = {
    apiVersion: 'platform.acme.io/v1',
    kind: 'Everything',
    metadata: { name: 'a' },
    spec: { crossplane: { compositionSelector: { matchLabels: { provider: 'aws' } } } },
    status: {
      conditions: [{ type: 'Ready', status: 'True', reason: 'Available', lastTransitionTime: '2026-01-31T08:00:00Z' }],
    },
  };
  expect(kind && validate(request, kind)).toEqual([]);
});
