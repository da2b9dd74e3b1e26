import { definePolicy } from '../define-policy';
import { object } from '../example-objects';
import { strings } from '../parameter';

const queue = (region: string) =>
  object('sqs.aws.m.upbound.io/v1beta1', 'Queue', { spec: { forProvider: { region } } });
const bucket = object('storage.gcp.m.upbound.io/v1beta1', 'Bucket', { spec: { forProvider: { location: 'EU' } } });

export const cloudRegions = definePolicy({
  id: 'cloud-regions',
  title: 'Cloud resources are in the regions of the platform',
  why: 'Data of another region may leave the law that it has to stay under, and is far from its service.',
  fix: 'use a region of the platform',
  severity: 'high',
  category: 'crossplane',
  match: {
    kinds: 'all',
    when: 'has(object.spec) && has(object.spec.forProvider) && has(object.spec.forProvider.region)',
  },
  parameters: { regions: strings({ says: 'the regions', example: ['eu-west-1', 'eu-central-1'] }) },
  checks: [
    {
      field: 'spec.forProvider.region',
      holds: 'object.spec.forProvider.region in variables.regions',
      says: 'is no region of the platform',
    },
  ],
  examples: { passes: [queue('eu-west-1'), bucket], fails: [queue('us-east-1')] },
});
