import { composition } from '../../src/crossplane/composition/composition';
import { keyIn } from '../../src/crossplane/composition/connection';
import { text } from '../../src/crossplane/composition/text';
import { show } from '../../src/platform/rule';
import { objectBucketAccess } from '../../xrds/object-bucket';
import type { OnpremOptions } from './onprem-options';

/**
 * Access to a bucket of Ceph. Rook makes one user for each claim, who owns the bucket: so access is to all that is in it or to
 * nothing, and all who have it sign in with the same key. Nothing is composed, because the claim has made it already.
 */
export function objectBucketAccessOnprem({ labelPrefix }: OnpremOptions) {
  return composition(
    objectBucketAccess,
    {
      name: 'objectbucketaccesses-onprem',
      labelPrefix,
      rules: [
        ({ spec: { verb } }) =>
          verb === 'readWrite'
            ? undefined
            : `verb ${show(verb)} is less than Rook can grant, whose user of a bucket may do everything with it; use "readWrite", and a bucket of its own for what others may not see`,
      ],
    },
    (c) => {
      const secret = text`${c.xr.spec.resource.name}-objectbucket`;
      return c.report({
        status: { target: secret },
        connection: {
          accessKeyId: keyIn(secret, 'AWS_ACCESS_KEY_ID'),
          secretAccessKey: keyIn(secret, 'AWS_SECRET_ACCESS_KEY'),
        },
      });
    },
  );
}
