import { Permission, User } from '../../imports/rabbitmq.com';
import { composition } from '../../src/crossplane/composition/composition';
import { keyIn } from '../../src/crossplane/composition/connection';
import { text } from '../../src/crossplane/composition/text';
import { messageQueueAccess } from '../../xrds/message-queue';
import { grantedResource } from '../granted-resource';
import type { OnpremOptions } from './onprem-options';
import { vhostOf } from './vhost';

/** What RabbitMQ takes for no resource at all. */
const nothing = '^$';

/**
 * Access to a queue of RabbitMQ: a user of its own, who in the queue's virtual host may write to the exchange of the queue's name,
 * or read from the queue. He declares nothing. A service that sends and receives has two users, and a connection for each, as
 * RabbitMQ recommends.
 *
 * Source: "Authentication, Authorisation, Access Control" of its documentation, how permissions work.
 */
export function messageQueueAccessOnprem({ cluster, labelPrefix }: OnpremOptions) {
  const rabbitmqClusterReference = { ...cluster.rabbitmq };
  return composition(messageQueueAccess, { name: 'messagequeueaccesses-onprem', labelPrefix }, (c) => {
    const { spec, metadata } = c.xr;
    const place = grantedResource(c.xr);
    // Nothing in a name means anything in an expression. The verb says which of the two is taken.
    const choice = text`${spec.verb} ${nothing} ^${place.name}$`;
    const when = (verb: 'send' | 'receive', other: 'send' | 'receive') =>
      choice.capture(`^(?:${verb} \\S+|${other}) (\\S+)`, 1);
    const user = c.add('user', User, {
      metadata: { name: text`${metadata.name}-messagequeueaccess` },
      spec: { rabbitmqClusterReference },
    });
    c.add('permission', Permission, {
      spec: {
        rabbitmqClusterReference,
        vhost: vhostOf(place),
        userReference: { name: user.metadata.name },
        permissions: { configure: nothing, write: when('send', 'receive'), read: when('receive', 'send') },
      },
    });
    // The operator writes the user's name and password into a Secret that is called like the user.
    const secret = text`${metadata.name}-messagequeueaccess-user-credentials`;
    return c.report({
      status: { target: vhostOf(place) },
      connection: { username: keyIn(secret, 'username'), password: keyIn(secret, 'password') },
    });
  });
}
