import type { NetworkPolicySpec } from '../../imports/kubernetes';
import type { Input, StrRef } from '../../src/crossplane/composition/reference-types';

const port = (number: number, protocol: 'TCP' | 'UDP' = 'TCP') => ({ port: number, protocol });

/** Port that servers answer clients on. */
export const postgresPort = 5432;

/** Port that each server's manager answers the operator and its peers on, and the one that metrics are read from. */
const managerPort = 8000;
const metricsPort = 9187;

/**
 * What the servers of a cluster may reach and be reached by, in a namespace where nothing may: clients of the same namespace,
 * whose own policies decide which; each other; the operator and the scraper, wherever they run; name lookups; the API server,
 * which the manager of each server works with; the object store. Source: "Networking" of CloudNativePG v1.30.
 */
export function postgresNetwork(cluster: StrRef, storePort: number): Input<NetworkPolicySpec> {
  const servers = { podSelector: { matchLabels: { 'cnpg.io/cluster': cluster } } };
  const storePorts = [...new Set([443, 6443, storePort])].sort((a, b) => a - b).map((number) => port(number));
  return {
    podSelector: servers.podSelector,
    policyTypes: ['Egress', 'Ingress'],
    ingress: [
      { from: [{ podSelector: {} }], ports: [port(postgresPort)] },
      { from: [servers], ports: [port(managerPort)] },
      { from: [{ namespaceSelector: {} }], ports: [port(managerPort), port(metricsPort)] },
    ],
    egress: [
      { to: [servers], ports: [port(postgresPort), port(managerPort)] },
      { ports: [port(53, 'UDP'), port(53)] },
      { ports: storePorts },
    ],
  };
}
