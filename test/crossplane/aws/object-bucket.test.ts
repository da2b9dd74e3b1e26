import { createHash } from 'node:crypto';
import { bucketCases, bucketOnAws } from './bucket-cases';
import { composed, renderedAt } from './rendered';

const spec = (name: string, resource: string) => composed(renderedAt(bucketCases, name), resource).spec;
const settings = ['public-access', 'ownership', 'encryption', 'versioning', 'policy', 'lifecycle', 'cors'];

describe('a bucket on AWS', () => {
  test('cannot be made public, and is read over TLS only', () => {
    expect(spec('nothing asked for', 'public-access').forProvider).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const { Statement } = JSON.parse(spec('nothing asked for', 'policy').forProvider.policy);
    const arn = 'arn:aws:s3:::uploads-66cb6f86-123456789012';
    expect(Statement).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ]);
  });

  test('has a name of its own in all of AWS, short enough for the longest request', () => {
    const annotations = composed(renderedAt(bucketCases, 'nothing asked for'), 'bucket').metadata.annotations;
    expect(annotations['crossplane.io/external-name']).toBe('uploads-66cb6f86-123456789012');
    expect('x'.repeat(bucketOnAws.api.maxNameLength).length + '-66cb6f86-123456789012'.length).toBeLessThanOrEqual(63);
  });

  test('keeps what protects it for as long as itself', () => {
    for (const name of ['bucket', ...settings]) {
      expect(spec('nothing asked for', name).managementPolicies).not.toContain('*');
      expect(spec('nothing kept, elsewhere', name).managementPolicies).toEqual(['*']);
    }
    expect(spec('nothing asked for', 'bucket').forProvider.forceDestroy).toBe(false);
  });

  test('does with its objects what each rule says and no more', () => {
    const [own, cold, gone, all, ...rest] = spec('every kind of rule', 'lifecycle').forProvider.rule;
    expect(own).toMatchObject({
      id: 'unfinished-uploads',
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
    });
    expect(cold).toEqual({
      id: 'request.cold',
      status: 'Enabled',
      filter: [{ prefix: 'archive/' }],
      transition: [{ days: 30, storageClass: 'GLACIER_IR' }],
    });
    expect(gone).toEqual({
      id: 'request.gone',
      status: 'Enabled',
      filter: [{ prefix: 'tmp/' }],
      expiration: [{ days: 1 }],
    });
    expect(all).toMatchObject({
      transition: [{ days: 30, storageClass: 'GLACIER_IR' }],
      expiration: [{ days: 90 }],
      noncurrentVersionExpiration: [{ noncurrentDays: 7 }],
    });
    expect(rest).toEqual([]);
    expect(spec('as many rules as there may be', 'lifecycle').forProvider.rule).toHaveLength(21);
  });

  test('lets in pages of the origins that were asked for, and nobody else', () => {
    expect(spec('nothing asked for', 'cors').forProvider.corsRule).toEqual([
      { id: 'nobody', allowedOrigins: ['https://nobody.invalid'], allowedMethods: ['HEAD'] },
    ]);
    expect(spec('pages of other origins', 'cors').forProvider.corsRule.slice(1)).toEqual([
      {
        allowedOrigins: ['https://app.acme.io'],
        allowedMethods: ['GET', 'PUT'],
        allowedHeaders: ['content-type'],
        maxAgeSeconds: 60,
      },
      { allowedOrigins: ['https://a.acme.io', 'https://b.acme.io'], allowedMethods: ['HEAD'], maxAgeSeconds: 3600 },
    ]);
  });

  test('is locked when that was asked for, and else not touched by the lock', () => {
    expect(spec('a lock', 'lock')).toMatchObject({
      managementPolicies: ['Observe', 'Create', 'Update', 'LateInitialize'],
      forProvider: { rule: { defaultRetention: { mode: 'COMPLIANCE', days: 365 } } },
    });
    expect(spec('nothing asked for', 'lock').managementPolicies).toEqual([]);
    expect(renderedAt(bucketCases, 'a lock', 2).unready).toEqual(['lock']);
    expect(renderedAt(bucketCases, 'nothing asked for').ready).toBe(true);
  });

  test('is encrypted with the key that was asked for', () => {
    const rule = (name: string) => spec(name, 'encryption').forProvider.rule[0];
    expect(rule('nothing asked for').applyServerSideEncryptionByDefault.sseAlgorithm).toBe('AES256');
    expect(rule("the organisation's key")).toEqual({
      applyServerSideEncryptionByDefault: {
        sseAlgorithm: 'aws:kms',
        kmsMasterKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d',
      },
      bucketKeyEnabled: true,
    });
  });

  test('stays the bucket that it was when its request is renamed and moved', () => {
    const nameOf = (name: string) =>
      composed(renderedAt(bucketCases, name), 'bucket').metadata.annotations['crossplane.io/external-name'];
    const hash = createHash('sha256').update('shop-production').digest('hex').slice(0, 8);
    expect(nameOf('what was called otherwise elsewhere')).toBe(`files-${hash}-123456789012`);
  });

  test('tells its name and region', () => {
    const { connectionDetails } = renderedAt(bucketCases, 'nothing kept, elsewhere');
    expect(connectionDetails).toEqual({ bucket: 'uploads-66cb6f86-123456789012', region: 'us-east-1' });
    expect(bucketOnAws.connection.endpoint).toEqual({ text: 'https://s3.$(region).amazonaws.com' });
  });
});
