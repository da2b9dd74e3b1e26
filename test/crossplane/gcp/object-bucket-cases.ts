import { gcpCluster } from '../../../compositions/gcp/gcp-cluster';
import { objectBucketOnGcp } from '../../../compositions/gcp/object-bucket';
import { available } from '../../../src/crossplane/testing';
import type { SteppedRender } from '../../conformance/crossplane/stepped-render';
import { requestOf } from '../request-of';
import { gcpFacts } from './gcp-facts';

const cluster = gcpCluster({ name: 'eu-prod', cloud: { gcp: gcpFacts } });

/** ObjectBucket on Google Cloud as a platform installs it. */
export const bucketOnGcp = objectBucketOnGcp({ cluster, labelPrefix: 'acme.io' });

/** The request that had another name in another namespace before. */
const moved = 'moved';

const requests = {
  'nothing asked for': {},
  [moved]: {},
  'in another region': { region: 'europe-west4' },
  'all of it': {
    versioning: true,
    encryption: 'organisation',
    retentionLockDays: 30,
    region: 'europe-west1',
    lifecycle: [
      { name: 'uploads', prefix: 'uploads/', coldAfterDays: 30, expireAfterDays: 365, expireVersionsAfterDays: 7 },
      { name: 'rest', expireVersionsAfterDays: 30 },
    ],
    cors: [
      { origins: ['https://app.acme.io'], methods: ['GET', 'PUT'], headers: ['Content-Type'], maxAgeSeconds: 0 },
      { origins: ['https://acme.io', 'https://www.acme.io'], methods: ['HEAD'] },
    ],
  },
  'versions only': { versioning: true },
  'a lifecycle of one effect each': {
    lifecycle: [
      { name: 'cold', coldAfterDays: 30 },
      { name: 'gone', prefix: 'tmp/', expireAfterDays: 1 },
      { name: 'quoted', prefix: 'a"b\\%s{"', expireAfterDays: 2 },
    ],
  },
  'as many rules as there may be': {
    lifecycle: Array.from({ length: 20 }, (_, i) => ({ name: `rule-${i}`, prefix: `${i}/`, expireAfterDays: i + 1 })),
  },
  'nothing kept': { deletionProtection: false },
};

const bucketStatus = { id: 'uploads-00000000-000000', selfLink: 'https://www.googleapis.com/storage/v1/b/uploads' };

/** Requests from nothing to ready. */
export const bucketCases: readonly SteppedRender[] = Object.entries(requests).map(([name, spec]) => ({
  name: `ObjectBucket on GCP, ${name}`,
  composition: bucketOnGcp.manifest,
  request: requestOf(
    bucketOnGcp,
    spec,
    'uploads',
    name === moved ? { name: 'old-name', namespace: 'old-home' } : undefined,
  ),
  steps: [
    { statuses: {}, ready: false },
    { statuses: { bucket: { atProvider: bucketStatus, conditions: [] } }, ready: false },
    { statuses: { bucket: available(bucketStatus) }, ready: true },
  ],
}));
