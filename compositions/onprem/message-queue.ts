import { Secret } from '../../imports/kubernetes';
import { Binding, Exchange, Policy, Queue, Vhost } from '../../imports/rabbitmq.com';
import { composition } from '../../src/crossplane/composition/composition';
import { keyIn } from '../../src/crossplane/composition/connection';
import { text } from '../../src/crossplane/composition/text';
import { messageQueue } from '../../xrds/message-queue';
import { keptInRabbitmq } from '../deletion-policies';
import { formerPlace } from '../former-place';
import { noOwnKey, noRegion } from './limits';
import type { OnpremOptions } from './onprem-options';
import { vhostOf } from './vhost';

const port = 5672;

/** The shortest time after which RabbitMQ takes a message back; it looks once a minute. */
const minConsumerSeconds = 60;

const deadLetterExchange = 'dead-letters';

type Arguments = Readonly<Record<string, boolean>>;

const oneConsumer: Arguments = { 'x-single-active-consumer': true };
const noArguments: Arguments = {};

/**
 * A quorum queue of RabbitMQ in a virtual host of its own, with an exchange of its name that senders publish to, and an exchange
 * and a queue for dead letters. What may change later is in a policy, because a queue's arguments cannot. Nobody may use any of it
 * before he is granted access.
 *
 * A FIFO queue has one consumer at a time. A message that nobody took in time becomes a dead letter where there are any; one
 * whose consumer fails is delivered once more than asked for; one whose consumer is silent comes back after a minute at least.
 */
export function messageQueueOnprem({ cluster, labelPrefix }: OnpremOptions) {
  const rabbitmqClusterReference = { ...cluster.rabbitmq };
  const host = `${cluster.rabbitmq.name}.${cluster.rabbitmq.namespace}.svc`;
  return composition(
    messageQueue,
    {
      name: 'messagequeues-onprem',
      labelPrefix,
      ports: [port],
      // The label that the operator gives its servers.
      pods: { namespace: cluster.rabbitmq.namespace, podLabels: { 'app.kubernetes.io/name': cluster.rabbitmq.name } },
      rules: [noRegion, noOwnKey],
    },
    (c) => {
      const { spec, metadata } = c.xr;
      const former = formerPlace(metadata);
      const { name } = former;
      const vhost = vhostOf(former);
      const deadLetters = text`${name}.dead-letters`;
      const place = { rabbitmqClusterReference, vhost };
      // Messages outlive the request, unless it is of a preview, and so does what they are in.
      const deletionPolicy = keptInRabbitmq(metadata, labelPrefix);
      const kept = { deletionPolicy, durable: true, type: 'quorum' } as const;

      c.add('vhost', Vhost, {
        spec: { rabbitmqClusterReference, name: vhost, defaultQueueType: 'quorum', deletionPolicy },
      });
      c.add('queue', Queue, {
        spec: {
          ...place,
          ...kept,
          name,
          arguments: spec.fifo.map({ true: oneConsumer, false: noArguments }),
        },
      });
      // Who sends publishes to this exchange; with the default one he could write into every queue of the virtual host.
      c.add('exchange', Exchange, { spec: { ...place, name, type: 'fanout', durable: true } });
      c.add('binding', Binding, { spec: { ...place, source: name, destination: name, destinationType: 'queue' } });
      c.add('dead-letters', Queue, { spec: { ...place, ...kept, name: deadLetters } });
      c.add('dead-letter-exchange', Exchange, {
        spec: { ...place, name: deadLetterExchange, type: 'fanout', durable: true },
      });
      c.add('dead-letter-binding', Binding, {
        spec: { ...place, source: deadLetterExchange, destination: deadLetters, destinationType: 'queue' },
      });
      c.add('policy', Policy, {
        spec: {
          ...place,
          name,
          pattern: text`^${name}$`,
          applyTo: 'quorum_queues',
          definition: {
            'message-ttl': spec.retentionHours.multiply(3_600_000),
            'consumer-timeout': spec.visibilityTimeoutSeconds.clampMin(minConsumerSeconds).multiply(1000),
            // Without a limit of its own, RabbitMQ drops what was delivered 20 times.
            'delivery-limit': spec.deadLetterAfter.orElse(-1),
            'dead-letter-exchange': spec.deadLetterAfter.toConstant(deadLetterExchange),
          },
        },
      });
      const secret = text`${metadata.name}-messagequeue-connection`;
      c.add('connection', Secret, {
        metadata: { name: secret },
        data: {
          queue: name.toBase64(),
          endpoint: text`amqp://${host}:${port}/${vhost}`.toBase64(),
        },
      });
      return c.report({
        status: { queue: name, deadLetterQueue: deadLetters },
        connection: { queue: keyIn(secret, 'queue'), endpoint: keyIn(secret, 'endpoint') },
      });
    },
  );
}
