import { typeCheck } from '../../imports/type-check';
import { wrongUses } from './wrong-uses';

const folder = 'test/crossplane/access';

const header = `
import { defineAccess } from '../../../src/crossplane/access/access-api';
import { composition } from '../../../src/crossplane/composition/composition';
import { notNeeded } from '../../../src/crossplane/composition/connection';
import type { GoldenService } from '../../../src/workload/golden-service';
import { messageQueue, type MessageQueue, messageQueueAccess } from '../../../xrds/message-queue';
import type { ObjectBucket } from '../../../xrds/object-bucket';
import type { PostgresInstance } from '../../../xrds/postgres-instance';

void [defineAccess, composition, notNeeded, messageQueue, messageQueueAccess];
export function use(api: GoldenService, queue: MessageQueue, bucket: ObjectBucket, db: PostgresInstance, text: string, verb: 'send' | 'receive') {
  void [api, queue, bucket, db, text, verb];`;

const program = (statement: string) => `${header}\n  ${statement}\n}\n`;
const line = header.split('\n').length + 1;

const twins = ['wrong', 'right'] as const;
const file = (i: number, twin: (typeof twins)[number]) => `${folder}/${i}-${twin}.ts`;
const errors = typeCheck(
  Object.fromEntries(
    wrongUses.flatMap((one, i) =>
      twins.map((twin) => [file(i, twin), program(one.code.replace('@', () => one[twin]))] as const),
    ),
  ),
);
const errorsOf = (path: string) =>
  errors.filter((error) => error.startsWith(`${path}:`)).map((error) => error.slice(path.length + 1));

describe('a wrong use does not compile, and its twin does:', () => {
  test.each(wrongUses.map((one, i) => [one.fault, one, i] as const))('%s', (_, { says }, i) => {
    expect(errorsOf(file(i, 'right'))).toEqual([]);
    const wrong = errorsOf(file(i, 'wrong'));
    expect(wrong.length).toBeGreaterThan(0);
    for (const error of wrong) expect(error).toMatch(new RegExp(`^${line} `));
    expect(wrong.join('\n')).toMatch(says);
  });
});
