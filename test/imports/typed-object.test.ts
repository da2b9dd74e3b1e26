import { Chart, JsonPatch, Testing } from 'cdk8s';
import { ClusterRole, Deployment, Namespace } from '../../imports/kubernetes';
import { ServiceMonitor } from '../../imports/monitoring.coreos.com';
import { FunctionResource } from '../../imports/pkg.crossplane.io';

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
