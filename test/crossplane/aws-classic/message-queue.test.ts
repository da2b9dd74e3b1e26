import { queueCases as casesOnV2 } from '../aws/queue-cases';
import { composed, renderedAt } from '../aws/rendered';
import { describeBackend } from '../backend-tests';
import { queueCases, queueOnClassicAws } from './queue-cases';

const resource = (name: string, resource = 'queue', step = 2) => composed(renderedAt(queueCases, name, step), resource);
const forProvider = (...place: Parameters<typeof resource>) => resource(...place).spec.forProvider;
const externalName = (...place: Parameters<typeof resource>) =>
  resource(...place).metadata.annotations['crossplane.io/external-name'];

describe('a queue of Crossplane v1 on AWS', () => {
  describeBackend(queueOnClassicAws, queueCases, []);

  test('puts messages aside after as many failures as were asked for, once the other queue is there', () => {
    expect(forProvider('dead letters', 'queue', 0)).not.toHaveProperty('redrivePolicy');
    expect(forProvider('dead letters').redrivePolicy).toEqual({
      deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:123456789012:events-dead-letters',
      maxReceiveCount: 1000,
    });
    expect(forProvider('nothing asked for')).not.toHaveProperty('redrivePolicy');
  });

  test('is called in SQS what it is called by Crossplane v2, so that moving on finds it', () => {
    for (const [name, was] of [
      ['nothing asked for', 'events-66cb6f86'],
      ['in order', 'events-66cb6f86.fifo'],
      ['what was called otherwise', 'messages-66cb6f86'],
    ]) {
      expect(externalName(name)).toBe(was);
      expect(composed(renderedAt(casesOnV2, name), 'queue').spec.forProvider.name).toBe(was);
    }
    expect(externalName('in order', 'dead-letters')).toBe('events-66cb6f86-dead-letters.fifo');
  });

  test('has the attributes of an order only when it keeps one', () => {
    for (const name of ['queue', 'dead-letters']) {
      expect(forProvider('in order', name)).toMatchObject({ fifoQueue: true, contentBasedDeduplication: true });
      expect(forProvider('nothing asked for', name)).not.toHaveProperty('fifoQueue');
      expect(forProvider('nothing asked for', name)).not.toHaveProperty('contentBasedDeduplication');
    }
  });

  test('is encrypted by who was asked for', () => {
    expect(forProvider('nothing asked for')).toMatchObject({ sseEnabled: true, kmsMasterKeyId: '' });
    for (const name of ['queue', 'dead-letters']) {
      expect(forProvider("the organisation's key", name)).toMatchObject({
        sseEnabled: false,
        kmsMasterKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d',
      });
    }
  });

  test('has times and sizes in the units of SQS', () => {
    expect(forProvider('the most of everything')).toMatchObject({
      messageRetentionPeriod: 1_209_600,
      visibilityTimeout: 43_200,
      maximumMessageSize: 262_144,
    });
  });

  test('tells what its twin of Crossplane v2 tells', () => {
    for (const name of ['nothing asked for', 'another region']) {
      expect(renderedAt(queueCases, name).connectionDetails).toEqual(renderedAt(casesOnV2, name).connectionDetails);
    }
  });

  test('outlives its claim', () => {
    for (const name of ['queue', 'dead-letters']) {
      expect(resource('nothing asked for', name).spec.deletionPolicy).toBe('Orphan');
    }
  });

  test('has a name of its own in the cluster, which two claims of one name in two namespaces share not', () => {
    expect(resource('nothing asked for').metadata).toMatchObject({ name: 'events-x7k2p-messagequeue' });
    expect(resource('nothing asked for').metadata.namespace).toBeUndefined();
  });
});
