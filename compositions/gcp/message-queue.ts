import { Subscription, SubscriptionIAMMember, Topic, TopicIAMMember } from '../../imports/pubsub.gcp.m.upbound.io';
import { composition } from '../../src/crossplane/composition/composition';
import { text } from '../../src/crossplane/composition/text';
import { messageQueue } from '../../xrds/message-queue';
import { keptPolicies } from '../deletion-policies';
import { formerPlace } from '../former-place';
import { keyName, needsKey } from './encryption';
import type { GcpOptions } from './gcp-options';
import { queueName } from './names';

/** What Pub/Sub allows: seconds until a message is delivered again, and deliveries until it is set aside. */
const limits = { ackSeconds: { min: 10, max: 600 }, attempts: { min: 5, max: 100 } };

/** Without use, a subscription would be gone after 31 days, and what is published then with it. */
const neverExpires = { ttl: '' };

/**
 * A topic of Pub/Sub with one subscription of the same name: senders publish to the one, receivers pull from the other.
 * Dead letters go to a topic of their own, whose subscription keeps them; without dead-lettering both stay empty.
 *
 * Messages of one ordering key come in order when the queue is FIFO, and those that were acknowledged do not come again; what
 * a sender publishes twice is two messages. Pub/Sub takes messages of up to 10 MB whatever a request says.
 */
export function messageQueueOnGcp({ cluster, labelPrefix }: GcpOptions) {
  const { project } = cluster;
  const { ackSeconds, attempts } = limits;
  return composition(
    messageQueue,
    {
      name: 'messagequeues-gcp',
      labelPrefix,
      ports: [443],
      rules: [
        needsKey(cluster),
        ({ spec: { visibilityTimeoutSeconds: seconds } }) =>
          seconds > ackSeconds.max
            ? `visibilityTimeoutSeconds ${seconds} is above the ${ackSeconds.max} of Pub/Sub; lower it, and let consumers ask for more time`
            : undefined,
        ({ spec: { deadLetterAfter = attempts.min } }) =>
          deadLetterAfter < attempts.min || deadLetterAfter > attempts.max
            ? `deadLetterAfter ${deadLetterAfter} must be ${attempts.min} to ${attempts.max} with Pub/Sub`
            : undefined,
      ],
    },
    (c) => {
      const { spec, metadata } = c.xr;
      const name = queueName(formerPlace(metadata));
      const deadName = text`${name}.dead-letters`;
      const managementPolicies = keptPolicies(metadata, labelPrefix);
      const topicSpec = {
        project,
        kmsKeyName: keyName(spec.encryption, cluster),
        messageStoragePolicy: { allowedPersistenceRegions: [spec.region.orElse(cluster.region)] },
      };
      const kept = {
        project,
        messageRetentionDuration: spec.retentionHours.multiply(3600).format('%ss'),
        expirationPolicy: neverExpires,
      };
      const deadTopic = c.add(
        'dead-letter-topic',
        Topic,
        { spec: { managementPolicies, forProvider: topicSpec } },
        { externalName: deadName },
      );
      c.add(
        'dead-letters',
        Subscription,
        { spec: { managementPolicies, forProvider: { ...kept, topic: deadTopic.status.atProvider.id } } },
        { externalName: deadName },
      );
      const topic = c.add(
        'topic',
        Topic,
        { spec: { managementPolicies, forProvider: topicSpec } },
        { externalName: name },
      );
      const subscription = c.add(
        'subscription',
        Subscription,
        {
          spec: {
            managementPolicies,
            forProvider: {
              ...kept,
              // It names both topics, so both have to be there.
              topic: text`${topic.status.atProvider.id}${deadTopic.status.atProvider.id.toConstant('')}`,
              ackDeadlineSeconds: spec.visibilityTimeoutSeconds.clamp(ackSeconds.min, ackSeconds.max),
              enableMessageOrdering: spec.fifo,
              enableExactlyOnceDelivery: spec.fifo,
              retryPolicy: { minimumBackoff: '10s', maximumBackoff: '600s' },
              deadLetterPolicy: {
                deadLetterTopic: text`projects/${project}/topics/${deadName}${spec.deadLetterAfter.toConstant('')}`,
                maxDeliveryAttempts: spec.deadLetterAfter.clamp(attempts.min, attempts.max),
              },
            },
          },
        },
        { externalName: name },
      );
      // It is Pub/Sub itself that moves dead letters; without these rights it would leave them where they are.
      const member = `serviceAccount:service-${cluster.projectNumber}@gcp-sa-pubsub.iam.gserviceaccount.com`;
      c.add('dead-letter-publisher', TopicIAMMember, {
        spec: {
          managementPolicies,
          forProvider: { project, member, role: 'roles/pubsub.publisher', topic: deadTopic.status.atProvider.id },
        },
      });
      c.add('dead-letter-subscriber', SubscriptionIAMMember, {
        spec: {
          managementPolicies,
          forProvider: {
            project,
            member,
            role: 'roles/pubsub.subscriber',
            subscription: subscription.status.atProvider.id,
          },
        },
      });
      return c.report({
        status: { queue: name, deadLetterQueue: deadName },
        connection: {
          queue: subscription.metadata.annotations['crossplane.io/external-name'],
          endpoint: `https://pubsub.googleapis.com/v1/projects/${project}`,
        },
      });
    },
  );
}
