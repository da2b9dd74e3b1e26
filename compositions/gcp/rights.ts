/**
 * The least roles that the verbs of a queue take: `pubsub.topics.publish` on its topic, or `pubsub.subscriptions.consume` on its
 * subscription.
 *
 * Source: "Access control with IAM" of Pub/Sub, roles.
 */
export const queueRoles = {
  send: { topic: 'roles/pubsub.publisher' },
  receive: { subscription: 'roles/pubsub.subscriber' },
} as const;

/**
 * The least roles that the verbs of a bucket take, on the bucket. To replace an object is to delete it, which no newer role allows
 * without reading; the legacy one lists names besides.
 *
 * Source: "IAM roles for Cloud Storage", predefined and legacy bucket roles.
 */
export const bucketRoles = {
  read: 'roles/storage.objectViewer',
  write: 'roles/storage.legacyBucketWriter',
  readWrite: 'roles/storage.objectUser',
} as const;
