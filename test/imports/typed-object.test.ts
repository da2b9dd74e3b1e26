import { ApiObject, App, Chart, JsonPatch, Lazy, type ResolutionContext, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { ClusterRole, Deployment, Namespace } from '../../imports/kubernetes';
import { ServiceMonitor } from '../../imports/monitoring.coreos.com';
import { FunctionResource } from '../../imports/pkg.crossplane.io';
import type { TypedObject } from '../../imports/typed-object';

const chart = () => new Chart(Testing.app(), 'chart', { namespace: 'orders', labels: { team: 'orders' } });

const spec = { selector: {}, template: { spec: { containers: [{ name: 'api' }] } } };

test('an object carries its kind and the metadata of its chart', () => {
  expect(new Deployment(chart(), 'api', { metadata: { name: 'api' }, spec }).toJson()).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'api', namespace: 'orders', labels: { team: 'orders' } },
    spec,
  });
});

test('a kind knows itself without an object', () => {
  expect(Deployment.GVK).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', namespaced: true });
  expect(Namespace.GVK.namespaced).toBe(false);
  expect(`${ServiceMonitor.apiVersion} ${ServiceMonitor.kind}`).toBe('monitoring.coreos.com/v1 ServiceMonitor');
});

test('a kind of the whole cluster leaves out the namespace of its chart', () => {
  expect(new ClusterRole(chart(), 'role').toJson().metadata).not.toHaveProperty('namespace');
});

test('a namespace that the author gave to a kind of the whole cluster stays, for the check to name', () => {
  const role = new ClusterRole(chart(), 'role', { metadata: { namespace: 'mine' } });
  expect(role.toJson().metadata.namespace).toBe('mine');
});

test('fields newer than the types pass, from props and from patches', () => {
  const newer = { selector: {}, endpoints: [], 'dash-name': 1 };
  const monitor = new ServiceMonitor(chart(), 'monitor', { spec: newer });
  monitor.addJsonPatch(JsonPatch.add('/spec/unknownField', { deep: true }));
  expect(monitor.toJson().spec).toEqual({ ...newer, unknownField: { deep: true } });
});

test('a kind that is called like a global keeps its name in the manifest', () => {
  expect(new FunctionResource(chart(), 'fn', { spec: { package: 'p' } }).toJson().kind).toBe('Function');
});

describe('an object is rendered as cdk8s renders it', () => {
  const asStock = (object: TypedObject) => JSON.stringify(ApiObject.prototype.toJson.call(object));
  const word = fc.string({ minLength: 1, maxLength: 6 }).filter((key) => key !== '__proto__');
  const leaf = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(word, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      tie('value').map((inner) => Lazy.any({ produce: () => inner })),
      tie('value').map((inner) => ({ resolve: () => inner })),
      fc.oneof(fc.integer(), fc.string()).map((inner) => new Quantity(inner)),
    ),
  }));
  const metadata = fc.record(
    {
      namespace: fc.constantFrom('orders', 'mine'),
      labels: fc.dictionary(word, fc.string(), { noNullPrototype: true }),
      annotations: fc.dictionary(word, fc.string(), { noNullPrototype: true }),
      finalizers: fc.array(fc.string(), { maxLength: 2 }),
    },
    { requiredKeys: [] },
  );

  /** What generated cdk8s classes wrap int-or-string values in. */
  class Quantity {
    constructor(readonly value: number | string) {}
  }

  test('whatever its fields are', () => {
    fc.assert(
      fc.property(value, metadata, value, (spec, meta, status) => {
        const object = new Deployment(chart(), 'api', { metadata: meta, spec, status } as never);
        expect(JSON.stringify(object.toJson())).toBe(asStock(object));
      }),
      { numRuns: 1000 },
    );
  });

  test('also what was added to its metadata later', () => {
    const object = new Deployment(chart(), 'api', { spec });
    object.metadata.addLabel('added', 'later');
    object.metadata.add('generation', 2);
    expect(object.toJson().metadata).toMatchObject({ generation: 2, labels: { added: 'later', team: 'orders' } });
    expect(JSON.stringify(object.toJson())).toBe(asStock(object));
  });

  test('with a resolver of the app', () => {
    const resolve = (context: ResolutionContext) => context.value === 'api' && context.replaceValue('resolved');
    const app = new App({ resolvers: [{ resolve }] });
    const object = new Deployment(new Chart(app, 'chart'), 'api', { spec });
    expect(object.toJson().spec.template.spec.containers).toEqual([{ name: 'resolved' }]);
  });

  test('and refused in its words when a field is an instance of a class', () => {
    const object = new Deployment(chart(), 'api', { spec: { replicas: new Map() } as never });
    expect(() => object.toJson()).toThrow("can't render non-simple object of type 'Map'");
  });
});
