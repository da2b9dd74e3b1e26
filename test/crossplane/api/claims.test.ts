import { Testing } from 'cdk8s';
import { defineApi } from '../../../src/crossplane/api/define-api';
import { s } from '../../../src/crossplane/api/schema-builder';
import { GoldenError } from '../../../src/platform/golden-error';
import { KindRegistry } from '../../../src/schema/kind-registry';
import { kindOf } from '../../../src/schema/kinds';
import { validate } from '../../../src/schema/validate';
import { everyFeature } from './every-feature';

const claimed = everyFeature.on('v1');
const xrd = claimed.xrd();

const claim = (spec: object = {}, name = 'a') => ({
  apiVersion: 'platform.acme.io/v1',
  kind: 'Everything',
  metadata: { name },
  spec: { size: 'small', ...spec },
});

describe('the XRD for Crossplane v1', () => {
  test('passes the schema of Crossplane, as an object of a chart', () => {
    const chart = Testing.chart();
    claimed.install(chart);
    const [object] = Testing.synth(chart);
    const kind = kindOf(object.apiVersion, object.kind, '1.36');
    expect(object.apiVersion).toBe('apiextensions.crossplane.io/v1');
    expect(object.metadata.name).toBe('xeverythings.platform.acme.io');
    expect(kind && validate(object, kind)).toEqual([]);
  });

  test('offers claims under the name that requests have, and composes another kind', () => {
    expect(xrd.spec).toMatchObject({
      names: { kind: 'XEverything', plural: 'xeverythings' },
      claimNames: { kind: 'Everything', plural: 'everythings' },
    });
  });

  test('publishes the keys of the contract, and no others', () => {
    const keys = Object.keys(everyFeature.connection);
    expect(keys).not.toEqual([]);
    expect(xrd.spec?.connectionSecretKeys).toEqual(keys);
    expect(
      defineApi({ ...sound, connection: {} })
        .on('v1')
        .xrd().spec,
    ).not.toHaveProperty('connectionSecretKeys');
  });

  test('says no scope, which only Crossplane v2 knows', () => {
    expect(xrd.spec).not.toHaveProperty('scope');
  });

  test('keeps a claim until what it was fulfilled with is gone, unless its API says otherwise', () => {
    expect(xrd.spec?.defaultCompositeDeletePolicy).toBe('Foreground');
    const other = defineApi({ ...sound, compositeDeletePolicy: 'Background' }).on('v1');
    expect(other.xrd().spec?.defaultCompositeDeletePolicy).toBe('Background');
  });

  test('leaves room for what Crossplane puts behind the name of a claim', () => {
    const [version] =
      defineApi({ ...sound, maxNameLength: 40 })
        .on('v1')
        .xrd().spec?.versions ?? [];
    expect(version.schema?.openAPIV3Schema).toMatchObject({
      properties: { metadata: { properties: { name: { maxLength: 46 } } } },
    });
    const [longest] =
      defineApi({ ...sound, maxNameLength: 60 })
        .on('v1')
        .xrd().spec?.versions ?? [];
    expect(JSON.stringify(longest.schema)).not.toContain('maxLength');
  });

  test('describes versions as the one for Crossplane v2 does', () => {
    const withoutSchema = (versions: readonly object[] = []) => versions.map((version) => ({ ...version, schema: {} }));
    expect(withoutSchema(xrd.spec?.versions)).toEqual(withoutSchema(everyFeature.xrd().spec?.versions));
  });
});

const sound = {
  group: 'platform.acme.io',
  kind: 'Cache',
  description: 'A cache.',
  versions: { v1: { spec: { size: s.string({ enum: ['small', 'large'], default: 'small' }) } } },
} as const;

describe('an API on Crossplane v1', () => {
  test('is the same every time, and on v2 the API itself', () => {
    expect(everyFeature.on('v1')).toBe(claimed);
    expect(everyFeature.on('v2')).toBe(everyFeature);
    expect(claimed.on('v1')).toBe(claimed);
  });

  test('takes what Crossplane keeps in claims, where v2 has a field of its own', () => {
    const own = { writeConnectionSecretToRef: { name: 'a' }, compositionRef: { name: 'b' } };
    expect(claimed.problems(claim(own))).toEqual(everyFeature.problems(claim()));
    expect(everyFeature.problems(claim(own)).map(({ path }) => path)).toEqual(
      expect.arrayContaining(['spec.writeConnectionSecretToRef', 'spec.compositionRef']),
    );
    expect(claimed.problems(claim({ crossplane: {} })).map(({ path }) => path)).toContain('spec.crossplane');
  });

  test('makes a CRD for claims in namespaces and one for what is composed', () => {
    const crds = claimed.crds();
    expect(crds.map(({ spec: { names, scope } }) => [names.kind, scope])).toEqual([
      ['Everything', 'Namespaced'],
      ['XEverything', 'Cluster'],
    ]);
    expect(everyFeature.crds()).toEqual([everyFeature.crd()]);
    const composite = {
      ...claim({ claimRef: { apiVersion: 'platform.acme.io/v1', kind: 'Everything', name: 'a', namespace: 'b' } }),
      kind: 'XEverything',
    };
    const kind = kindOf('platform.acme.io/v1', 'XEverything', '1.36', new KindRegistry(crds));
    const problems = everyFeature.problems(claim()).filter(({ keyword }) => keyword !== 'cel');
    expect(kind && validate(composite, kind)).toEqual(problems);
  });

  test.each([
    [{ scope: 'Cluster' }, /scope "Cluster" has no claims, which live in namespaces/],
    [{ kind: `C${'a'.repeat(62)}`, plural: 'caches' }, /leaves no room for the kind that Crossplane v1 composes/],
    [{ plural: `c${'a'.repeat(62)}` }, /the XRD's name .* is too long; use a plural of 62 characters at most/],
    [
      { versions: { v1: { spec: { secret: s.string({ column: 'Connection-Secret' }) } } } },
      /column "CONNECTION-SECRET" is one that Crossplane v1 adds to claims/,
    ],
  ])('is refused when it cannot have claims: %j', (change, message) => {
    const api = defineApi({ ...sound, ...change } as never);
    expect(() => api.xrd()).not.toThrow();
    expect(() => api.on('v1')).toThrow(GoldenError);
    expect(() => api.on('v1')).toThrow(message);
  });
});
