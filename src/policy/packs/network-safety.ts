import type { PolicyPack } from '../policy-pack';
import { externalIps } from '../rules/external-ips';
import { ingressHosts } from '../rules/ingress-hosts';
import { nodePortServices } from '../rules/node-port-services';
import { publicLoadBalancers } from '../rules/public-load-balancers';
import { routeHosts } from '../rules/route-hosts';

/** Nothing is reachable from outside but through the gateway, under the hosts of the platform. */
export const networkSafety: PolicyPack = {
  id: 'network-safety',
  title: 'Network safety',
  failClosed: true,
  policies: [publicLoadBalancers, nodePortServices, externalIps, ingressHosts, routeHosts],
};
