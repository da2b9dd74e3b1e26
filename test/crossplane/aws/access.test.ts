import * as fc from 'fast-check';
import { messageQueueAccessOnAws } from '../../../compositions/aws/message-queue-access';
import { bucketRights, queueRights, type Rights } from '../../../compositions/aws/rights';
import { workloadIdentityOnAws } from '../../../compositions/aws/workload-identity';
import type { Composition } from '../../../src/crossplane/composition/composition';
import { renderComposition } from '../../../src/crossplane/testing';
import { violations } from '../../../src/platform/rule';
import type { SteppedRender } from '../../conformance/crossplane/stepped-render';
import { caseOf, resourceOf } from '../composed';
import { requestOf } from '../request-of';
import {
  accessOptions,
  bucketAccessCases,
  bucketAccessOnAws,
  identityByAnnotation,
  identityCases,
  identityInTwoClusters,
  irsaFacts,
  queueAccessCases,
  queueAccessOnAws,
} from './access-cases';
import { awsFacts } from './aws-cluster';
import { bucketCases } from './bucket-cases';
import { queueCases } from './queue-cases';
import { composed, renderedAt } from './rendered';

const first = ({ composition, request }: SteppedRender) => renderComposition(composition, request);

interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: object;
}

/** What the policy of a case allows. */
function statementsOf(cases: readonly SteppedRender[], title: string): readonly Statement[] {
  const { Version, Statement, ...others } = JSON.parse(policyOf(cases, title).spec.forProvider.policy);
  expect(Version).toBe('2012-10-17');
  expect(others).toEqual({});
  return Statement;
}

const policyOf = (cases: readonly SteppedRender[], title: string) => resourceOf(first(caseOf(cases, title)), 'policy');

const key = awsFacts.kmsKeyArn;

