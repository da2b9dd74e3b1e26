import { exposureAdded } from '../../../src/diff/risks/exposure-added';
import { holdsFor, object } from './risk-cases';

const service = (type?: string) => object('Service', { spec: { type, ports: [{ port: 80 }] } });
const route = (...hostnames: string[]) =>
  object('gateway.networking.k8s.io/v1 HTTPRoute', { spec: { ...(hostnames.length > 0 && { hostnames }) } });
const ingress = (...hosts: string[]) =>
  object('networking.k8s.io/v1 Ingress', { spec: { rules: hosts.map((host) => ({ host })) } });
const gateway = (from: string) =>
  object('gateway.networking.k8s.io/v1 Gateway', {
    spec: { listeners: [{ name: 'a', protocol: 'HTTPS', port: 443, allowedRoutes: { namespaces: { from } } }] },
  });

holdsFor(exposureAdded, [
  {
    name: 'a load balancer',
    risk: [service('ClusterIP'), service('LoadBalancer')],
    says: ['is reached over a load balancer'],
    twin: [service('LoadBalancer'), service('ClusterIP')],
  },
  {
    name: 'a port of each node, of a Service that is new',
    risk: [undefined, service('NodePort')],
    says: ['is reached over a port of each node'],
    twin: [undefined, service()],
  },
  {
    name: 'a host',
    risk: [route('a.acme.io'), route('a.acme.io', 'b.acme.io')],
    says: ['is reached under b.acme.io'],
    twin: [route('a.acme.io', 'b.acme.io'), route('b.acme.io')],
  },
  {
    name: 'every host',
    risk: [route('a.acme.io'), route()],
    says: ['is reached under any host'],
    twin: [route(), route()],
  },
  {
    name: 'a host of an Ingress',
    risk: [undefined, ingress('a.acme.io')],
    says: ['is reached under a.acme.io'],
    twin: [ingress('a.acme.io', 'b.acme.io'), ingress('b.acme.io', 'a.acme.io')],
  },
  {
    name: 'a gateway for everybody',
    risk: [gateway('Same'), gateway('All')],
    says: ['takes routes of any namespace on port 443'],
    twin: [gateway('All'), gateway('Same')],
  },
]);
