import { definePolicy } from '../define-policy';
import { deployment, object } from '../example-objects';
import { wholeNumber } from '../parameter';

const autoscaler = (maxReplicas: number) =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: { maxReplicas, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'example' } },
  });

export const replicaCeiling = definePolicy({
  id: 'replica-ceiling',
  title: 'Workloads stay within the replicas of the environment',
  why: 'A wrong number, or an autoscaler without a sensible end, costs money until somebody notices.',
  fix: 'lower the count, or have it agreed with the platform team',
  severity: 'medium',
  category: 'cost',
  match: {
    kinds: [
      'apps/v1/Deployment',
      'apps/v1/StatefulSet',
      'autoscaling/v1/HorizontalPodAutoscaler',
      'autoscaling/v2/HorizontalPodAutoscaler',
    ],
  },
  parameters: {
    maxReplicas: wholeNumber({
      says: 'the most replicas of a workload',
      min: 1,
      max: 10_000,
      default: 100,
      example: 20,
    }),
  },
  checks: [
    {
      field: 'spec.replicas',
      holds: 'object.spec.?replicas.orValue(1) <= variables.maxReplicas',
      says: 'is above what the environment allows',
    },
    {
      field: 'spec.maxReplicas',
      holds: 'object.spec.?maxReplicas.orValue(1) <= variables.maxReplicas',
      says: 'is above what the environment allows',
    },
  ],
  examples: {
    passes: [deployment({}, { replicas: 20 }), deployment(), autoscaler(20)],
    fails: [deployment({}, { replicas: 21 }), autoscaler(200)],
  },
});
