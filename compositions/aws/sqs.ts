import type { NumRef, StrRef } from '../../src/crossplane/composition/reference-types';
import { text } from '../../src/crossplane/composition/text';

/** The longest that SQS keeps a message: who looks into dead letters comes late. */
export const longestRetentionSeconds = 14 * 24 * 3600;

/** The longest that SQS lets a receiver wait, which saves the calls that find nothing. */
export const longestWaitSeconds = 20;

/** The address of SQS in the region that a request asks for, or else in that of the cluster. */
export function sqsAddress(asked: StrRef, own: string) {
  return asked.format('https://sqs.%s.amazonaws.com').orElse(`https://sqs.${own}.amazonaws.com`);
}

/** Where messages go that were delivered so often in vain, in JSON. */
export function redrivePolicy(deadLetters: StrRef, after: NumRef): StrRef {
  return text`{"deadLetterTargetArn":"${deadLetters}","maxReceiveCount":${after}}`;
}
