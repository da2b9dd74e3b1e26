import { celString } from '../cel-literal';
import { definePolicy } from '../define-policy';
import { object } from '../example-objects';

/** How clouds are told that a load balancer is for their own network. */
const internal: readonly (readonly [string, string])[] = [
  ['service.beta.kubernetes.io/aws-load-balancer-scheme', 'internal'],
  ['networking.gke.io/load-balancer-type', 'Internal'],
  ['service.beta.kubernetes.io/azure-load-balancer-internal', 'true'],
];

const service = (spec: object, annotations?: object) =>
  object('v1', 'Service', { spec: { ports: [{ port: 80 }], ...spec } }, annotations && { annotations });

export const publicLoadBalancers = definePolicy({
  id: 'public-load-balancers',
  title: 'No Service has a public load balancer',
  why: 'It opens a service to the internet beside the gateway, without its certificates, limits and logs.',
  fix: 'reach the service through the gateway, or annotate the Service for an internal load balancer',
  severity: 'high',
  category: 'network',
  match: { kinds: ['v1/Service'] },
  checks: [
    {
      field: 'spec.type',
      holds: [
        "object.spec.?type.orValue('ClusterIP') != 'LoadBalancer'",
        ...internal.map(
          ([key, value]) => `object.metadata.?annotations[?${celString(key)}].orValue('') == ${celString(value)}`,
        ),
      ].join(' || '),
      says: 'must not be LoadBalancer',
    },
  ],
  examples: {
    passes: [
      service({}),
      service({ type: 'LoadBalancer' }, { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal' }),
    ],
    fails: [
      service({ type: 'LoadBalancer' }),
      service({ type: 'LoadBalancer' }, { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' }),
    ],
  },
});
