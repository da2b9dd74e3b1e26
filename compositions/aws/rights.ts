import type { EnumRef, StrRef } from '../../src/crossplane/composition/reference-types';
import { text } from '../../src/crossplane/composition/text';

/** What IAM has to allow for a verb. */
export interface Rights {
  /** Actions on the resource itself. */
  readonly actions: readonly string[];
  /** Actions on the organisation's key, where the resource is encrypted with it. */
  readonly keyActions: readonly string[];
}

/**
 * The least that the verbs of a queue take. Batches need the actions of single messages; clients look up address and attributes
 * before they send or receive, as the grants of the AWS CDK allow too.
 *
 * Sources: Service Authorization Reference, Amazon SQS; SQS Developer Guide, key management, permissions of producers and consumers.
 */
export const queueRights: Readonly<Record<'send' | 'receive', Rights>> = {
  send: {
    actions: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
    keyActions: ['kms:Decrypt', 'kms:GenerateDataKey'],
  },
  receive: {
    actions: [
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
    ],
    keyActions: ['kms:Decrypt'],
  },
};

const read = ['s3:GetObject', 's3:ListBucket'];
const write = ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'];

/**
 * The least that the verbs of a bucket take; earlier versions of objects are not among it. An upload in parts reads back what it
 * encrypted, so who writes decrypts too.
 *
 * Sources: Service Authorization Reference, Amazon S3; S3 User Guide, multipart upload and permissions, and server-side encryption
 * with KMS.
 */
export const bucketRights: Readonly<Record<'read' | 'write' | 'readWrite', Rights>> = {
  read: { actions: read, keyActions: ['kms:Decrypt'] },
  write: { actions: write, keyActions: ['kms:Decrypt', 'kms:GenerateDataKey'] },
  readWrite: { actions: [...read, ...write].sort(), keyActions: ['kms:Decrypt', 'kms:GenerateDataKey'] },
};

/** What a policy is about. */
interface Granting<Verb extends string> {
  readonly verb: EnumRef<Verb>;
  readonly encryption: EnumRef<'provider' | 'organisation'>;
  readonly rights: Readonly<Record<Verb, Rights>>;
  /** ARNs of the resource. */
  readonly resources: readonly StrRef[];
  /** ARN of the organisation's key. */
  readonly key: string;
  /** The service that uses the key on behalf of who has access: `sqs.eu-west-1.amazonaws.com`. */
  readonly keyUser: string;
}

/** The IAM policy that lets somebody do what a verb says, with these resources and nothing else. */
export function accessPolicy<Verb extends string>(granting: Granting<Verb>): StrRef {
  const { verb, encryption, rights, resources, key, keyUser } = granting;
  const verbs = Object.keys(rights) as Verb[];
  const actions = verb.map(
    Object.fromEntries(verbs.map((name) => [name, JSON.stringify(rights[name].actions)])) as never,
  ) as unknown as StrRef;
  const [first, ...others] = resources;
  const arns = others.reduce((list, arn) => text`${list},"${arn}"`, text`"${first}"`);
  const policy = text`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":${actions},"Resource":[${arns}]}<${encryption} ${verb}>]}`;
  // A table has one value only for a key: what depends on two is put in the place of their names.
  return verbs.reduce(
    (made, name) =>
      made
        .replace(`<provider ${name}>`, '')
        .replace(`<organisation ${name}>`, keyStatement(rights[name], key, keyUser)),
    policy,
  );
}

function keyStatement({ keyActions }: Rights, key: string, keyUser: string): string {
  const statement = {
    Effect: 'Allow',
    Action: keyActions,
    Resource: [key],
    Condition: { StringEquals: { 'kms:ViaService': keyUser } },
  };
  return `,${JSON.stringify(statement)}`;
}
