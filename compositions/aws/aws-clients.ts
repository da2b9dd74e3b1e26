import type { BackendCluster } from '../../src/platform/backend';
import { type AwsCluster, awsCluster } from './aws-cluster';

/** A cluster whose pods use what is made in AWS. */
export interface AwsClient {
  /** Name of the cluster in the topology. */
  readonly name: string;
  /** Facts about it; undefined outside of AWS. */
  readonly facts: AwsCluster | undefined;
}

/**
 * The clusters whose pods use what is requested in a cluster: itself, and the others of environments that have their home there.
 *
 * @throws GoldenError with every fact of one of them that is missing or no such thing.
 */
export function awsClients(cluster: BackendCluster): readonly AwsClient[] {
  const { name, siblings = [] } = cluster;
  return [
    { name, facts: awsCluster(cluster) },
    ...siblings.map((one) => ({ name: one.name, facts: one.cloud.aws ? awsCluster(one) : undefined })),
  ];
}

/** What keeps accounts of the clusters from being granted something in the AWS account of the first. */
export function clientProblems([home, ...others]: readonly AwsClient[]): string[] {
  const problems: string[] = [];
  for (const { name, facts } of [home, ...others]) {
    if (facts === undefined) {
      problems.push(
        `accounts of the cluster ${name} cannot be granted it, because the topology has no cloud.aws for it`,
      );
    } else if (facts.eksCluster === undefined && facts.oidcProvider === undefined) {
      problems.push(
        `accounts of the cluster ${name} have no way to sign in to AWS; give cloud.aws.eksCluster for EKS Pod Identity, or cloud.aws.oidcProvider for IRSA`,
      );
    } else if (facts.accountId !== home.facts?.accountId) {
      problems.push(
        `accounts of the cluster ${name} are in the AWS account ${facts.accountId}, and it is in ${home.facts?.accountId}; make environments of clusters of one account`,
      );
    }
  }
  return problems;
}
