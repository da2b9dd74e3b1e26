import { bucketCases } from '../../crossplane/gcp/object-bucket-cases';
import type { ComposedBackend } from './check-compositions';

/** Requests that are fulfilled on Google Cloud. */
export const gcp: ComposedBackend = { name: 'Google Cloud', cases: bucketCases };
