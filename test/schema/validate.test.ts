import type { Crd } from '../../src/schema/crd-kinds';
import type { Kind } from '../../src/schema/kind';
import { KindRegistry } from '../../src/schema/kind-registry';
import { kindOf } from '../../src/schema/kinds';
import type { Schema } from '../../src/schema/schema';
import { validate } from '../../src/schema/validate';
import type { Violation } from '../../src/schema/violation';

/** A kind with one schema under `spec`, from a CRD of its own. */
function kindWith(spec: Schema, scope = 'Namespaced', more: Record<string, Schema> = {}): Kind {
  const crd: Crd = {
    spec: {
      group: 'example.dev',
      names: { kind: 'Widget', plural: 'widgets' },
      scope,
      versions: [
        { name: 'v1', served: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec, ...more } } } },
      ],
    },
  };
  return kindOf('example.dev/v1', 'Widget', '1.34', new KindRegistry([crd])) as Kind;
}

const widget = (spec: unknown, metadata: object = { name: 'w' }) => ({
  apiVersion: 'example.dev/v1',
  kind: 'Widget',
  metadata,
  spec,
});

/** Violations as one line each: path, keyword. */
const brief = (violations: readonly Violation[]) => violations.map(({ path, keyword }) => `${path} ${keyword}`);

const text: Schema = { type: 'string' };
const list = (items: Schema, more: Schema = {}): Schema => ({ type: 'array', items, ...more });
const object = (properties: Record<string, Schema>, more: Schema = {}): Schema => ({
  type: 'object',
  properties,
  ...more,
});

describe('a keyword of a schema', () => {
  test.each<[what: string, schema: Schema, good: unknown[], bad: unknown[], keyword: string]>([
    ['string', text, ['', 'a'], [1, true, [], {}, null], 'type'],
    ['integer', { type: 'integer' }, [0, -1, 3.0], [1.5, '1', null], 'type'],
    ['number', { type: 'number' }, [0, 1.5], ['1', true], 'type'],
    ['boolean', { type: 'boolean' }, [true, false], ['true', 0], 'type'],
    ['list', list(text), [[], ['a']], [{}, 'a'], 'type'],
    ['nullable', { type: 'string', nullable: true }, [null, 'a'], [1], 'type'],
    ['int-or-string', { 'x-kubernetes-int-or-string': true }, [1, '1', 'a'], [1.5, true, null], 'type'],
    ['enum', { type: 'string', enum: ['', 'A'] }, ['', 'A'], ['a'], 'enum'],
    ['pattern', { type: 'string', pattern: '^a+$' }, ['a', 'aa'], ['', 'b'], 'pattern'],
    ['pattern without case', { type: 'string', pattern: '^(?i)(on|off)$' }, ['ON', 'off'], ['no'], 'pattern'],
    ['minLength', { type: 'string', minLength: 2 }, ['ab', '\u{1f980}a'], ['a', '\u{1f980}'], 'minLength'],
    ['maxLength', { type: 'string', maxLength: 1 }, ['', '\u{1f980}'], ['ab'], 'maxLength'],
    ['minimum', { type: 'integer', minimum: 1 }, [1], [0], 'minimum'],
    ['maximum', { type: 'integer', maximum: 5 }, [5], [6], 'maximum'],
    ['above', { type: 'number', minimum: 1, exclusiveMinimum: true }, [1.1], [1], 'minimum'],
    ['below', { type: 'number', maximum: 5, exclusiveMaximum: true }, [4.9], [5], 'maximum'],
    ['multipleOf', { type: 'integer', multipleOf: 4 }, [0, 8], [6], 'multipleOf'],
    ['minItems', list(text, { minItems: 1 }), [['a']], [[]], 'minItems'],
    ['maxItems', list(text, { maxItems: 1 }), [[], ['a']], [['a', 'b']], 'maxItems'],
    [
      'minProperties',
      { type: 'object', additionalProperties: text, minProperties: 1 },
      [{ a: 'b' }],
      [{}],
      'minProperties',
    ],
    [
      'maxProperties',
      { type: 'object', additionalProperties: text, maxProperties: 0 },
      [{}],
      [{ a: 'b' }],
      'maxProperties',
    ],
    ['int32', { type: 'integer', format: 'int32' }, [2147483647], [2147483648, -2147483649], 'format'],
    [
      'date-time',
      { type: 'string', format: 'date-time' },
      ['2026-01-31T08:00:00Z'],
      ['2026-01-31', '2026-02-30T08:00:00Z'],
      'format',
    ],
    ['an unknown format', { type: 'string', format: 'colour' }, ['anything'], [1], 'type'],
    ['not', { type: 'string', not: { enum: ['a'] } }, ['b'], ['a'], 'not'],
    ['anyOf', { type: 'string', anyOf: [{ enum: ['a'] }, { pattern: '^b' }] }, ['a', 'bc'], ['c'], 'anyOf'],
    ['allOf', { type: 'string', allOf: [{ minLength: 2 }, { pattern: '^b' }] }, ['bc'], ['b'], 'minLength'],
  ])('%s', (_, schema, good, bad, keyword) => {
    const kind = kindWith(object({ field: schema }));
    for (const value of good) expect(validate(widget({ field: value }), kind)).toEqual([]);
    for (const value of bad) expect(brief(validate(widget({ field: value }), kind))).toEqual([`spec.field ${keyword}`]);
  });

  test('oneOf of fields says which there are and which there may be', () => {
    const kind = kindWith(object({ a: text, b: text }, { oneOf: [{ required: ['a'] }, { required: ['b'] }] }));
    const problem = (spec: object) => validate(widget(spec), kind).map((violation) => violation.problem);
    expect(problem({ a: 'x' })).toEqual([]);
    expect(problem({})).toEqual(['must have exactly one of a or b; it has none']);
    expect(problem({ a: 'x', b: 'y' })).toEqual(['must have exactly one of a or b; it has a and b']);
  });

  test('a branch never makes a field known or unknown', () => {
    const kind = kindWith(object({ a: text }, { anyOf: [{ properties: { a: { enum: ['x'] }, b: text } }] }));
    expect(validate(widget({ a: 'x' }), kind)).toEqual([]);
    expect(brief(validate(widget({ a: 'x', b: 'y' }), kind))).toEqual(['spec.b unknown-field']);
  });
});

