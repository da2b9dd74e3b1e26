import type { StrRef } from '../../src/crossplane/composition/reference-types';
import { text } from '../../src/crossplane/composition/text';
import type { BackendCluster, BackendIdentity } from '../../src/platform/backend';
import { type GcpCluster, gcpCluster } from './gcp-cluster';
import type { GcpOptions } from './gcp-options';

/** A cluster whose pods use what is requested in another one. */
export interface GcpClient {
  /** Name of the cluster in the topology. */
  readonly name: string;
  /** Facts about it; undefined outside of Google Cloud. */
  readonly facts: GcpCluster | undefined;
}

/** What compositions of access are made with. */
export interface GcpAccessOptions extends GcpOptions {
  /** The other clusters whose accounts are granted access. */
  readonly clients: readonly GcpClient[];
}

/**
 * The other clusters of environments that have their home in a cluster.
 *
 * @throws GoldenError with every fact of one of them that is missing, malformed or unknown.
 */
export function gcpClients({ siblings = [] }: BackendCluster): readonly GcpClient[] {
  return siblings.map((one) => ({ name: one.name, facts: one.cloud.gcp ? gcpCluster(one) : undefined }));
}

/** What keeps accounts of other clusters from being granted something: all clusters of a project share their accounts, no others. */
export function clientProblems({ project }: GcpCluster, clients: readonly GcpClient[]): string[] {
  return clients
    .filter(({ facts }) => facts?.project !== project)
    .map(({ name, facts }) =>
      facts
        ? `accounts of the cluster ${name} are in the project ${facts.project}, and it is in ${project}; make environments of clusters of one project`
        : `accounts of the cluster ${name} cannot be granted it, because the topology has no cloud.gcp for it`,
    );
}

/**
 * An account as IAM knows it: by its name and namespace, in every cluster of the project, without a service account of Google's.
 *
 * Source: "About Workload Identity Federation for GKE" of its documentation, principal identifiers.
 */
export function principalOf({ project, projectNumber }: GcpCluster, namespace: StrRef, account: StrRef): StrRef {
  const pool = `projects/${projectNumber}/locations/global/workloadIdentityPools/${project}.svc.id.goog`;
  return text`principal://iam.googleapis.com/${pool}/subject/ns/${namespace}/sa/${account}`;
}

/**
 * Accounts are somebody by their names; pods ask the metadata server of their node for tokens, with Dataplane V2 or without.
 *
 * Source: "Authenticate to Google Cloud APIs from GKE workloads" of its documentation, network policies.
 */
export const gcpIdentity: BackendIdentity = {
  cloud: 'gcp',
  establish: () => ({
    reaches: [
      { cidrs: ['169.254.169.254/32'], port: 80 },
      { cidrs: ['169.254.169.252/32'], port: 988 },
    ],
  }),
};
