import { definePolicy } from '../define-policy';
import { cronJob } from '../example-objects';

export const cronJobOverlap = definePolicy({
  id: 'cron-job-overlap',
  title: 'Runs of a CronJob do not overlap',
  why: 'Most programs cannot run twice at once, and a slow one would fill the cluster with copies of itself.',
  fix: 'set concurrencyPolicy to Forbid or Replace',
  severity: 'low',
  category: 'reliability',
  match: { kinds: ['batch/v1/CronJob'] },
  checks: [
    {
      field: 'spec.concurrencyPolicy',
      holds: "object.spec.?concurrencyPolicy.orValue('Allow') != 'Allow'",
      says: 'must be Forbid or Replace',
    },
  ],
  examples: {
    passes: [cronJob({}, { concurrencyPolicy: 'Forbid' })],
    fails: [cronJob(), cronJob({}, { concurrencyPolicy: 'Allow' })],
  },
});
