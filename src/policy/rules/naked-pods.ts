import { definePolicy } from '../define-policy';
import { pod } from '../example-objects';

const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'app-1', uid: 'a', controller: true }];

export const nakedPods = definePolicy({
  id: 'naked-pods',
  title: 'Pods are made by a controller',
  why: 'A pod without a controller is gone for good when its node is.',
  fix: 'use a Deployment, a StatefulSet or a Job',
  severity: 'medium',
  category: 'reliability',
  match: { kinds: ['v1/Pod'] },
  checks: [
    {
      field: 'metadata.ownerReferences',
      holds: 'object.metadata.?ownerReferences.orValue([]).size() > 0',
      says: 'names no controller',
    },
  ],
  examples: { passes: [pod({}, { ownerReferences })], fails: [pod()] },
});
