import { defineAccess } from '../src/crossplane/access/access-api';
import { defineApi } from '../src/crossplane/api/define-api';
import { s } from '../src/crossplane/api/schema-builder';
import { group, maxNameLength, region } from './conventions';

/** The API of {@link MessageQueue}. */
export const messageQueue = defineApi({
  group,
  kind: 'MessageQueue',
  description: 'A queue that keeps each message until one consumer has handled it.',
  shortNames: ['mq'],
  categories: ['platform'],
  maxNameLength,
  versions: {
    v1: {
      spec: {
        /** Whether messages of one group are delivered in their order, and once only. */
        fifo: s.boolean({
          default: false,
          immutable: true,
          description: 'Whether messages of one group are delivered in their order, and once only.',
          column: 'Fifo',
        }),
        /** How many hours a message is kept when nobody takes it. */
        retentionHours: s.integer({
          min: 1,
          max: 336,
          default: 96,
          description: 'How many hours a message is kept when nobody takes it.',
        }),
        /** How many seconds a consumer has for a message until another one gets it. */
        visibilityTimeoutSeconds: s.integer({
          min: 0,
          max: 43_200,
          default: 30,
          description: 'How many seconds a consumer has for a message until another one gets it.',
        }),
        /** After how many failed deliveries a message is put aside into a dead-letter queue; never when it is left out. */
        deadLetterAfter: s
          .integer({
            min: 1,
            max: 1000,
            description:
              'After how many failed deliveries a message is put aside into a dead-letter queue; never when it is left out.',
            example: 5,
          })
          .optional(),
        /** Largest message in KiB. */
        maxMessageKib: s.integer({ min: 1, max: 256, default: 256, description: 'Largest message in KiB.' }),
        /** Who holds the key that messages are encrypted with: the provider, or the organisation. */
        encryption: s.string({
          enum: ['provider', 'organisation'],
          default: 'provider',
          description: 'Who holds the key that messages are encrypted with: the provider, or the organisation.',
        }),
        /** Region of the cloud; the region of the cluster when it is left out. */
        region,
      },
      status: {
        /** What clients address the queue by. */
        queue: s.string({ description: 'What clients address the queue by.', column: { name: 'Queue', priority: 1 } }),
        /** What clients address the dead-letter queue by. */
        deadLetterQueue: s.string({ description: 'What clients address the dead-letter queue by.' }),
      },
    },
  },
  connection: {
    queue: 'What clients address the queue by: a URL, a subscription or a name',
    endpoint: 'Address of the service that holds the queue',
  },
});

/** The API of access to a {@link MessageQueue}. */
export const messageQueueAccess = defineAccess(messageQueue, {
  verbs: {
    send: 'Put messages into the queue',
    receive: 'Take messages out of the queue, and delete those that were handled',
  },
  depends: ['fifo', 'region', 'encryption'],
  credentials: {
    username: 'User who signs in, where that is not the account',
    password: 'Password of the user',
  },
});

/** Access of one account to one queue. `service.uses(queue, 'send')` asks for it. */
export class MessageQueueAccess extends messageQueueAccess.Request {}

/** A queue that keeps each message until one consumer has handled it. */
export class MessageQueue extends messageQueue.Request {
  /** What workloads may do with it: `service.uses(queue, 'send')`. */
  readonly access = messageQueueAccess;
}