describe('defaults', () => {
  test('stand for a required field that is absent or null', () => {
    const kind = kindWith(object({ mode: { ...text, default: 'on' } }, { required: ['mode'] }));
    expect(validate(widget({}), kind)).toEqual([]);
    expect(validate(widget({ mode: null }), kind)).toEqual([]);
  });

  test('count in a branch of a branch', () => {
    const nested = { allOf: [{ anyOf: [{ required: ['mode'] }, { required: ['b'] }] }] };
    const kind = kindWith(object({ mode: { ...text, default: 'on' }, b: text }, nested));
    expect(validate(widget({}), kind)).toEqual([]);
  });

  test('count in a branch', () => {
    const branches = [{ required: ['b'] }, { properties: { mode: { enum: ['off'] } } }];
    const kind = kindWith(object({ mode: { ...text, default: 'on' }, b: text }, { anyOf: branches }));
    expect(brief(validate(widget({}), kind))).toEqual(['spec anyOf']);
    expect(validate(widget({ mode: 'off' }), kind)).toEqual([]);
  });
});

describe('fields', () => {
  test('all problems of an object are reported, each at its place', () => {
    const part = object({ name: text, size: { type: 'integer', maximum: 3 } }, { required: ['name'] });
    const kind = kindWith(
      object({ parts: list(part), 'dash-name': text, labels: { type: 'object', additionalProperties: text } }),
    );
    const spec = { parts: [{ size: 4 }, { name: 'b', sise: 1 }], 'dash-name': 1, labels: { 'example.dev/x': 2 } };
    expect(brief(validate(widget(spec), kind))).toEqual([
      'spec.parts[0].name required',
      'spec.parts[0].size maximum',
      'spec.parts[1].sise unknown-field',
      'spec.dash-name type',
      'spec.labels["example.dev/x"] type',
    ]);
  });

  test('an unknown field comes with the one that was meant', () => {
    const kind = kindWith(object({ size: { type: 'integer' } }));
    expect(validate(widget({ sise: 1 }), kind)).toEqual([
      { path: 'spec.sise', keyword: 'unknown-field', problem: 'is not a known field (did you mean "size"?)' },
    ]);
  });

  test('a field named like a method of every JavaScript object is unknown all the same', () => {
    const kind = kindWith(object({ size: { type: 'integer' } }));
    expect(brief(validate(widget({ constructor: 1, toString: 'x' }), kind))).toEqual([
      'spec.constructor unknown-field',
      'spec.toString unknown-field',
    ]);
  });

  test('are free where the schema preserves unknown ones, and known ones are checked even there', () => {
    const kind = kindWith(object({ a: text }, { 'x-kubernetes-preserve-unknown-fields': true }));
    expect(validate(widget({ b: { c: [1] } }), kind)).toEqual([]);
    expect(brief(validate(widget({ a: 1, b: 2 }), kind))).toEqual(['spec.a type']);
  });

  test('an undefined field is as if it were not there', () => {
    const kind = kindWith(object({ a: text }, { required: ['a'] }));
    expect(brief(validate(widget({ a: undefined, b: undefined }), kind))).toEqual(['spec.a required']);
  });

  test('an embedded object needs a kind, and its metadata is checked', () => {
    const embedded = {
      type: 'object',
      'x-kubernetes-embedded-resource': true,
      'x-kubernetes-preserve-unknown-fields': true,
    } as const;
    const kind = kindWith(object({ template: embedded }));
    const template = { apiVersion: 'v1', kind: 'Pod', metadata: { labels: { app: 'a' } }, spec: { free: true } };
    expect(validate(widget({ template }), kind)).toEqual([]);
    expect(brief(validate(widget({ template: { kind: '', metadata: { label: {} } } }), kind))).toEqual([
      'spec.template.apiVersion required',
      'spec.template.kind minLength',
      'spec.template.metadata.label unknown-field',
    ]);
  });
});

