import { definePolicy } from '../define-policy';
import { object } from '../example-objects';
import { strings } from '../parameter';

const backend = { service: { name: 'app', port: { number: 80 } } };
const ingress = (...hosts: (string | undefined)[]) =>
  object('networking.k8s.io/v1', 'Ingress', {
    spec: {
      rules: hosts.map((host) => ({
        ...(host && { host }),
        http: { paths: [{ path: '/', pathType: 'Prefix', backend }] },
      })),
    },
  });

export const ingressHosts = definePolicy({
  id: 'ingress-hosts',
  title: 'Hosts of an Ingress are in the domains of the platform',
  why: 'A host of another domain can take over traffic, and gets neither a record nor a certificate.',
  fix: 'use a host below a domain of the platform',
  severity: 'high',
  category: 'network',
  match: { kinds: ['networking.k8s.io/v1/Ingress'] },
  parameters: { domains: strings({ says: 'the domains that hosts may be in', example: ['acme.io'] }) },
  checks: [
    {
      on: { item: 'rule', of: 'object.spec.?rules.orValue([])', at: 'spec.rules' },
      field: 'host',
      holds:
        'variables.domains.exists(domain, ' +
        "rule.?host.orValue('') == domain || rule.?host.orValue('').endsWith('.' + domain))",
      says: 'must be in a domain of the platform',
    },
  ],
  examples: {
    passes: [ingress('shop.acme.io'), ingress('acme.io', '*.shop.acme.io')],
    fails: [ingress('shop.evil.io'), ingress('shop.acme.io', 'notacme.io'), ingress(undefined)],
  },
});
