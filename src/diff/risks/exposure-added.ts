import { groupKindOf, type PlainObject } from '../../platform/placed-object';
import { fieldsOf, objectsOf, textOf, valueAt } from '../../references/fields';
import { gained, type RiskRule } from './risk-rule';
import { wordsOf } from './words-of';

/** Ways into the cluster, by kind. */
const entries: Readonly<Record<string, (spec: Readonly<Record<string, unknown>>) => string[]>> = {
  Service: ({ type, externalIPs }) => [
    ...(type === 'LoadBalancer' ? ['is reached over a load balancer'] : []),
    ...(type === 'NodePort' ? ['is reached over a port of each node'] : []),
    ...wordsOf(externalIPs).map((address) => `is reached at ${address}`),
  ],
  'networking.k8s.io/Ingress': ({ rules, defaultBackend }) => [
    ...objectsOf(rules).map(({ host }) => hostFact(textOf(host))),
    ...(defaultBackend ? [hostFact(undefined)] : []),
  ],
  'gateway.networking.k8s.io/HTTPRoute': routeHosts,
  'gateway.networking.k8s.io/GRPCRoute': routeHosts,
  'gateway.networking.k8s.io/TLSRoute': routeHosts,
  'gateway.networking.k8s.io/TCPRoute': () => ['is reached over its gateway'],
  'gateway.networking.k8s.io/UDPRoute': () => ['is reached over its gateway'],
  'gateway.networking.k8s.io/Gateway': ({ listeners }) =>
    objectsOf(listeners).flatMap(({ protocol, port, hostname, allowedRoutes }) => [
      `listens for ${protocol} on port ${port} of ${textOf(hostname) ?? 'any host'}`,
      ...(valueAt(allowedRoutes, 'namespaces', 'from') === 'All'
        ? [`takes routes of any namespace on port ${port}`]
        : []),
    ]),
};

/** Something is reached from outside that was not. */
export const exposureAdded: RiskRule = {
  id: 'exposure-added',
  what: 'something is reached from outside',
  why: 'whoever reaches the load balancer, the nodes or the gateway reaches it too',
  find: (change) => gained(change, factsOf),
};

function factsOf(object: PlainObject): string[] {
  const groupKind = groupKindOf(object);
  return Object.hasOwn(entries, groupKind) ? entries[groupKind](fieldsOf(object.spec)) : [];
}

function routeHosts({ hostnames }: Readonly<Record<string, unknown>>): string[] {
  const hosts = wordsOf(hostnames);
  return hosts.length === 0 ? [hostFact(undefined)] : hosts.map(hostFact);
}

function hostFact(host: string | undefined): string {
  return host === undefined ? 'is reached under any host' : `is reached under ${host}`;
}
