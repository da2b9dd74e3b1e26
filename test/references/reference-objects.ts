import type { PlacedObject, PlainObject } from '../../src/platform/placed-object';

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

/** A ConfigMap with two keys. */
export const config = object('ConfigMap', 'config', { data: { URL: 'x' }, binaryData: { 'logo.png': '' } });
/** A Secret with one key. */
export const secret = object('Secret', 'secret', { stringData: { TOKEN: 'x' } });

/** A Deployment whose container has one variable. */
export function variable(valueFrom: object): PlainObject {
  return apiWith({ env: [{ name: 'A', valueFrom }] });
}

/** How a variable names a key of a ConfigMap. */
export function configKey(key: string, name = 'config', optional?: boolean): object {
  return { configMapKeyRef: { name, key, optional } };
}

/** How a variable names a key of a Secret. */
export function secretKey(key: string, name = 'secret', optional?: boolean): object {
  return { secretKeyRef: { name, key, optional } };
}

/** A Deployment with one volume. */
export function volume(source: object, mount: object = {}): PlainObject {
  return apiWith({ volumeMounts: [{ name: 'v', mountPath: '/v', ...mount }] }, { volumes: [{ name: 'v', ...source }] });
}

/** A StatefulSet `db` that mounts its claims `data`. */
export function stateful(): PlainObject {
  const mounts = { containers: [container({ volumeMounts: [{ name: 'data', mountPath: '/data' }] })] };
  return workload('db', mounts, 'StatefulSet', { volumeClaimTemplates: [{ metadata: { name: 'data' } }] });
}

/** Objects as a render places them. */
export function placed(objects: readonly PlainObject[]): PlacedObject[] {
  return objects.map((o) => ({ object: o, path: `shop/${o.kind}-${o.metadata?.name}` }));
}
