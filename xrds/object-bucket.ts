import { defineAccess } from '../src/crossplane/access/access-api';
import { defineApi } from '../src/crossplane/api/define-api';
import { s } from '../src/crossplane/api/schema-builder';
import { group, maxNameLength, region } from './conventions';

/** Days until something is done with an object. */
const days = (description: string) => s.integer({ min: 1, max: 3650, description }).optional();

/** The API of {@link ObjectBucket}. */
export const objectBucket = defineApi({
  group,
  kind: 'ObjectBucket',
  description: 'A bucket for objects. It is never public.',
  shortNames: ['bucket'],
  categories: ['platform'],
  maxNameLength,
  versions: {
    v1: {
      spec: {
        /** Whether earlier versions of an object are kept; it can't be switched off again. */
        versioning: s.boolean({
          default: false,
          description: "Whether earlier versions of an object are kept; it can't be switched off again.",
          column: 'Versioning',
          rules: [{ cel: 'self || !oldSelf', message: 'cannot be switched off; versions that exist would stay' }],
        }),
        /** What happens to objects as they get older. */
        lifecycle: s
          .array(
            s.object(
              {
                /** Name of the rule. */
                name: s.string({ pattern: '^[a-z0-9-]+$', maxLength: 63, description: 'Name of the rule.' }),
                /** Beginning of the names of the objects that the rule is about. */
                prefix: s.string({
                  maxLength: 256,
                  default: '',
                  description: 'Beginning of the names of the objects that the rule is about.',
                }),
                /** Days until an object is moved to storage that is cheap to hold and dear to read. */
                coldAfterDays: days('Days until an object is moved to storage that is cheap to hold and dear to read.'),
                /** Days until an object is deleted. */
                expireAfterDays: days('Days until an object is deleted.'),
                /** Days until an earlier version of an object is deleted. */
                expireVersionsAfterDays: days('Days until an earlier version of an object is deleted.'),
              },
              {
                rules: [
                  {
                    cel: 'has(self.coldAfterDays) || has(self.expireAfterDays) || has(self.expireVersionsAfterDays)',
                    message: 'does nothing; give coldAfterDays, expireAfterDays or expireVersionsAfterDays',
                  },
                  {
                    cel: '!has(self.coldAfterDays) || !has(self.expireAfterDays) || self.coldAfterDays < self.expireAfterDays',
                    message: 'has to be below expireAfterDays',
                    fieldPath: '.coldAfterDays',
                  },
                ],
              },
            ),
            {
              unique: ['name'],
              maxItems: 20,
              description: 'What happens to objects as they get older.',
              example: [{ name: 'old-uploads', prefix: 'uploads/', expireAfterDays: 90 }],
            },
          )
          .optional(),
        /** Who holds the key that objects are encrypted with: the provider, or the organisation. */
        encryption: s.string({
          enum: ['provider', 'organisation'],
          default: 'provider',
          description: 'Who holds the key that objects are encrypted with: the provider, or the organisation.',
        }),
        /** Web pages of other origins that may use the bucket from a browser. */
        cors: s
          .array(
            s.object({
              /** Origins, like `https://app.acme.io`. */
              origins: s.array(s.string({ maxLength: 253 }), {
                minItems: 1,
                maxItems: 20,
                description: 'Origins, like `https://app.acme.io`.',
              }),
              /** Methods that they may use. */
              methods: s.array(s.string({ enum: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'] }), {
                unique: true,
                minItems: 1,
                maxItems: 5,
                description: 'Methods that they may use.',
              }),
              /** Headers that they may send. */
              headers: s
                .array(s.string({ maxLength: 128 }), { maxItems: 50, description: 'Headers that they may send.' })
                .optional(),
              /** How many seconds a browser may remember the answer. */
              maxAgeSeconds: s.integer({
                min: 0,
                max: 86_400,
                default: 3600,
                description: 'How many seconds a browser may remember the answer.',
              }),
            }),
            { maxItems: 20, description: 'Web pages of other origins that may use the bucket from a browser.' },
          )
          .optional(),
        /** Days in which nobody can delete or replace an object; it can only grow, and needs versioning. */
        retentionLockDays: s
          .integer({
            min: 1,
            max: 36_500,
            growOnly: true,
            description:
              'Days in which nobody can delete or replace an object; it can only grow, and needs versioning.',
          })
          .optional(),
        /** Whether the bucket and what is in it refuse to be deleted. */
        deletionProtection: s.boolean({
          default: true,
          description: 'Whether the bucket and what is in it refuse to be deleted.',
        }),
        /** Region of the cloud; the region of the cluster when it is left out. */
        region,
      },
      rules: [
        {
          cel: '!has(self.retentionLockDays) || self.versioning',
          message: 'needs versioning; set versioning to true',
          fieldPath: '.retentionLockDays',
        },
      ],
      status: {
        /** Name of the bucket at the provider. */
        bucket: s.string({
          description: 'Name of the bucket at the provider.',
          column: { name: 'Bucket', priority: 1 },
        }),
        /** Address of the service that holds the bucket. */
        endpoint: s.string({ description: 'Address of the service that holds the bucket.' }),
      },
    },
  },
  connection: {
    bucket: 'Name of the bucket at the provider',
    endpoint: 'Address of the service that holds the bucket',
    region: 'Region of the bucket',
  },
});

/** The API of access to an {@link ObjectBucket}. */
export const objectBucketAccess = defineAccess(objectBucket, {
  verbs: {
    read: 'List objects and read them',
    write: 'Add, replace and delete objects, without reading them',
    readWrite: 'List, read, add, replace and delete objects',
  },
  depends: ['encryption'],
  credentials: {
    accessKeyId: 'Id of the key that requests are signed with, where that is not the account',
    secretAccessKey: 'The key that requests are signed with',
  },
});

/** Access of one account to one bucket. `service.uses(bucket, 'read')` asks for it. */
export class ObjectBucketAccess extends objectBucketAccess.Request {}

/** A bucket for objects. */
export class ObjectBucket extends objectBucket.Request {
  /** What workloads may do with it: `service.uses(bucket, 'read')`. */
  readonly access = objectBucketAccess;
}
