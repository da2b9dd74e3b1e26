import type { PlainObject } from '../../src/platform/placed-object';
import { problemsOf } from './reference-cases';
import { apiWith, object, service, workload } from './reference-objects';

test('problems come in the order of the objects, each with the path of its construct', () => {
  const found = problemsOf([
    service({ selector: { app: 'z' } }),
    workload('b'),
    apiWith({ envFrom: [{ secretRef: { name: 's' } }] }),
  ]);
  expect(found.map(({ path }) => path)).toEqual(['shop/Service-api', 'shop/Deployment-api']);
});

test.each([
  ['no metadata', { apiVersion: 'apps/v1', kind: 'Deployment' }],
  ['no spec', object('Deployment', 'api')],
  ['text where fields belong', object('Deployment', 'api', { spec: 'x' })],
  ['null where lists belong', workload('api', { containers: null, volumes: null })],
  ['odd items', workload('api', { containers: [null, 'x', { name: 1, env: [3], ports: 'x' }] })],
  ['odd service', service({ selector: [], ports: {} })],
  ['odd route', object('HTTPRoute', 'r', { spec: { rules: [{ backendRefs: [null] }, 3] } })],
])('an object with %s is left to its schema', (_, malformed) => {
  expect(problemsOf([malformed as PlainObject])).toEqual([]);
});
