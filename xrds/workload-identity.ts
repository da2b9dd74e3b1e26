import { defineApi } from '../src/crossplane/api/define-api';
import { s } from '../src/crossplane/api/schema-builder';
import { group } from './conventions';

/** The API of {@link WorkloadIdentity}. */
export const workloadIdentity = defineApi({
  group,
  kind: 'WorkloadIdentity',
  description:
    'Makes a ServiceAccount somebody to the cloud, who may do nothing yet: requests for access add to that. Workloads make it when they are first granted something.',
  categories: ['platform'],
  holdsData: false,
  versions: {
    v1: {
      spec: {
        /** Name of the ServiceAccount, in the namespace of the request. */
        account: s.string({
          pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$',
          // IAM allows 64 characters, and nine of them stand for the namespace.
          maxLength: 55,
          immutable: true,
          description: 'Name of the ServiceAccount, in the namespace of the request.',
          example: 'orders-api',
          column: 'Account',
        }),
      },
    },
  },
});

/** Who a workload is to the cloud. */
export class WorkloadIdentity extends workloadIdentity.Request {}