describe('lists', () => {
  const item = object({ name: text, port: { type: 'integer' }, protocol: { ...text, default: 'TCP' } });
  const map: Schema = { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['port', 'protocol'] };

  test('keyed by fields have each key once, and a key left out is its default', () => {
    const kind = kindWith(object({ ports: list(item, map) }));
    const ports = [{ port: 80 }, { port: 80, protocol: 'UDP' }, { port: 80, protocol: 'TCP' }];
    expect(validate(widget({ ports: ports.slice(0, 2) }), kind)).toEqual([]);
    expect(validate(widget({ ports }), kind)).toEqual([
      { path: 'spec.ports[2]', keyword: 'duplicate', problem: 'repeats item 0: port 80, protocol "TCP"; keep one' },
    ]);
  });

  test('that are sets have each value once', () => {
    const kind = kindWith(object({ names: list(text, { 'x-kubernetes-list-type': 'set' }) }));
    expect(brief(validate(widget({ names: ['a', 'b', 'a'] }), kind))).toEqual(['spec.names[2] duplicate']);
  });

  test('that are neither may repeat', () => {
    const kind = kindWith(object({ names: list(text, { 'x-kubernetes-list-type': 'atomic' }) }));
    expect(validate(widget({ names: ['a', 'a'] }), kind)).toEqual([]);
  });
});

describe('an object', () => {
  const kind = kindWith(object({}));

  test.each([
    ['no object', 'text', [' type']],
    ['without a kind', { apiVersion: 'example.dev/v1', metadata: { name: 'w' } }, ['kind required']],
    ['of another kind', { ...widget({}), kind: 'Gadget' }, ['kind enum']],
    ['without metadata', { ...widget({}), metadata: undefined }, ['metadata.name required']],
    ['without a name', widget({}, {}), ['metadata.name required']],
    ['with an unknown field in metadata', widget({}, { name: 'w', label: {} }), ['metadata.label unknown-field']],
    [
      'with a bad label',
      widget({}, { name: 'w', labels: { '-a': 'b', a: '-' } }),
      ['metadata.labels["-a"] propertyNames', 'metadata.labels.a format'],
    ],
    ['with an unknown field at the top', { ...widget({}), data: {} }, ['data unknown-field']],
  ])('%s is refused', (_, candidate, violations) => {
    expect(brief(validate(candidate, kind))).toEqual(violations);
  });

  test('may leave the name to the server', () => {
    expect(validate(widget({}, { generateName: 'w-' }), kind)).toEqual([]);
  });

  test('of the whole cluster has no namespace', () => {
    const cluster = kindWith(object({}), 'Cluster');
    expect(brief(validate(widget({}, { name: 'w', namespace: 'orders' }), cluster))).toEqual([
      'metadata.namespace namespace',
    ]);
    expect(validate(widget({}, { name: 'w', namespace: 'orders' }), kind)).toEqual([]);
  });

  test('of a CRD that narrows names must fit both', () => {
    const narrowed = kindWith(object({}), 'Namespaced', { metadata: object({ name: { ...text, maxLength: 3 } }) });
    expect(brief(validate(widget({}, { name: 'long', labels: { a: 1 } }), narrowed))).toEqual([
      'metadata.name maxLength',
      'metadata.labels.a type',
    ]);
  });
});

