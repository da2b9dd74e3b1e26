import { bucketCases } from '../../crossplane/aws-classic/bucket-cases';
import { postgresCases } from '../../crossplane/aws-classic/postgres-cases';
import { queueCases } from '../../crossplane/aws-classic/queue-cases';
import type { ComposedBackend } from './check-compositions';

/** Claims that are fulfilled on AWS by its classic provider. */
export const awsClassic: ComposedBackend = {
  name: 'AWS with Crossplane v1',
  cases: [...postgresCases, ...queueCases, ...bucketCases],
  expected: /warning: apiextensions\.crossplane\.io Usage is deprecated/,
};
