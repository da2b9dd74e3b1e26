import { definePolicy } from '../define-policy';
import { deployment } from '../example-objects';
import { strings } from '../parameter';

const labelled = (owner?: string) => deployment({}, {}, owner ? { labels: { 'acme.io/owner': owner } } : {});

export const protectedLabels = definePolicy({
  id: 'protected-labels',
  title: 'Labels of the owner do not change',
  why: 'Bills, alerts and selectors follow these labels; a change by hand moves them to another team.',
  fix: 'change the owner in the app and let it be rendered',
  severity: 'medium',
  category: 'gitops',
  match: {
    kinds: ['v1/Namespace', 'apps/v1/Deployment', 'apps/v1/StatefulSet', 'apps/v1/DaemonSet', 'batch/v1/CronJob'],
    operations: ['UPDATE'],
  },
  parameters: { protectedKeys: strings({ says: 'the keys of the labels', example: ['acme.io/owner'] }) },
  checks: [
    {
      field: 'metadata.labels',
      holds:
        'variables.protectedKeys.all(key, !oldObject.metadata.?labels[?key].hasValue() || ' +
        "object.metadata.?labels[?key].orValue('') == oldObject.metadata.labels[key])",
      says: 'changes a protected label',
    },
  ],
  examples: {
    passes: [
      { object: labelled('orders'), oldObject: labelled('orders') },
      { object: labelled('orders'), oldObject: labelled() },
    ],
    fails: [
      { object: labelled('payments'), oldObject: labelled('orders') },
      { object: labelled(), oldObject: labelled('orders') },
    ],
  },
});
