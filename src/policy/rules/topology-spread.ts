import { definePolicy } from '../define-policy';
import { deployment } from '../example-objects';

const spread = [
  {
    maxSkew: 1,
    topologyKey: 'topology.kubernetes.io/zone',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'example' } },
  },
];

export const topologySpread = definePolicy({
  id: 'topology-spread',
  title: 'Replicas are spread',
  why: 'Replicas on one node or in one zone fail together, so that having several protects from nothing.',
  fix: 'add topologySpreadConstraints, or an anti-affinity between the pods',
  severity: 'low',
  category: 'reliability',
  match: { kinds: ['apps/v1/Deployment', 'apps/v1/StatefulSet'] },
  checks: [
    {
      on: 'pod',
      field: 'topologySpreadConstraints',
      holds:
        'object.spec.?replicas.orValue(1) < 2 || ' +
        'variables.pod.?topologySpreadConstraints.orValue([]).size() > 0 || ' +
        'variables.pod.?affinity.?podAntiAffinity.hasValue()',
      says: 'must be set for more than one replica',
    },
  ],
  examples: {
    passes: [
      deployment(),
      deployment({}, { replicas: 1 }),
      deployment({ topologySpreadConstraints: spread }, { replicas: 3 }),
    ],
    fails: [deployment({}, { replicas: 2 }), deployment({ topologySpreadConstraints: [] }, { replicas: 2 })],
  },
});
