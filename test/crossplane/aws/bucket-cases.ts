import { awsCluster } from '../../../compositions/aws/aws-cluster';
import { objectBucketOnAws } from '../../../compositions/aws/object-bucket';
import { available } from '../../../src/crossplane/testing';
import type { SteppedRender } from '../../conformance/crossplane/stepped-render';
import { requestOf } from '../request-of';
import { awsFacts } from './aws-cluster';

const cluster = awsCluster({ name: 'eu-prod', cloud: { aws: awsFacts } });

/** ObjectBucket on AWS as a platform installs it. */
export const bucketOnAws = objectBucketOnAws({ cluster, labelPrefix: 'acme.io' });

/** What is asked for. */
export const bucketRequests = {
  'nothing asked for': {},
  'versions that are kept and deleted': {
    versioning: true,
    lifecycle: [{ name: 'versions', expireVersionsAfterDays: 30 }],
  },
  'every kind of rule': {
    lifecycle: [
      { name: 'cold', prefix: 'archive/', coldAfterDays: 30 },
      { name: 'gone', prefix: 'tmp/', expireAfterDays: 1 },
      { name: 'all', coldAfterDays: 30, expireAfterDays: 90, expireVersionsAfterDays: 7 },
    ],
  },
  'as many rules as there may be': {
    lifecycle: Array.from({ length: 20 }, (_, i) => ({ name: `rule-${i}`, prefix: `${i}/`, expireAfterDays: i + 1 })),
    cors: Array.from({ length: 20 }, (_, i) => ({ origins: [`https://${i}.acme.io`], methods: ['GET'] })),
  },
  'pages of other origins': {
    cors: [
      { origins: ['https://app.acme.io'], methods: ['GET', 'PUT'], headers: ['content-type'], maxAgeSeconds: 60 },
      { origins: ['https://a.acme.io', 'https://b.acme.io'], methods: ['HEAD'] },
    ],
  },
  "the organisation's key": { encryption: 'organisation' },
  'a lock': { versioning: true, retentionLockDays: 365 },
  'nothing kept, elsewhere': { deletionProtection: false, region: 'us-east-1' },
};

/** What S3 reports of the bucket. */
export const bucketStatus = {
  id: 'uploads-66cb6f86-123456789012',
  arn: 'arn:aws:s3:::uploads-66cb6f86-123456789012',
  region: 'eu-west-1',
};

const settings = ['public-access', 'ownership', 'encryption', 'versioning', 'lifecycle', 'cors'];
const done = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, available()]));

/** Requests from nothing to ready; one with a lock waits for it. */
export const bucketCases: readonly SteppedRender[] = [
  ...Object.entries(bucketRequests),
  ['what was called otherwise elsewhere', {}, { name: 'files', namespace: 'shop-production' }] as const,
].map(([name, spec, movedFrom]) => ({
  name: `ObjectBucket on AWS, ${name}`,
  composition: bucketOnAws.manifest,
  request: requestOf(bucketOnAws, spec, 'uploads', movedFrom),
  steps: [
    // The policy names the bucket by its ARN.
    { statuses: {}, ready: false, warnings: [/composed resource "policy"/] },
    { statuses: { ...done(settings), bucket: available(bucketStatus) }, ready: false },
    ...(spec === bucketRequests['a lock']
      ? [
          { statuses: { ...done([...settings, 'policy']), bucket: available(bucketStatus) }, ready: false },
          { statuses: { ...done([...settings, 'policy', 'lock']), bucket: available(bucketStatus) }, ready: true },
        ]
      : [{ statuses: { ...done([...settings, 'policy']), bucket: available(bucketStatus) }, ready: true }]),
  ],
}));
