import type { PlainObject } from '../platform/placed-object';
import { fieldsOf, objectsOf, textOf, valueAt } from '../references/fields';
import type { KindRegistry } from '../schema/kind-registry';
import { knownKinds } from '../schema/kinds';
import { addAmount, one } from './demand-amounts';
import type { KindGroup } from './demand-kinds';

/** Kinds that a quota counts under a name of their own. Source: the documentation of ResourceQuota, "Object count quota". */
const ownKeys: Readonly<Record<string, string>> = {
  Service: 'services',
  ConfigMap: 'configmaps',
  ReplicationController: 'replicationcontrollers',
  ResourceQuota: 'resourcequotas',
};

/** Counted where pods, claims and Secrets are: not only objects make them. */
const countedElsewhere = new Set(['Pod', 'PersistentVolumeClaim', 'Secret']);

/**
 * How many objects a quota counts, by its keys: what is rendered, the Secrets that controllers make of it, and what every
 * namespace holds (`kube-root-ca.crt` and the account `default`). What other controllers make of it (ReplicaSets, Jobs of
 * CronJobs, EndpointSlices) is not in it, nor are objects of a kind that nobody described.
 *
 * @param groups the objects of one namespace
 * @param extra kinds of the platform's own CRDs
 */
export function countObjects(groups: readonly KindGroup[], extra?: KindRegistry): Map<string, bigint> {
  const plurals = pluralsOf(extra);
  const secrets = new Set<string>();
  const counts = new Map([
    ['configmaps', one],
    ['count/serviceaccounts', one],
  ]);
  for (const { apiVersion, kind, groupKind, objects } of groups) {
    const secretsOf = secretsMadeOf[groupKind];
    if (secretsOf) for (const object of objects) for (const name of secretsOf(object)) secrets.add(name);
    if (groupKind === 'Service') for (const object of objects) countPorts(object, counts);
    const key = ownKeys[groupKind] ?? plurals.get(`${apiVersion} ${kind}`);
    if (key !== undefined && !countedElsewhere.has(groupKind)) addAmount(counts, key, BigInt(objects.length) * one);
  }
  if (secrets.size > 0) counts.set('secrets', BigInt(secrets.size) * one);
  return counts;
}

/** Source: the evaluator of Services in Kubernetes 1.36: a load balancer counts a node port for each port unless it has none. */
function countPorts(service: PlainObject, counts: Map<string, bigint>): void {
  const spec = fieldsOf(service.spec);
  const ports = objectsOf(spec.ports);
  const nodePorts = spec.allocateLoadBalancerNodePorts === false ? ports.filter(({ nodePort }) => nodePort) : ports;
  if (spec.type === 'NodePort') addAmount(counts, 'services.nodeports', BigInt(ports.length) * one);
  if (spec.type !== 'LoadBalancer') return;
  addAmount(counts, 'services.loadbalancers', one);
  addAmount(counts, 'services.nodeports', BigInt(nodePorts.length) * one);
}

/** Names of the Secrets that there are because of an object; a certificate has a second one while it is issued. */
const secretsMadeOf: Readonly<Record<string, (object: PlainObject) => readonly string[]>> = {
  Secret: ({ metadata }) => [metadata?.name],
  'bitnami.com/SealedSecret': ({ metadata }) => [metadata?.name],
  'external-secrets.io/ExternalSecret': (object) => {
    const { name, creationPolicy } = fieldsOf(valueAt(object, 'spec', 'target'));
    return creationPolicy === 'Merge' || creationPolicy === 'None' ? [] : [textOf(name) ?? object.metadata?.name];
  },
  'cert-manager.io/Certificate': (object) => issued(textOf(valueAt(object, 'spec', 'secretName'))),
  'networking.k8s.io/Ingress': (object) => {
    const annotations = fieldsOf(valueAt(object, 'metadata', 'annotations'));
    if (!annotations['cert-manager.io/issuer'] && !annotations['cert-manager.io/cluster-issuer']) return [];
    return objectsOf(valueAt(object, 'spec', 'tls')).flatMap(({ secretName }) => issued(textOf(secretName)));
  },
};

function issued(secret: string | undefined): string[] {
  return secret === undefined ? [] : [secret, `${secret} while it is issued`];
}

let builtIn: ReadonlyMap<string, string> | undefined;
const registered = new WeakMap<KindRegistry, ReadonlyMap<string, string>>();

/** The key that counts each namespaced kind, by apiVersion and kind. */
function pluralsOf(extra?: KindRegistry): ReadonlyMap<string, string> {
  if (extra === undefined) {
    builtIn ??= readPlurals();
    return builtIn;
  }
  const known = registered.get(extra) ?? readPlurals(extra);
  registered.set(extra, known);
  return known;
}

function readPlurals(extra?: KindRegistry): ReadonlyMap<string, string> {
  return new Map(
    knownKinds(extra)
      .filter(({ namespaced }) => namespaced)
      .map(({ apiVersion, kind, group, plural }) => [`${apiVersion} ${kind}`, countKey(plural, group)]),
  );
}

/** The key of a quota that counts objects of a kind: `count/deployments.apps`. */
export function countKey(plural: string, group: string): string {
  return group === '' ? `count/${plural}` : `count/${plural}.${group}`;
}
