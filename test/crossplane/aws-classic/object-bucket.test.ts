import { bucketCases as casesOnV2 } from '../aws/bucket-cases';
import { composed, renderedAt } from '../aws/rendered';
import { describeBackend } from '../backend-tests';
import { bucketCases, bucketOnClassicAws } from './bucket-cases';

const spec = (name: string) => composed(renderedAt(bucketCases, name), 'bucket').spec;
const externalName = (cases: typeof bucketCases, name: string) =>
  composed(renderedAt(cases, name), 'bucket').metadata.annotations['crossplane.io/external-name'];

describe('a bucket of Crossplane v1 on AWS', () => {
  describeBackend(bucketOnClassicAws, bucketCases, []);

  test('cannot be made public, and is read over TLS only', () => {
    const { publicAccessBlockConfiguration, objectOwnership, policy } = spec('nothing asked for').forProvider;
    expect(Object.values(publicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    expect(objectOwnership).toBe('BucketOwnerEnforced');
    const arn = 'arn:aws:s3:::uploads-66cb6f86-123456789012';
    expect(policy.statements).toEqual([
      {
        sid: 'TlsOnly',
        effect: 'Deny',
        principal: { allowAnon: true },
        action: ['s3:*'],
        resource: [arn, `${arn}/*`],
        condition: [{ operatorKey: 'Bool', conditions: [{ key: 'aws:SecureTransport', stringValue: 'false' }] }],
      },
    ]);
  });

  test.each(['nothing asked for', 'what was called otherwise elsewhere'])(
    'is called in S3 what it is called by Crossplane v2, so that moving on finds it: %s',
    (name) => {
      expect(externalName(bucketCases, name)).toBe(externalName(casesOnV2, name));
    },
  );

  test('outlives its claim, unless its protection is off', () => {
    expect(spec('nothing asked for').deletionPolicy).toBe('Orphan');
    expect(spec('nothing kept, elsewhere').deletionPolicy).toBe('Delete');
  });

  test('does with its objects what each rule says and no more', () => {
    const [own, cold, gone, all, ...rest] = spec('every kind of rule').forProvider.lifecycleConfiguration.rules;
    expect(own).toMatchObject({
      id: 'unfinished-uploads',
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    });
    expect(cold).toEqual({
      id: 'request.cold',
      status: 'Enabled',
      filter: { prefix: 'archive/' },
      transitions: [{ days: 30, storageClass: 'GLACIER_IR' }],
    });
    expect(gone).toEqual({
      id: 'request.gone',
      status: 'Enabled',
      filter: { prefix: 'tmp/' },
      expiration: { days: 1 },
    });
    expect(all).toMatchObject({ expiration: { days: 90 }, noncurrentVersionExpiration: { noncurrentDays: 7 } });
    expect(rest).toEqual([]);
    expect(spec('as many rules as there may be').forProvider.lifecycleConfiguration.rules).toHaveLength(21);
  });

  test('lets in pages of the origins that were asked for, and nobody else', () => {
    expect(spec('nothing asked for').forProvider).not.toHaveProperty('corsConfiguration');
    expect(spec('pages of other origins').forProvider.corsConfiguration.corsRules).toEqual([
      {
        allowedOrigins: ['https://app.acme.io'],
        allowedMethods: ['GET', 'PUT'],
        allowedHeaders: ['content-type'],
        maxAgeSeconds: 60,
      },
      { allowedOrigins: ['https://a.acme.io', 'https://b.acme.io'], allowedMethods: ['HEAD'], maxAgeSeconds: 3600 },
    ]);
  });

  test('is locked when that was asked for, and knows of no lock else', () => {
    expect(spec('a lock').forProvider).toMatchObject({
      objectLockEnabledForBucket: true,
      objectLockRule: { defaultRetention: { mode: 'COMPLIANCE', days: 365 } },
    });
    expect(spec('nothing asked for').forProvider).not.toHaveProperty('objectLockEnabledForBucket');
    expect(spec('nothing asked for').forProvider).not.toHaveProperty('objectLockRule');
  });

  test('is encrypted with the key that was asked for, and names none where S3 has its own', () => {
    const rules = (name: string) => spec(name).forProvider.serverSideEncryptionConfiguration.rules;
    expect(rules('nothing asked for')).toEqual([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' }, bucketKeyEnabled: false },
    ]);
    expect(rules("the organisation's key")).toEqual([
      {
        applyServerSideEncryptionByDefault: {
          sseAlgorithm: 'aws:kms',
          kmsMasterKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d',
        },
        bucketKeyEnabled: true,
      },
    ]);
  });

  test('is booked where its owner says', () => {
    expect(spec('nothing asked for').forProvider.tagging.tagSet).toEqual(
      expect.arrayContaining([
        { key: 'owner', value: 'orders' },
        { key: 'cost-center', value: 'cc-104' },
      ]),
    );
  });

  test('tells what its twin of Crossplane v2 tells', () => {
    for (const name of ['nothing asked for', 'nothing kept, elsewhere']) {
      const told = renderedAt(bucketCases, name).connectionDetails;
      const twin = renderedAt(casesOnV2, name).connectionDetails;
      expect(told).toEqual(twin);
    }
    expect(bucketOnClassicAws.connection.endpoint).toEqual({ text: 'https://s3.$(region).amazonaws.com' });
  });
});
