import { show } from '../../src/platform/rule';

/** What keeps access to what is encrypted with the organisation's key from being granted: IAM takes keys, and no aliases. */
export function keyProblem(encryption: 'provider' | 'organisation', kmsKeyArn: string): string | undefined {
  return encryption === 'organisation' && kmsKeyArn.includes(':alias/')
    ? `it is encrypted with ${show(kmsKeyArn)}, and IAM grants the use of keys, not of aliases; give cloud.aws.kmsKeyArn the ARN of the key itself`
    : undefined;
}
