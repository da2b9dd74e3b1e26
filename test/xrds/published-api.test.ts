import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiReference } from '../../src/crossplane/api/api-reference';
import type { DefinedApi } from '../../src/crossplane/api/defined-api';
import { exampleRequest } from '../../src/crossplane/api/example-request';
import { checkSnapshot } from '../../src/crossplane/api/snapshot-file';
import type { StructuralSchema } from '../../src/crossplane/api/structural-schema';
import { messageQueue, messageQueueAccess } from '../../xrds/message-queue';
import { objectBucket, objectBucketAccess } from '../../xrds/object-bucket';
import { postgresInstance } from '../../xrds/postgres-instance';
import { workloadIdentity } from '../../xrds/workload-identity';

const apis: [string, DefinedApi, string][] = [
  ['PostgresInstance', postgresInstance, 'postgres-instance'],
  ['MessageQueue', messageQueue, 'message-queue'],
  ['ObjectBucket', objectBucket, 'object-bucket'],
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
    expect(undescribed(api.referenceable.schema.status, 'status')).toEqual([]);
  });
});

/** Fields without a description; items of lists are described with the list. */
function undescribed(schema: StructuralSchema, path: string): string[] {
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    ...(field.description === undefined ? [`${path}.${name}`] : []),
    ...undescribed(field, `${path}.${name}`),
  ]);
  return schema.items ? [...fields, ...undescribed(schema.items, `${path}[]`)] : fields;
}
