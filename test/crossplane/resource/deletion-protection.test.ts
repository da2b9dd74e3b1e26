import { awsBackends } from '../../../compositions/aws/aws-backends';
import { GoldenApp } from '../../../src/app/golden-app';
import type { Environment } from '../../../src/platform/environment';
import { synthObject } from '../../../src/testing';
import { MessageQueue } from '../../../xrds/message-queue';
import { PostgresInstance } from '../../../xrds/postgres-instance';
import { platformWith } from './platforms';

/** Where the preview of an app is rendered. */
function preview(): Environment {
  const app = new GoldenApp({
    platform: platformWith({ backends: (cluster) => awsBackends(cluster) }),
    team: 'orders',
    system: 'commerce',
  });
  app.forEachEnvironment(() => {});
  return app.preview({ id: 'pr-42', ttl: '72h' }).environment;
}

describe('a request in a preview', () => {
  test('is not protected, so that the preview can be deleted', () => {
    const db = new PostgresInstance(preview(), 'orders-db', { storageGb: 50 });
    expect(db.spec).toMatchObject({ storageGb: 50, deletionProtection: false });
    expect(synthObject(db.request).spec).toEqual({ storageGb: 50, deletionProtection: false });
  });

  test('that asks for protection is refused', () => {
    expect(() => new PostgresInstance(preview(), 'orders-db', { deletionProtection: true })).toThrow(
      /deletionProtection true would keep the preview "pr-42" from being deleted when it is old; leave it out/,
    );
  });

  test('of an API without protection is as it was asked for', () => {
    const queue = new MessageQueue(preview(), 'events', {});
    expect(queue.spec).not.toHaveProperty('deletionProtection');
  });
});
