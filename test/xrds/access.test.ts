import { messageQueueAccess } from '../../xrds/message-queue';
import { objectBucketAccess } from '../../xrds/object-bucket';

/** Texts that would end a string in a policy of IAM, or mean something in an expression of RabbitMQ. */
const hostile = [
  'x"],"Resource":["arn',
  'a.b',
  'a*',
  '.*',
  'a|b',
  '^a$',
  'A',
  'a b',
  'a/b',
  '<provider send>',
  '',
  '-a',
  'a-',
];

describe.each([
  ['MessageQueueAccess', messageQueueAccess, 'send'],
  ['ObjectBucketAccess', objectBucketAccess, 'read'],
] as const)('a hand-written %s', (kind, api, verb) => {
  const request = (spec: object, resource: object = {}) => ({
    apiVersion: api.apiVersion,
    kind,
    metadata: { name: 'a', namespace: 'orders' },
    spec: { verb, account: 'api', resource: { name: 'events', ...resource }, ...spec },
  });

  test.each(hostile)('cannot put %j into a policy', (text) => {
    expect(api.problems(request({}))).toEqual([]);
    expect(api.problems(request({ account: text }))).not.toEqual([]);
    expect(api.problems(request({ verb: text }))).not.toEqual([]);
    for (const field of ['name', 'formerName', 'formerNamespace', 'encryption']) {
      expect(api.problems(request({}, { [field]: text }))).not.toEqual([]);
    }
  });

  test('stays access of one account to one resource by one verb', () => {
    const before = request({});
    const other = verb === 'send' ? 'receive' : 'write';
    expect(api.changeProblems(before, request({ verb: other }))).not.toEqual([]);
    expect(api.changeProblems(before, request({ account: 'other' }))).not.toEqual([]);
    expect(api.changeProblems(before, request({}, { name: 'other' }))).not.toEqual([]);
    expect(api.changeProblems(before, request({}, { formerName: 'older' }))).toEqual([]);
  });
});

test.each(hostile)('a hand-written MessageQueueAccess cannot put the region %j into a policy', (region) => {
  const resource = { name: 'events', region };
  const request = { metadata: { name: 'a' }, spec: { verb: 'send', account: 'api', resource } };
  const { apiVersion, kind } = messageQueueAccess;
  expect(messageQueueAccess.problems({ apiVersion, kind, ...request })).not.toEqual([]);
});
