import type { PlacedObject, PlainObject } from '../../src/schema/placed-object';

/** Fields that a test writes over those of a good object. */
export type Overrides = Readonly<Record<string, unknown>>;

const group: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  ReplicaSet: 'apps/v1',
  Job: 'batch/v1',
  CronJob: 'batch/v1',
  PodDisruptionBudget: 'policy/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  ScaledObject: 'keda.sh/v1alpha1',
  ScaledJob: 'keda.sh/v1alpha1',
  Rollout: 'argoproj.io/v1alpha1',
  ExternalSecret: 'external-secrets.io/v1',
  SealedSecret: 'bitnami.com/v1alpha1',
  Certificate: 'cert-manager.io/v1',
  SecretProviderClass: 'secrets-store.csi.x-k8s.io/v1',
  HTTPRoute: 'gateway.networking.k8s.io/v1',
  GRPCRoute: 'gateway.networking.k8s.io/v1',
  TCPRoute: 'gateway.networking.k8s.io/v1alpha2',
  Ingress: 'networking.k8s.io/v1',
  ServiceMonitor: 'monitoring.coreos.com/v1',
  PodMonitor: 'monitoring.coreos.com/v1',
  Role: 'rbac.authorization.k8s.io/v1',
  RoleBinding: 'rbac.authorization.k8s.io/v1',
  ClusterRoleBinding: 'rbac.authorization.k8s.io/v1',
};

/** An object of namespace `shop`, with its usual apiVersion. */
export function object(kind: string, name: string, fields: Overrides = {}, namespace = 'shop'): PlainObject {
  const metadata = { name, namespace, labels: { app: name } };
  return { apiVersion: group[kind] ?? 'v1', kind, metadata, ...fields };
}

/** A container `api` with a port `http`. */
export function container(fields: Overrides = {}): Overrides {
  return { name: 'api', ports: [{ name: 'http', containerPort: 8080 }], ...fields };
}

/** A template of pods with the label `app: api` and a container {@link container}. */
export function template(spec: Overrides = {}, labels: Overrides = { app: 'api' }): Overrides {
  return { metadata: { labels }, spec: { containers: [container()], ...spec } };
}

/** A workload that selects `app: <name>`. */
export function workload(name: string, spec: Overrides = {}, kind = 'Deployment', fields: Overrides = {}): PlainObject {
  return object(kind, name, {
    spec: { selector: { matchLabels: { app: name } }, template: template(spec, { app: name }), ...fields },
  });
}

/** A Deployment `api` whose container has these fields. */
export function apiWith(fields: Overrides, spec: Overrides = {}): PlainObject {
  return workload('api', { containers: [container(fields)], ...spec });
}

/** A Service `api` that offers port 80 as `http` and leads to the port `http` of pods `app: api`. */
export function service(spec: Overrides = {}): PlainObject {
  return object('Service', 'api', {
    spec: { selector: { app: 'api' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }], ...spec },
  });
}

/** Objects as a render places them. */
export function placed(objects: readonly PlainObject[]): PlacedObject[] {
  return objects.map((o) => ({ object: o, path: `shop/${o.kind}-${o.metadata?.name}` }));
}
