import { definePolicy } from '../define-policy';
import { object } from '../example-objects';
import { strings } from '../parameter';

const route = (hostnames: readonly string[] | undefined) =>
  object('gateway.networking.k8s.io/v1', 'HTTPRoute', {
    spec: { parentRefs: [{ name: 'main' }], ...(hostnames && { hostnames }) },
  });

export const routeHosts = definePolicy({
  id: 'route-hosts',
  title: 'Hosts of a route are in the domains of the platform',
  why: 'A host of another domain, or none, takes whatever traffic the gateway gets for it.',
  fix: 'name hosts below a domain of the platform',
  severity: 'high',
  category: 'network',
  match: { kinds: ['gateway.networking.k8s.io/v1/HTTPRoute', 'gateway.networking.k8s.io/v1/GRPCRoute'] },
  parameters: { domains: strings({ says: 'the domains that hosts may be in', example: ['acme.io'] }) },
  checks: [
    {
      field: 'spec.hostnames',
      holds:
        'object.spec.?hostnames.orValue([]).size() > 0 && object.spec.hostnames.all(host, ' +
        "variables.domains.exists(domain, host == domain || host.endsWith('.' + domain)))",
      says: 'must be in a domain of the platform',
    },
  ],
  examples: {
    passes: [route(['shop.acme.io']), route(['acme.io', '*.acme.io'])],
    fails: [route(undefined), route(['shop.acme.io', 'shop.evil.io'])],
  },
});
