import type { PlainObject } from '../../src/platform/placed-object';
import { type Case, holds } from './reference-cases';
import { object, service, workload } from './reference-objects';

const api = workload('api');

function hpa(name: string, target: unknown): PlainObject {
  return object('HorizontalPodAutoscaler', name, { spec: { scaleTargetRef: target } });
}

function scaled(name: string, target: unknown): PlainObject {
  return object('ScaledObject', name, { spec: { scaleTargetRef: target } });
}

const toApi = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' };

describe('autoscalers', () => {
  holds([
    [
      'an HPA has a target',
      [hpa('a', toApi), api],
      [hpa('a', { ...toApi, name: 'apo' }), api],
      /^HorizontalPodAutoscaler "a": spec\.scaleTargetRef names apps\/v1 Deployment "apo".*did you mean "api"/,
    ],
    [
      'the target has the group that the HPA names',
      [hpa('a', toApi), api],
      [hpa('a', { kind: 'Deployment', name: 'api' }), api],
      /names v1 Deployment "api".*makes no v1 Deployment/,
    ],
    [
      'a ScaledObject has a target, a Deployment unless it says otherwise',
      [scaled('a', { name: 'api' }), api],
      [scaled('a', { name: 'api', kind: 'StatefulSet' }), api],
      /^ScaledObject "a": .* names apps\/v1 StatefulSet "api"/,
    ],
    [
      'a target has one autoscaler',
      [hpa('a', toApi), api],
      [hpa('a', toApi), scaled('b', { name: 'api' }), api],
      /^ScaledObject "b": .*HorizontalPodAutoscaler "a" scales already/,
    ],
    [
      'a target leaves its replicas to the autoscaler',
      [hpa('a', toApi), api, workload('fixed', {}, 'Deployment', { replicas: 2 })],
      [hpa('a', toApi), workload('api', {}, 'Deployment', { replicas: 2 })],
      /^Deployment "api": spec\.replicas 2 .*HorizontalPodAutoscaler "a"/,
    ],
    [
      'a target may be external',
      [hpa('a', { ...toApi, name: 'theirs' })],
      [hpa('a', { ...toApi, name: 'other' })],
      /external: \[\{ kind: 'Deployment', name: 'other' \}\]/,
      [{ kind: 'Deployment', name: 'theirs' }],
    ],
  ]);
});

function route(backend: object, kind = 'HTTPRoute'): PlainObject {
  return object(kind, 'r', { spec: { rules: [{ backendRefs: [backend] }] } });
}

function ingress(name: string, port: unknown): PlainObject {
  return object('Ingress', 'i', { spec: { rules: [{ http: { paths: [{ backend: { service: { name, port } } }] } }] } });
}

const served = [service(), api];

