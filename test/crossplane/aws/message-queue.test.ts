import { queueCases, queueOnAws } from './queue-cases';
import { composed, renderedAt } from './rendered';

const forProvider = (name: string, resource = 'queue', step = 2) =>
  composed(renderedAt(queueCases, name, step), resource).spec.forProvider;

describe('a queue on AWS', () => {
  test('puts messages aside after as many failures as were asked for, once the other queue is there', () => {
    expect(forProvider('dead letters', 'queue', 0)).not.toHaveProperty('redrivePolicy');
    expect(JSON.parse(forProvider('dead letters').redrivePolicy)).toEqual({
      deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:123456789012:events-dead-letters',
      maxReceiveCount: 1000,
    });
    expect(forProvider('nothing asked for')).not.toHaveProperty('redrivePolicy');
  });

  test('is the only one that may put dead letters into its own', () => {
    expect(JSON.parse(forProvider('nothing asked for', 'dead-letters-of-queue').redriveAllowPolicy)).toEqual({
      redrivePermission: 'byQueue',
      sourceQueueArns: ['arn:aws:sqs:eu-west-1:123456789012:events'],
    });
  });

  test('has the ending of its name that SQS wants of queues in order, and so has the other', () => {
    expect(forProvider('in order')).toMatchObject({ name: 'events-66cb6f86.fifo', fifoQueue: true });
    expect(forProvider('in order', 'dead-letters').name).toBe('events-66cb6f86-dead-letters.fifo');
    expect(forProvider('nothing asked for').name).toBe('events-66cb6f86');
  });

  test('is encrypted by who was asked for', () => {
    expect(forProvider('nothing asked for')).toMatchObject({ sqsManagedSseEnabled: true, kmsMasterKeyId: '' });
    for (const resource of ['queue', 'dead-letters']) {
      expect(forProvider("the organisation's key", resource)).toMatchObject({
        sqsManagedSseEnabled: false,
        kmsMasterKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d',
      });
    }
  });

  test('has times and sizes in the units of SQS', () => {
    expect(forProvider('the most of everything')).toMatchObject({
      messageRetentionSeconds: 1_209_600,
      visibilityTimeoutSeconds: 43_200,
      maxMessageSize: 262_144,
    });
  });

  test('tells its address, and that of the service in its region', () => {
    const { connectionDetails } = renderedAt(queueCases, 'another region');
    expect(connectionDetails).toEqual({
      queue: 'https://sqs.eu-west-1.amazonaws.com/123456789012/events',
      endpoint: 'https://sqs.us-east-1.amazonaws.com',
    });
  });

  test('stays the queue that it was when its request is renamed', () => {
    expect(forProvider('what was called otherwise').name).toBe('messages-66cb6f86');
    expect(forProvider('what was called otherwise', 'dead-letters').name).toBe('messages-66cb6f86-dead-letters');
  });

  test('outlives its request', () => {
    for (const name of ['queue', 'dead-letters', 'dead-letters-of-queue']) {
      expect(composed(renderedAt(queueCases, 'nothing asked for'), name).spec.managementPolicies).not.toContain('*');
    }
  });

  test.each([
    [
      { region: 'europe-west4' },
      'region "europe-west4" is no region of AWS; write it like "eu-west-1", or leave it out',
    ],
    [
      { region: 'us-east-1', encryption: 'organisation' },
      'encryption "organisation" needs its key, which is in eu-west-1 and not in "us-east-1"; use encryption "provider", or leave the region out',
    ],
    [{ region: 'eu-west-1', encryption: 'organisation' }, undefined],
    [{ encryption: 'organisation' }, undefined],
  ])('refuses %j with what to change', (spec, message) => {
    const request = { name: 'events', namespace: 'orders', spec } as never;
    expect(queueOnAws.rules.flatMap((rule) => rule(request) ?? [])).toEqual(message === undefined ? [] : [message]);
  });
});
