import { bucketAccessCases, queueAccessCases } from '../../crossplane/onprem/access-cases';
import { bucketCases, postgresCases, queueCases } from '../../crossplane/onprem/onprem-cases';
import type { ComposedBackend } from './check-compositions';

/** Requests that are fulfilled on premises. */
export const onprem: ComposedBackend = {
  name: 'premises',
  cases: [...postgresCases, ...queueCases, ...bucketCases, ...bucketAccessCases, ...queueAccessCases],
};
