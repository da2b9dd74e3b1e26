import type { StrRef } from '../../src/crossplane/composition/reference-types';
import { text } from '../../src/crossplane/composition/text';
import { cloudName } from '../cloud-name';

/** Days until the parts of an upload that was never finished are deleted; nobody sees them, and they are paid for. */
export const unfinishedUploadDays = 7;

/** Where objects go that are rarely read: cheap to hold, dear to read, and still read at once. */
export const coldStorage = 'GLACIER_IR';

/** The name of a bucket: all of AWS shares the names of buckets, so the account is in it. */
export function bucketName(place: Parameters<typeof cloudName>[0], accountId: string): StrRef {
  return text`${cloudName(place)}-${accountId}`;
}
