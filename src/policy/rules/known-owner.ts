import { definePolicy } from '../define-policy';
import { deployment, object } from '../example-objects';
import { strings, text } from '../parameter';

const label = (owner: string) => ({ labels: { 'acme.io/owner': owner } });

export const knownOwner = definePolicy({
  id: 'known-owner',
  title: 'Owners are teams that the platform knows',
  why: 'A mistyped or dissolved team answers no alert and pays no bill.',
  fix: "use a team of the platform's topology, or have the team added there",
  severity: 'low',
  category: 'ownership',
  match: {
    kinds: [
      'v1/Namespace',
      'apps/v1/Deployment',
      'apps/v1/StatefulSet',
      'apps/v1/DaemonSet',
      'batch/v1/CronJob',
      'v1/Service',
    ],
  },
  parameters: {
    ownerLabel: text({ says: 'the key of the label', example: 'acme.io/owner' }),
    owners: strings({ says: 'the teams', example: ['orders', 'payments'] }),
  },
  checks: [
    {
      field: 'metadata.labels',
      holds:
        '!object.metadata.?labels[?variables.ownerLabel].hasValue() || ' +
        'object.metadata.labels[variables.ownerLabel] in variables.owners',
      says: 'names an owner that nobody knows',
    },
  ],
  examples: {
    passes: [deployment(), deployment({}, {}, label('orders'))],
    fails: [
      deployment({}, {}, label('ordres')),
      object('v1', 'Service', { spec: { ports: [{ port: 80 }] } }, label('gone')),
    ],
  },
});
