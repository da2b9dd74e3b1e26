import Ajv from 'ajv';
import { parse } from 'yaml';
import { apiReference } from '../../../src/crossplane/api/api-reference';
import { defineApi } from '../../../src/crossplane/api/define-api';
import { exampleRequest } from '../../../src/crossplane/api/example-request';
import { portalForm } from '../../../src/crossplane/api/portal-form';
import { s } from '../../../src/crossplane/api/schema-builder';
import { everyFeature } from './every-feature';

const base = { group: 'platform.acme.io', kind: 'Cache', description: 'A cache.' };
const cache = defineApi({
  ...base,
  versions: {
    v1: {
      spec: {
        size: s.string({ enum: ['small', 'large'], description: 'How much | how fast.' }),
        memory: s.integer({ min: 2, max: 64, growOnly: true }),
        owner: s.string({ pattern: '^[a-z]+$', example: 'orders' }),
        note: s.string({ example: "it's\nnew" }).optional(),
        old: s.string({ deprecated: 'use size' }).optional(),
        users: s
          .array(
            s.object(
              { name: s.string(), admin: s.boolean({ default: false }) },
              { rules: [{ cel: "self.name != 'root'", message: 'is taken', fieldPath: '.name' }] },
            ),
            { unique: ['name'], maxItems: 3 },
          )
          .optional(),
      },
      rules: [{ cel: "self.size != 'small' || self.memory < 8", message: 'too much', fieldPath: '.memory' }],
    },
  },
  connection: { host: 'Name of the host' },
});

describe('the example', () => {
  test('has what is required and what its author gave an example of', () => {
    expect(exampleRequest(cache).spec).toEqual({ size: 'small', memory: 2, owner: 'orders', note: "it's\nnew" });
  });

  test('is the one of the API when it has one', () => {
    const api = defineApi({ ...base, versions: { v1: { spec: { n: s.string() } } }, example: { n: 'x' } });
    expect(exampleRequest(api).spec).toEqual({ n: 'x' });
  });

  test('that no field gives is asked for', () => {
    const api = defineApi({ ...base, versions: { v1: { spec: { n: s.string({ pattern: '^[0-9]{3}$' }) } } } });
    expect(() => exampleRequest(api)).toThrow(/spec.n "x" must match .*; give the field or the API an example/);
  });
});

describe('the reference page', () => {
  const page = apiReference(cache);

  test('shows the example as code and as a manifest', () => {
    expect(parse(/```yaml\n([^`]*)```/.exec(page)?.[1] ?? '')).toEqual(exampleRequest(cache));
    expect(page).toContain("new Cache(env, 'example', {\n  size: 'small',\n  memory: 2,\n  owner: 'orders',\n");
    expect(page).toContain("note: 'it\\'s\\nnew',");
  });

  test.each([
    ['an enum', '| `size` | `"small"` `"large"` | required |  | How much \\| how fast. |'],
    ['limits', '| `memory` | integer | required | 2 to 64; can only grow |  |'],
    ['a deprecation', '**Deprecated:** use size'],
    ['a list', '| `users` | list of object | none | 3 items at most; unique by name |  |'],
    ['a field of an item', '| `users[].admin` | boolean | `false` |  |  |'],
    ['a rule', "- `memory`: too much (`self.size != 'small' || self.memory < 8`)"],
    ['a rule of an item', "- `users[].name`: is taken (`self.name != 'root'`)"],
    ['a connection key', '| `host` | Name of the host |'],
  ])('says %s', (_, line) => {
    expect(page).toContain(line);
  });

  test('lists versions when there are several', () => {
    expect(page).not.toContain('## Versions');
    expect(apiReference(everyFeature)).toContain('| `v1beta1` | served | deprecated: use v1 |');
  });
});

describe('the form of a portal', () => {
  const form = portalForm(cache);
  const accepts = new Ajv({ strict: true, allowUnionTypes: true }).compile(form);

  test('takes the example', () => {
    expect(accepts({ name: 'orders', spec: exampleRequest(cache).spec })).toBe(true);
  });

  test.each([
    ['a value that is none', { ...exampleRequest(cache).spec, size: 'huge' }],
    ['a field that is unknown', { ...exampleRequest(cache).spec, sise: 'small' }],
    ['a field that is going away', { ...exampleRequest(cache).spec, old: 'x' }],
    ['less than is required', { size: 'small' }],
  ])('refuses %s', (_, spec) => {
    expect(accepts({ name: 'orders', spec })).toBe(false);
  });

  test('is JSON Schema, whatever the API uses', () => {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true, formats: { 'date-time': true, int32: true } });
    expect(() => ajv.compile(portalForm(everyFeature))).not.toThrow();
    expect(JSON.stringify(portalForm(everyFeature))).not.toContain('x-kubernetes');
  });

  test('names fields as people read them', () => {
    expect(form).toMatchObject({ properties: { spec: { properties: { size: { title: 'Size' } } } } });
  });
});
