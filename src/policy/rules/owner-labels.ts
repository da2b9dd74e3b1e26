import { definePolicy } from '../define-policy';
import { deployment, object } from '../example-objects';
import { strings } from '../parameter';

const labels = { 'acme.io/owner': 'orders', 'acme.io/system': 'commerce' };

export const ownerLabels = definePolicy({
  id: 'owner-labels',
  title: 'Every workload says whose it is',
  why: 'Alerts, bills and security findings reach a team only when the object names it.',
  fix: 'add the labels; the library does so for what a GoldenApp renders',
  severity: 'low',
  category: 'ownership',
  match: {
    kinds: [
      'apps/v1/Deployment',
      'apps/v1/StatefulSet',
      'apps/v1/DaemonSet',
      'batch/v1/Job',
      'batch/v1/CronJob',
      'v1/Service',
      'v1/PersistentVolumeClaim',
    ],
    // What a controller makes is its owner's.
    when: '!has(object.metadata.ownerReferences)',
  },
  parameters: {
    ownerLabelKeys: strings({ says: 'the keys of the labels', example: ['acme.io/owner', 'acme.io/system'] }),
  },
  checks: [
    {
      field: 'metadata.labels',
      holds: "variables.ownerLabelKeys.all(key, object.metadata.?labels[?key].orValue('') != '')",
      says: 'must have the labels of its owner',
    },
  ],
  examples: {
    passes: [deployment({}, {}, { labels })],
    fails: [
      deployment(),
      deployment({}, {}, { labels: { 'acme.io/owner': 'orders' } }),
      object('v1', 'Service', { spec: { ports: [{ port: 80 }] } }, { labels: { ...labels, 'acme.io/system': '' } }),
    ],
  },
});
