import { definePolicy } from '../define-policy';
import { deployment, object, pod } from '../example-objects';

export const defaultNamespace = definePolicy({
  id: 'default-namespace',
  title: 'Nothing lives in the namespace default',
  why: 'The default namespace has no owner, no quota and no network policy, and objects land there by mistake.',
  fix: 'put it into the namespace of its team',
  severity: 'medium',
  category: 'ownership',
  standards: { cis: '5.7.4' },
  match: {
    kinds: [
      'v1/Pod',
      'apps/v1/Deployment',
      'apps/v1/StatefulSet',
      'apps/v1/DaemonSet',
      'batch/v1/Job',
      'batch/v1/CronJob',
      'v1/PersistentVolumeClaim',
      'networking.k8s.io/v1/Ingress',
    ],
  },
  checks: [
    {
      field: 'metadata.namespace',
      holds: "!has(object.metadata.namespace) || object.metadata.namespace != 'default'",
      says: 'must not be default',
    },
  ],
  examples: {
    passes: [pod(), deployment()],
    fails: [
      pod({}, { namespace: 'default' }),
      object(
        'v1',
        'PersistentVolumeClaim',
        { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
        { namespace: 'default' },
      ),
    ],
  },
});
