import { awsCluster } from '../../../compositions/aws/aws-cluster';
import { objectBucketOnClassicAws } from '../../../compositions/aws-classic/object-bucket';
import { available } from '../../../src/crossplane/testing';
import type { SteppedRender } from '../../conformance/crossplane/stepped-render';
import { awsFacts } from '../aws/aws-cluster';
import { bucketRequests, bucketStatus } from '../aws/bucket-cases';
import { requestOf } from '../request-of';

const cluster = awsCluster({ name: 'eu-prod', cloud: { aws: awsFacts } });

/** ObjectBucket for claims, as a platform installs it. */
export const bucketOnClassicAws = objectBucketOnClassicAws({ cluster, labelPrefix: 'acme.io' });

/** What the provider reports of a bucket. */
const bucket = available({ arn: bucketStatus.arn });

/** Claims from nothing to ready. */
export const bucketCases: readonly SteppedRender[] = [
  ...Object.entries(bucketRequests),
  ['what was called otherwise elsewhere', {}, { name: 'files', namespace: 'shop-production' }] as const,
].map(([name, spec, movedFrom]) => ({
  name: `ObjectBucket of Crossplane v1 on AWS, ${name}`,
  composition: bucketOnClassicAws.manifest,
  request: requestOf(bucketOnClassicAws, spec, 'uploads', movedFrom),
  steps: [
    { statuses: {}, ready: false },
    { statuses: { bucket: { atProvider: { arn: bucketStatus.arn }, conditions: [] } }, ready: false },
    { statuses: { bucket }, ready: true },
  ],
}));
