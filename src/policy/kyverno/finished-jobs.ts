import { object } from '../example-objects';
import type { DeletionRule } from './kyverno-rule';

const job = (status: object, metadata: Readonly<Record<string, unknown>> = {}) =>
  object('batch/v1', 'Job', { spec: { template: { spec: { containers: [] } } }, status }, metadata);
const longAgo = { completionTime: '2020-01-01T00:00:00Z' };
const ownerReferences = [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'nightly', uid: 'f0c3' }];

/** Deletes Jobs that nobody looks at any more: three days are enough to read a log after a weekend. */
export const finishedJobs: DeletionRule = {
  kind: 'delete',
  id: 'finished-jobs',
  title: 'Finished Jobs disappear after three days',
  why: 'Jobs that nobody deletes fill lists, quotas and the store of the API server.',
  category: 'reliability',
  match: { kinds: ['batch/v1/Job'] },
  schedule: '17 * * * *',
  conditions: {
    // What a CronJob made is its own to keep and to delete.
    'nobody-owns-it': '!has(object.metadata.ownerReferences)',
    finished: 'has(object.status) && has(object.status.completionTime)',
    'long-ago': "timestamp(object.status.completionTime) < time.now() - duration('72h')",
  },
  examples: {
    deletes: [job(longAgo)],
    keeps: [job({}), job({ completionTime: '2100-01-01T00:00:00Z' }), job(longAgo, { ownerReferences })],
  },
};
