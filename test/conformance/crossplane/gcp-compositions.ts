import { bucketCases, bucketOnGcp } from '../../crossplane/gcp/object-bucket-cases';
import type { CompositionCases } from './check-compositions';

/** The compositions on Google Cloud, and the requests that they are tried with. */
export const gcpCompositions: readonly CompositionCases[] = [{ composition: bucketOnGcp, cases: bucketCases }];
