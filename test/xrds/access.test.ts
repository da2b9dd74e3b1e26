import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiReference } from '../../src/crossplane/api/api-reference';
import type { DefinedApi } from '../../src/crossplane/api/defined-api';
import { exampleRequest } from '../../src/crossplane/api/example-request';
import { checkSnapshot } from '../../src/crossplane/api/snapshot-file';
import type { StructuralSchema } from '../../src/crossplane/api/structural-schema';
import { messageQueueAccess } from '../../xrds/message-queue';
import { objectBucketAccess } from '../../xrds/object-bucket';
import { workloadIdentity } from '../../xrds/workload-identity';

const apis: [string, DefinedApi, string][] = [
  ['MessageQueueAccess', messageQueueAccess, 'message-queue-access'],
  ['ObjectBucketAccess', objectBucketAccess, 'object-bucket-access'],
  ['WorkloadIdentity', workloadIdentity, 'workload-identity'],
];

// UPDATE_SNAPSHOTS=1 writes reference pages, and snapshots where nothing breaks.
const update = process.env.UPDATE_SNAPSHOTS === '1';

describe.each(apis)('%s', (_, api, file) => {
  test('has rules that compile, and an example that is valid', () => {
    expect(() => api.xrd()).not.toThrow();
    expect(() => exampleRequest(api)).not.toThrow();
  });

  test('breaks no request of an earlier release', () => {
    checkSnapshot(api, join(__dirname, `../../xrds/snapshots/${file}.yaml`), { update });
  });

  test('has its reference page in docs/apis', () => {
    const page = join(__dirname, `../../docs/apis/${file}.md`);
    if (update) writeFileSync(page, apiReference(api));
    expect(readFileSync(page, 'utf8')).toBe(apiReference(api));
  });

  test('says of every field what it means', () => {
    expect(undescribed(api.referenceable.schema.spec, 'spec')).toEqual([]);
  });
});

function undescribed(schema: StructuralSchema, path: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    ...(field.description === undefined ? [`${path}.${name}`] : []),
    ...undescribed(field, `${path}.${name}`),
  ]);
}

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