describe("Kubernetes' own kinds", () => {
  const deployment = (container: object, spec: object = {}) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'api' },
    spec: {
      selector: { matchLabels: { app: 'api' } },
      template: {
        metadata: { labels: { app: 'api' } },
        spec: { containers: [{ name: 'api', image: 'example.dev/api:1', ...container }] },
      },
      ...spec,
    },
  });
  const check = (object: object, minor = '1.34') =>
    brief(validate(object, kindOf('apps/v1', 'Deployment', minor) as Kind)).map((line) =>
      line.replace('spec.template.spec.containers[0].', ''),
    );

  test.each<[what: string, container: object, violations: string[]]>([
    ['the lowest port', { ports: [{ containerPort: 1 }] }, []],
    ['the highest port', { ports: [{ containerPort: 65535 }] }, []],
    ['port 0', { ports: [{ containerPort: 0 }] }, ['ports[0].containerPort minimum']],
    ['port 65536', { ports: [{ containerPort: 65536 }] }, ['ports[0].containerPort maximum']],
    ['one port twice', { ports: [{ containerPort: 80 }, { containerPort: 80 }] }, ['ports[1] duplicate']],
    ['one port by two protocols', { ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }] }, []],
    ['a protocol in lower case', { ports: [{ containerPort: 80, protocol: 'tcp' }] }, ['ports[0].protocol enum']],
    ['a port name of 16 letters', { ports: [{ containerPort: 80, name: 'a'.repeat(16) }] }, ['ports[0].name format']],
    ['a probe by port name', { livenessProbe: { httpGet: { port: 'http' } } }, []],
    ['a probe of port 70000', { livenessProbe: { httpGet: { port: 70000 } } }, ['livenessProbe.httpGet.port maximum']],
    ['quantities', { resources: { requests: { cpu: 0.5, memory: '512Mi' } } }, []],
    [
      'a quantity without a unit that exists',
      { resources: { limits: { memory: '1GB' } } },
      ['resources.limits.memory format'],
    ],
    ['no image', { image: undefined }, ['image required']],
    ['null for a field', { command: null }, []],
    ['null for a required field', { name: null }, ['name required']],
    ['a name that is no DNS label', { name: 'a.b' }, ['name format']],
    ['an unknown field', { imagePulPolicy: 'Always' }, ['imagePulPolicy unknown-field']],
  ])('%s', (_, container, violations) => {
    expect(check(deployment(container))).toEqual(violations);
  });

  test('a percentage or a number of replicas', () => {
    const rolling = (maxSurge: unknown) => check(deployment({}, { strategy: { rollingUpdate: { maxSurge } } }));
    expect(rolling('25%')).toEqual([]);
    expect(rolling(0)).toEqual([]);
    expect(rolling('25')).toEqual(['spec.strategy.rollingUpdate.maxSurge format']);
    expect(rolling(-1)).toEqual(['spec.strategy.rollingUpdate.maxSurge minimum']);
  });

  test('environment names are stricter before 1.32', () => {
    const named = deployment({ env: [{ name: '1 odd:name', value: 'x' }] });
    expect(check(named, '1.31')).toEqual(['env[0].name format']);
    expect(check(named, '1.32')).toEqual([]);
  });

  test('a field is unknown in the minors before it came', () => {
    const hostnameOverride = deployment({}, {});
    Object.assign(hostnameOverride.spec.template.spec, { hostnameOverride: 'api' });
    expect(check(hostnameOverride, '1.33')).toEqual(['spec.template.spec.hostnameOverride unknown-field']);
    expect(check(hostnameOverride, '1.36')).toEqual([]);
  });

  test('an enum has the members of the minor', () => {
    const tolerating = deployment({});
    Object.assign(tolerating.spec.template.spec, { tolerations: [{ key: 'a', operator: 'Gt', value: '1' }] });
    expect(check(tolerating, '1.34')).toEqual(['spec.template.spec.tolerations[0].operator enum']);
    expect(check(tolerating, '1.35')).toEqual([]);
  });
});