describe('routes', () => {
  holds([
    ...['HTTPRoute', 'GRPCRoute', 'TCPRoute'].map(
      (kind): Case => [
        `${kind}: a backend exists`,
        [...served, route({ name: 'api', port: 80 }, kind)],
        [...served, route({ name: 'apo', port: 80 }, kind)],
        new RegExp(`^${kind} "r": spec\\.rules\\[0\\]\\.backendRefs\\[0\\] names Service "apo".*did you mean "api"`),
      ],
    ),
    [
      'a backend has the port',
      [...served, route({ name: 'api', port: 80 })],
      [...served, route({ name: 'api', port: 8080 })],
      /names port 8080 of Service "api".*which has "80" or "http"/,
    ],
    ['a backend names a port', served, [...served, route({ name: 'api' })], /names no port of Service "api"/],
    [
      'a backend of another kind or namespace is not looked for',
      [route({ name: 'x', kind: 'Bucket', group: 'example.com' }), route({ name: 'x', namespace: 'other', port: 1 })],
      [route({ name: 'x', port: 1 })],
      /names Service "x"/,
    ],
    [
      'a mirror exists',
      [...served, object('HTTPRoute', 'm', { spec: mirrorTo('api') })],
      [...served, object('HTTPRoute', 'm', { spec: mirrorTo('copy') })],
      /spec\.rules\[0\]\.filters\[0\]\.requestMirror\.backendRef names Service "copy"/,
    ],
    [
      'a Service may be external',
      [route({ name: 'theirs', port: 1 })],
      [route({ name: 'other', port: 1 })],
      /names Service "other"/,
      [{ kind: 'Service', name: 'theirs' }],
    ],
    [
      'a Service that is there twice is held against nothing else',
      [...served, service(), route({ name: 'api', port: 8080 })],
      [...served, route({ name: 'api', port: 8080 })],
      /names port 8080/,
    ],
    [
      'the backend of an Ingress exists',
      [...served, ingress('api', { number: 80 })],
      [...served, ingress('apo', { number: 80 })],
      /^Ingress "i": spec\.rules\[0\]\.http\.paths\[0\]\.backend\.service names Service "apo"/,
    ],
    [
      'the backend of an Ingress has the port, by number',
      [...served, ingress('api', { number: 80 })],
      [...served, ingress('api', { number: 81 })],
      /names port 81/,
    ],
    [
      'the backend of an Ingress has the port, by name',
      [...served, ingress('api', { name: 'http' }), ingress('action', { name: 'use-annotation' })],
      [...served, ingress('api', { name: 'htp' })],
      /names port "htp" of Service "api" \(did you mean "http"\?\)/,
    ],
    [
      'the default backend of an Ingress exists',
      [
        ...served,
        object('Ingress', 'd', { spec: { defaultBackend: { service: { name: 'api', port: { number: 80 } } } } }),
      ],
      [object('Ingress', 'd', { spec: { defaultBackend: { service: { name: 'api', port: { number: 80 } } } } })],
      /spec\.defaultBackend\.service names Service "api"/,
    ],
  ]);
});

function mirrorTo(name: string): unknown {
  return { rules: [{ filters: [{ type: 'RequestMirror', requestMirror: { backendRef: { name, port: 80 } } }] }] };
}

function binding(kind: string, role: object, subject: object): PlainObject {
  return object(kind, 'b', { roleRef: role, subjects: [{ kind: 'ServiceAccount', ...subject }] });
}

const account = object('ServiceAccount', 'api');
const role = object('Role', 'reader');
const toReader = { kind: 'Role', name: 'reader' };

describe('bindings', () => {
  holds([
    [
      'a Role exists',
      [account, role, binding('RoleBinding', toReader, { name: 'api' })],
      [account, role, binding('RoleBinding', { kind: 'Role', name: 'raeder' }, { name: 'api' })],
      /^RoleBinding "b": roleRef names Role "raeder".*did you mean "reader"/,
    ],
    [
      'a service account exists, unless it is of another namespace',
      [role, account, binding('RoleBinding', toReader, { name: 'x', namespace: 'elsewhere' })],
      [role, account, binding('RoleBinding', toReader, { name: 'x', namespace: 'shop' })],
      /subjects\[0\] names ServiceAccount "x"/,
    ],
    [
      'a ClusterRole is not looked for, the service account of its binding is',
      [
        account,
        binding('ClusterRoleBinding', { kind: 'ClusterRole', name: 'view' }, { name: 'api', namespace: 'shop' }),
      ],
      [account, binding('ClusterRoleBinding', { kind: 'ClusterRole', name: 'view' }, { name: 'x', namespace: 'shop' })],
      /^ClusterRoleBinding "b": subjects\[0\] names ServiceAccount "x"/,
    ],
    [
      'both may be external',
      [binding('RoleBinding', toReader, { name: 'api' })],
      [binding('RoleBinding', { kind: 'Role', name: 'x' }, { name: 'api' })],
      /names Role "x"/,
      [
        { kind: 'Role', name: 'reader' },
        { kind: 'ServiceAccount', name: '*' },
      ],
    ],
  ]);
});