describe('the least rights', () => {
  test.each([
    ['sending', ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage']],
    [
      'receiving',
      [
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ReceiveMessage',
      ],
    ],
  ])('%s a queue', (title, actions) => {
    expect(statementsOf(queueAccessCases, title)).toEqual([
      {
        Effect: 'Allow',
        Action: actions,
        Resource: ['arn:aws:sqs:eu-west-1:123456789012:events-66cb6f86'],
      },
    ]);
  });

  const bucket = 'arn:aws:s3:::uploads-66cb6f86-123456789012';
  test.each([
    ['reading', ['s3:GetObject', 's3:ListBucket']],
    ['writing', ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject']],
    ['both', ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject']],
  ])('%s a bucket', (title, actions) => {
    expect(statementsOf(bucketAccessCases, title)).toEqual([
      { Effect: 'Allow', Action: actions, Resource: [bucket, `${bucket}/*`] },
    ]);
  });

  test.each([
    [queueAccessCases, "sending with the organisation's key", 'sqs', ['kms:Decrypt', 'kms:GenerateDataKey']],
    [queueAccessCases, "receiving with the organisation's key", 'sqs', ['kms:Decrypt']],
    [bucketAccessCases, "reading with the organisation's key", 's3', ['kms:Decrypt']],
    [bucketAccessCases, "writing with the organisation's key", 's3', ['kms:Decrypt', 'kms:GenerateDataKey']],
    [bucketAccessCases, "both with the organisation's key", 's3', ['kms:Decrypt', 'kms:GenerateDataKey']],
  ])('of the key, used by the service alone: %#. %s', (cases, title, service, actions) => {
    const [, ...others] = statementsOf(cases, title);
    expect(others).toEqual([
      {
        Effect: 'Allow',
        Action: actions,
        Resource: [key],
        Condition: { StringEquals: { 'kms:ViaService': `${service}.eu-west-1.amazonaws.com` } },
      },
    ]);
  });

  test.each([
    ['queue', queueRights],
    ['bucket', bucketRights],
  ])(
    'of a %s name every action, and none that changes who may do what',
    (_, table: Readonly<Record<string, Rights>>) => {
      for (const { actions, keyActions } of Object.values(table)) {
        for (const action of [...actions, ...keyActions]) {
          expect(action).toMatch(/^(sqs|s3|kms):[A-Za-z]+$/);
          expect(action).not.toMatch(/Policy|Permission|Acl|Grant|CreateQueue|DeleteQueue|Purge|DeleteBucket/);
        }
        expect(actions).toEqual([...new Set(actions)].sort());
      }
    },
  );
});

describe('access', () => {
  test('is to the queue that the request for it is fulfilled with', () => {
    for (const [asked, title] of [
      ['nothing asked for', 'sending'],
      ['in order', 'sending in order'],
    ]) {
      const { name } = composed(renderedAt(queueCases, asked), 'queue').spec.forProvider;
      expect(statementsOf(queueAccessCases, title)[0].Resource).toEqual([`arn:aws:sqs:eu-west-1:123456789012:${name}`]);
    }
    const moved = statementsOf(queueAccessCases, 'what was called otherwise elsewhere')[0].Resource;
    expect(moved[0]).toMatch(/:messages-[0-9a-f]{8}$/);
    expect(statementsOf(queueAccessCases, 'receiving elsewhere')[0].Resource[0]).toMatch(/^arn:aws:sqs:us-east-1:/);
  });

  test('is to the bucket that the request for it is fulfilled with', () => {
    const name = (title: string) =>
      composed(renderedAt(bucketCases, title), 'bucket').metadata.annotations['crossplane.io/external-name'];
    expect(statementsOf(bucketAccessCases, 'reading')[0].Resource[0]).toBe(`arn:aws:s3:::${name('nothing asked for')}`);
    const moved = 'what was called otherwise elsewhere';
    expect(statementsOf(bucketAccessCases, moved)[0].Resource[0]).toBe(`arn:aws:s3:::${name(moved)}`);
  });

  test('is attached to the role of the account, and goes with its request', () => {
    const made = first(caseOf(queueAccessCases, 'sending'));
    const [policy, attachment] = ['policy', 'attachment'].map((name) => resourceOf(made, name));
    expect(attachment.spec.forProvider).toEqual({
      policyArnRef: { name: policy.metadata.name },
      role: 'orders-api-66cb6f86',
    });
    for (const { spec } of [policy, attachment]) expect(spec).not.toHaveProperty('managementPolicies');
  });

  test('has a policy of its own for each request, also of another API or namespace', () => {
    const names = (cases: readonly SteppedRender[], title: string) =>
      policyOf(cases, title).metadata.annotations['crossplane.io/external-name'];
    expect(names(queueAccessCases, 'sending')).toBe('orders-api-messagequeueaccess-66cb6f86');
    expect(names(bucketAccessCases, 'reading')).toBe('orders-api-objectbucketaccess-66cb6f86');
  });

  test('names one resource and nothing else, whatever its request says', () => {
    const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/);
    const resource = fc.record({ name, fifo: fc.boolean(), encryption: fc.constantFrom('provider', 'organisation') });
    fc.assert(
      fc.property(fc.constantFrom('send', 'receive'), name, resource, (verb, account, asked) => {
        const request = requestOf(queueAccessOnAws, { verb, account, resource: asked }, 'x');
        const policy = resourceOf(renderComposition(queueAccessOnAws.manifest, request), 'policy');
        const { Statement } = JSON.parse(policy.spec.forProvider.policy) as { Statement: Statement[] };
        const [own, ...keys] = Statement;
        expect(own.Resource).toEqual([
          `arn:aws:sqs:eu-west-1:123456789012:${asked.name}-66cb6f86${asked.fifo ? '.fifo' : ''}`,
        ]);
        expect(own.Action).toEqual(queueRights[verb].actions);
        expect(keys.map(({ Resource }) => Resource)).toEqual(asked.encryption === 'provider' ? [] : [[key]]);
      }),
      { numRuns: 100 },
    );
  });

  test('is refused where IAM could not say it', () => {
    const alias = { ...awsFacts, kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:alias/data' };
    const made = messageQueueAccessOnAws(accessOptions(alias));
    expect(refused(made, { verb: 'send', resource: { name: 'x', encryption: 'organisation' } })).toEqual([
      expect.stringMatching(/^it is encrypted with "arn:aws:kms:.*alias\/data", and IAM grants the use of keys/),
    ]);
    expect(refused(made, { verb: 'send', resource: { name: 'x', encryption: 'provider' } })).toEqual([]);
    expect(refused(bucketAccessOnAws, { resource: { name: 'x', encryption: 'organisation' } })).toEqual([]);
  });
});

const refused = (made: Composition, spec: object) =>
  violations({ name: 'x', namespace: 'orders', spec: spec as never }, made.rules);

describe('the identity of a workload', () => {
  const trust = (title: string) =>
    JSON.parse(resourceOf(first(caseOf(identityCases, title)), 'role').spec.forProvider.assumeRolePolicy).Statement;

  test('is a role that the account alone can take, through the agent of its own cluster', () => {
    expect(trust('an account')).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'pods.eks.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        Condition: {
          StringEquals: {
            'aws:RequestTag/eks-cluster-arn': ['arn:aws:eks:eu-west-1:123456789012:cluster/eu-prod'],
            'aws:RequestTag/kubernetes-namespace': 'orders-production',
            'aws:RequestTag/kubernetes-service-account': 'orders-api',
          },
        },
      },
    ]);
  });

  test('is told to EKS', () => {
    const made = first(caseOf(identityCases, 'an account'));
    expect(resourceOf(made, 'association-eu-prod').spec.forProvider).toMatchObject({
      region: 'eu-west-1',
      clusterName: 'eu-prod',
      namespace: 'orders-production',
      serviceAccount: 'orders-api',
      roleArnRef: { name: resourceOf(made, 'role').metadata.name },
    });
  });

  test('is the same in all clusters of an environment', () => {
    const [{ Condition }] = trust('in two clusters');
    expect(Condition.StringEquals['aws:RequestTag/eks-cluster-arn']).toEqual([
      'arn:aws:eks:eu-west-1:123456789012:cluster/eu-prod',
      'arn:aws:eks:us-east-1:123456789012:cluster/us-prod',
    ]);
    const made = renderComposition(
      identityInTwoClusters.manifest,
      requestOf(identityInTwoClusters, { account: 'orders-api' }),
    );
    expect(resourceOf(made, 'association-us-prod').spec.forProvider).toMatchObject({
      region: 'us-east-1',
      clusterName: 'us-prod',
    });
  });

  test('is one of the OIDC provider where accounts are annotated', () => {
    const provider = 'oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C';
    expect(trust('by annotation')).toEqual([
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${provider}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${provider}:aud`]: 'sts.amazonaws.com',
            [`${provider}:sub`]: 'system:serviceaccount:orders-production:orders-api',
          },
        },
      },
    ]);
    expect(identityByAnnotation.kinds.map(({ kind }) => kind)).toEqual(['Role']);
    expect(trust('in both ways')).toHaveLength(2);
  });

  test('has a name that IAM takes', () => {
    const { metadata } = resourceOf(first(caseOf(identityCases, 'a long name')), 'role');
    expect(metadata.annotations['crossplane.io/external-name']).toHaveLength(64);
  });

  test.each([
    ['no way to sign in', { ...irsaFacts, oidcProvider: undefined }, [], /eu-prod have no way to sign in to AWS/],
    ['a cluster elsewhere', awsFacts, [{ name: 'dc-1', cloud: {} }], /dc-1 cannot be granted it/],
    [
      'another AWS account',
      awsFacts,
      [{ name: 'us-prod', cloud: { aws: { ...awsFacts, accountId: '210987654321' } } }],
      /us-prod are in the AWS account 210987654321, and it is in 123456789012/,
    ],
  ])('is refused where accounts could not become it: %s', (_, facts, siblings, says) => {
    const made = workloadIdentityOnAws(accessOptions(facts, siblings));
    expect(refused(made, { account: 'x' })).toEqual([expect.stringMatching(says)]);
  });

  test.each([
    [{ ...awsFacts, oidcProvider: 'oidc.example.com' }, /has eksCluster and oidcProvider/],
    [{ ...irsaFacts, oidcProvider: 'https://oidc.example.com' }, /without https/],
    [{ ...awsFacts, policiesPerRole: 0 }, /no number of policies/],
    [{ ...awsFacts, eksCluster: 'eu prod' }, /no name of an EKS cluster/],
    [{ ...awsFacts, eksCluster: 'a","b' }, /no name of an EKS cluster/],
  ])('comes from facts that can be one: %#', (facts, says) => {
    expect(() => accessOptions(facts)).toThrow(says);
  });
});
