import { SubscriptionIAMMember, TopicIAMMember } from '../../imports/pubsub.gcp.m.upbound.io';
import { composition } from '../../src/crossplane/composition/composition';
import { notNeeded } from '../../src/crossplane/composition/connection';
import { equals } from '../../src/crossplane/composition/readiness';
import { text } from '../../src/crossplane/composition/text';
import { messageQueueAccess } from '../../xrds/message-queue';
import { grantedResource } from '../granted-resource';
import { clientProblems, type GcpAccessOptions, gcpIdentity, principalOf } from './gcp-clients';
import { queueName } from './names';
import { queueRoles } from './rights';

/** Says on a role whether it was asked for: if not, there is nothing to wait for. */
const askedKey = 'golden-path.local/role';

/**
 * Access to a queue by IAM: the account may publish to the topic, or take from the subscription. Both are composed, because the
 * function has no conditions, and Crossplane leaves the one alone that was not asked for.
 */
export function messageQueueAccessOnGcp({ cluster, labelPrefix, clients }: GcpAccessOptions) {
  const { project } = cluster;
  return composition(
    messageQueueAccess,
    {
      name: 'messagequeueaccesses-gcp',
      labelPrefix,
      rules: [() => clientProblems(cluster, clients)],
      identity: gcpIdentity,
    },
    (c) => {
      const { spec, metadata } = c.xr;
      const name = queueName(grantedResource(c.xr));
      const member = principalOf(cluster, metadata.namespace, spec.account);
      c.add(
        'publisher',
        TopicIAMMember,
        {
          metadata: { annotations: { [askedKey]: spec.verb.map({ send: 'asked', receive: 'none' }) } },
          spec: {
            managementPolicies: spec.verb.map({ send: ['*'], receive: [] }),
            forProvider: {
              project,
              member,
              role: queueRoles.send.topic,
              topic: text`projects/${project}/topics/${name}`,
            },
          },
        },
        { ready: (self) => equals(self.metadata.annotations[askedKey], 'none') },
      );
      c.add(
        'subscriber',
        SubscriptionIAMMember,
        {
          metadata: { annotations: { [askedKey]: spec.verb.map({ send: 'none', receive: 'asked' }) } },
          spec: {
            managementPolicies: spec.verb.map({ send: [], receive: ['*'] }),
            forProvider: {
              project,
              member,
              role: queueRoles.receive.subscription,
              subscription: text`projects/${project}/subscriptions/${name}`,
            },
          },
        },
        { ready: (self) => equals(self.metadata.annotations[askedKey], 'none') },
      );
      return c.report({ status: { target: name }, connection: { username: notNeeded, password: notNeeded } });
    },
  );
}
