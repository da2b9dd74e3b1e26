import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { apiReference } from '../../src/crossplane/api/api-reference';
import type { DefinedApi } from '../../src/crossplane/api/defined-api';
import { exampleRequest } from '../../src/crossplane/api/example-request';
import { checkSnapshot } from '../../src/crossplane/api/snapshot-file';
import type { StructuralSchema } from '../../src/crossplane/api/structural-schema';
import { synthObject, testEnvironment } from '../../src/testing';
import { MessageQueue, messageQueue } from '../../xrds/message-queue';
import { ObjectBucket, objectBucket } from '../../xrds/object-bucket';
import { PostgresInstance, postgresInstance } from '../../xrds/postgres-instance';

const apis: [string, DefinedApi, string][] = [
  ['PostgresInstance', postgresInstance, 'postgres-instance'],
  ['MessageQueue', messageQueue, 'message-queue'],
  ['ObjectBucket', objectBucket, 'object-bucket'],
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

  test('says the same in the editor as in the cluster', () => {
    expect(differentWords(join(__dirname, `../../xrds/${file}.ts`))).toEqual([]);
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

/** Fields whose comment is another text than their description. */
function differentWords(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isCallExpression(node.initializer)) {
      const [doc] = ts.getJSDocCommentsAndTags(node);
      const description = descriptionOf(node.initializer);
      const comment = doc && ts.getTextOfJSDocComment(doc.comment)?.replace(/\s+/g, ' ');
      if (description !== undefined && comment !== description) found.push(`${node.name.getText()}: ${comment}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The description among the arguments of a call of the builder, or of the call that `.optional()` is made on. */
function descriptionOf(call: ts.CallExpression): string | undefined {
  for (const argument of call.arguments) {
    if (ts.isStringLiteralLike(argument)) return argument.text;
    if (!ts.isObjectLiteralExpression(argument)) continue;
    for (const property of argument.properties) {
      if (
        ts.isPropertyAssignment(property) &&
        property.name.getText() === 'description' &&
        ts.isStringLiteralLike(property.initializer)
      ) {
        return property.initializer.text;
      }
    }
  }
  const { expression } = call;
  return ts.isPropertyAccessExpression(expression) && ts.isCallExpression(expression.expression)
    ? descriptionOf(expression.expression)
    : undefined;
}

test('a database is asked for in one line', () => {
  const db = new PostgresInstance(testEnvironment(), 'orders-db', { size: 'small', storageGb: 50 });
  expect(synthObject(db.request)).toMatchObject({
    apiVersion: 'platform.golden-path.local/v1',
    kind: 'PostgresInstance',
    metadata: { name: 'orders-db', namespace: 'team-dev' },
    spec: { size: 'small', storageGb: 50 },
  });
});

test('a queue and a bucket need nothing but a name', () => {
  const env = testEnvironment();
  expect(new MessageQueue(env, 'orders').spec.retentionHours).toBe(96);
  expect(new ObjectBucket(env, 'uploads').spec.deletionProtection).toBe(true);
});

describe('a request that no backend could keep is refused', () => {
  const env = () => testEnvironment();
  test.each<[string, () => unknown, RegExp]>([
    ['a size that is none', () => new PostgresInstance(env(), 'a', { size: 'huge' as never }), /use "xs", "small"/],
    [
      'a region that is none',
      () => new PostgresInstance(env(), 'a', { region: 'Europe' }),
      /region "Europe" must match/,
    ],
    ['a name that is too long for the cloud', () => new PostgresInstance(env(), 'a'.repeat(41)), /use 40 at most/],
    [
      'high availability without backups',
      () => new PostgresInstance(env(), 'a', { highAvailability: true, backupRetentionDays: 0 }),
      /high availability needs backups/,
    ],
    ['a lock without versions', () => new ObjectBucket(env(), 'a', { retentionLockDays: 1 }), /needs versioning/],
    [
      'a lifecycle that does nothing',
      () => new ObjectBucket(env(), 'a', { lifecycle: [{ name: 'x' }] }),
      /does nothing; give coldAfterDays/,
    ],
    [
      'a move to cold storage after the end',
      () => new ObjectBucket(env(), 'a', { lifecycle: [{ name: 'x', coldAfterDays: 9, expireAfterDays: 3 }] }),
      /has to be below expireAfterDays/,
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('a change that loses data is refused', () => {
  const problems = (api: DefinedApi, before: object, after: object) => {
    const request = (spec: object) => ({
      apiVersion: api.apiVersion,
      kind: api.kind,
      metadata: { name: 'a' },
      spec,
    });
    return api.changeProblems(request(before), request(after)).map(({ path }) => path);
  };
  test.each<[string, DefinedApi, object, object, string]>([
    ['less storage', apis[0][1], { storageGb: 50 }, { storageGb: 20 }, 'spec.storageGb'],
    ['less storage, by the default', apis[0][1], { storageGb: 50 }, {}, 'spec.storageGb'],
    ['an older version', apis[0][1], { version: '17' }, { version: '16' }, 'spec.version'],
    ['another region', apis[0][1], {}, { region: 'eu-west-1' }, 'spec.region'],
    ['another kind of queue', apis[1][1], {}, { fifo: true }, 'spec.fifo'],
    ['versions switched off', apis[2][1], { versioning: true }, {}, 'spec.versioning'],
    [
      'a shorter lock',
      apis[2][1],
      { versioning: true, retentionLockDays: 9 },
      { versioning: true, retentionLockDays: 8 },
      'spec.retentionLockDays',
    ],
  ])('%s', (_, api, before, after, path) => {
    expect(problems(api, before, after)).toEqual([path]);
  });
});
