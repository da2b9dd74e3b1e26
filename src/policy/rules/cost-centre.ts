import { definePolicy } from '../define-policy';
import { strings, text } from '../parameter';
import type { ExampleObject } from '../policy';

const namespace = (labels?: object): ExampleObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'example', ...(labels && { labels }) },
});

export const costCentre = definePolicy({
  id: 'cost-centre',
  title: 'Every namespace is on the bill of a cost centre',
  why: 'What a namespace uses is charged to its cost centre; without one everybody pays for it.',
  fix: 'label the namespace with the cost centre of its team',
  severity: 'low',
  category: 'cost',
  match: { kinds: ['v1/Namespace'] },
  parameters: {
    costLabel: text({ says: 'the key of the label', example: 'acme.io/cost-center' }),
    costCentres: strings({ says: 'the cost centres', example: ['cc-104', 'cc-105'] }),
  },
  checks: [
    {
      field: 'metadata.labels',
      holds: "object.metadata.?labels[?variables.costLabel].orValue('') in variables.costCentres",
      says: 'must have the label of a cost centre that is known',
    },
  ],
  examples: {
    passes: [namespace({ 'acme.io/cost-center': 'cc-104' })],
    fails: [namespace(), namespace({ 'acme.io/cost-center': 'cc-1' })],
  },
});
