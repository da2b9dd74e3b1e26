import { bucketAccessCases, identityCases, queueAccessCases } from '../../crossplane/aws/access-cases';
import { bucketCases } from '../../crossplane/aws/bucket-cases';
import { postgresCases } from '../../crossplane/aws/postgres-cases';
import { queueCases } from '../../crossplane/aws/queue-cases';
import type { ComposedBackend } from './check-compositions';

/** Requests that are fulfilled on AWS. */
export const aws: ComposedBackend = {
  name: 'AWS',
  cases: [...postgresCases, ...queueCases, ...bucketCases, ...bucketAccessCases, ...identityCases, ...queueAccessCases],
};
