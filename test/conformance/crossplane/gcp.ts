import { bucketAccessCases, queueAccessCases } from '../../crossplane/gcp/access-cases';
import { queueCases } from '../../crossplane/gcp/message-queue-cases';
import { bucketCases } from '../../crossplane/gcp/object-bucket-cases';
import { postgresCases } from '../../crossplane/gcp/postgres-cases';
import type { ComposedBackend } from './check-compositions';

/** Requests that are fulfilled on Google Cloud. */
export const gcp: ComposedBackend = {
  name: 'Google Cloud',
  cases: [...postgresCases, ...bucketCases, ...queueCases, ...bucketAccessCases, ...queueAccessCases],
};
