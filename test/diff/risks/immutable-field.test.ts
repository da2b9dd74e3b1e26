import { immutableField } from '../../../src/diff/risks/immutable-field';
import { deployment, found, holdsFor, object } from './risk-cases';

const withSelector = (app: string, labels = app) =>
  deployment({}, {}, { selector: { matchLabels: { app } }, paused: labels === 'x' });
const stateful = (spec: object) => object('apps/v1 StatefulSet', { spec: { serviceName: 'api', ...spec } });
const claim = (spec: object) => object('PersistentVolumeClaim', { spec: { accessModes: ['ReadWriteOnce'], ...spec } });
const hook = { 'argocd.argoproj.io/hook': 'PreSync', 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' };
const job = (image: string, annotations: object = {}) =>
  object('batch/v1 Job', { spec: { template: { spec: { containers: [{ name: 'a', image }] } } } }, { annotations });
const binding = (roleRef: object, subject: string) =>
  object('rbac.authorization.k8s.io/v1 RoleBinding', { roleRef, subjects: [{ kind: 'Group', name: subject }] });
const settings = (a: string, immutable: boolean) => object('ConfigMap', { data: { a }, immutable });

holdsFor(immutableField, [
  {
    name: 'the selector of a Deployment',
    risk: [withSelector('a'), withSelector('b')],
    says: ['spec.selector.matchLabels.app cannot be changed'],
    twin: [withSelector('a'), withSelector('a', 'x')],
  },
  {
    name: 'a field of a StatefulSet',
    risk: [stateful({}), stateful({ serviceName: 'other' })],
    says: ['spec.serviceName cannot be changed'],
    twin: [stateful({}), stateful({ replicas: 3 })],
  },
  {
    name: 'the storage of a StatefulSet',
    risk: ['1Gi', '2Gi'].map((storage) =>
      stateful({
        volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { resources: { requests: { storage } } } }],
      }),
    ) as never,
    says: ['spec.volumeClaimTemplates[data].spec.resources.requests.storage cannot be changed'],
    twin: ['1Gi', '1024Mi'].map((storage) =>
      stateful({
        volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { resources: { requests: { storage } } } }],
      }),
    ) as never,
  },
  {
    name: 'the template of a Job',
    risk: [job('a:1'), job('a:2')],
    says: ['spec.template.spec.containers[a].image cannot be changed'],
    twin: [job('a:1', hook), job('a:2', hook)],
  },
  {
    name: 'the class of a claim',
    risk: [claim({ storageClassName: 'a' }), claim({ storageClassName: 'b' })],
    says: ['spec.storageClassName cannot be changed'],
    twin: [
      claim({ resources: { requests: { storage: '1Gi' } } }),
      claim({ resources: { requests: { storage: '2Gi' } } }),
    ],
  },
  {
    name: 'the address of a Service',
    risk: [object('Service', { spec: { clusterIP: '10.0.0.1' } }), object('Service', { spec: { clusterIP: 'None' } })],
    says: ['spec.clusterIP cannot be changed'],
    twin: [
      object('Service', { spec: { ports: [{ port: 80 }] } }),
      object('Service', { spec: { ports: [{ port: 81 }] } }),
    ],
  },
  {
    name: 'the role of a binding',
    risk: [binding({ kind: 'Role', name: 'a' }, 'devs'), binding({ kind: 'Role', name: 'b' }, 'devs')],
    says: ['roleRef.name cannot be changed'],
    twin: [binding({ kind: 'Role', name: 'a' }, 'devs'), binding({ kind: 'Role', name: 'a' }, 'ops')],
  },
  {
    name: 'data that was declared final',
    risk: [settings('1', true), settings('2', true)],
    says: ['data.a cannot be changed'],
    twin: [settings('1', false), settings('2', false)],
  },
  {
    name: 'the type of a Secret',
    risk: [object('Secret', {}), object('Secret', { type: 'kubernetes.io/tls' })],
    says: ['type cannot be changed'],
    twin: [object('Secret', {}), object('Secret', { type: 'Opaque', data: {} })],
  },
]);

test('what an API of the platform refuses is said in its words', () => {
  const request = (storageGb: number) => object('platform.acme.io/v1 PostgresInstance', { spec: { storageGb } });
  const updateProblems = () => ['spec.storageGb cannot be lowered; it can only grow'];
  expect(found(immutableField, request(50), request(40), { updateProblems })).toEqual(updateProblems());
  expect(found(immutableField, undefined, request(40), { updateProblems })).toEqual([]);
});
