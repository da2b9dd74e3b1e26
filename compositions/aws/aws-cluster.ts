import type { BackendCluster } from '../../src/platform/backend';
import { cidrProblem } from '../../src/platform/cidr';
import { GoldenError } from '../../src/platform/golden-error';
import { show } from '../../src/platform/rule';

/** What compositions have to know of a cluster in AWS: `cloud.aws` of the cluster in the topology. */
export interface AwsCluster {
  /** Its region: `eu-west-1`. */
  readonly region: string;
  /** The account that resources are made in, 12 digits. */
  readonly accountId: string;
  /** The network that databases are made in. */
  readonly vpcId: string;
  /** Subnets of that network in two zones or more. */
  readonly subnetIds: readonly string[];
  /**
   * Addresses that pods connect from: `10.0.0.0/16`.
   * @default - none; give this or `clientSecurityGroupIds`
   */
  readonly clientCidrs?: readonly string[];
  /**
   * Security groups that pods connect from, such as the cluster's own.
   * @default - none; give this or `clientCidrs`
   */
  readonly clientSecurityGroupIds?: readonly string[];
  /** ARN of the key of the organisation, in the same region. */
  readonly kmsKeyArn: string;
  /**
   * Name of the EKS cluster, whose Pod Identity Agent gives roles to accounts.
   * @default - none: without this or `oidcProvider` no workload can be granted anything
   */
  readonly eksCluster?: string;
  /**
   * The cluster's OIDC provider, without `https://`, where accounts take roles by their annotation (IRSA):
   * `oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C`.
   * @default - none: give this or `eksCluster`
   */
  readonly oidcProvider?: string;
  /**
   * How many policies a role takes: the account's quota "Managed policies attached to an IAM role". Each grant is one.
   * @default 10, the quota of an account that asked for no more
   */
  readonly policiesPerRole?: number;
}

const patterns = {
  region: { like: /^[a-z]{2}(-[a-z]+)+-\d$/, example: 'eu-west-1' },
  accountId: { like: /^\d{12}$/, example: '123456789012' },
  vpcId: { like: /^vpc-[0-9a-z]+$/, example: 'vpc-0a1b2c3d' },
  kmsKeyArn: {
    like: /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)\/\S+$/,
    example: 'arn:aws:kms:eu-west-1:123456789012:key/…',
  },
} as const;

/**
 * The facts of a cluster in AWS, as the topology has them.
 *
 * @throws GoldenError with every fact that is missing or no such thing.
 */
export function awsCluster({ name, cloud }: BackendCluster): AwsCluster {
  const facts: Readonly<Record<string, unknown>> = cloud.aws ?? {};
  const problems: string[] = [];
  for (const [key, { like, example }] of Object.entries(patterns)) {
    if (typeof facts[key] === 'string' && like.test(facts[key])) continue;
    problems.push(`cloud.aws.${key} ${show(facts[key])} is needed as text like ${show(example)}`);
  }
  if (!isList(facts.subnetIds, /^subnet-[0-9a-z]+$/) || facts.subnetIds.length < 2) {
    problems.push(
      `cloud.aws.subnetIds ${show(facts.subnetIds)} has to list two subnets or more, in different zones, like "subnet-0a1b2c3d"`,
    );
  }
  const { clientCidrs, clientSecurityGroupIds } = facts;
  if (clientCidrs === undefined && clientSecurityGroupIds === undefined) {
    problems.push('cloud.aws says nothing about who connects to databases; give clientCidrs or clientSecurityGroupIds');
  }
  if (clientCidrs !== undefined && !isList(clientCidrs, /./)) {
    problems.push(`cloud.aws.clientCidrs ${show(clientCidrs)} is no list of address blocks like "10.0.0.0/16"`);
  }
  if (isList(clientCidrs, /./)) {
    problems.push(...clientCidrs.flatMap((cidr) => cidrProblem('cloud.aws.clientCidrs', cidr) ?? []));
  }
  if (clientSecurityGroupIds !== undefined && !isList(clientSecurityGroupIds, /^sg-[0-9a-z]+$/)) {
    problems.push(
      `cloud.aws.clientSecurityGroupIds ${show(clientSecurityGroupIds)} is no list of groups like "sg-0a1b2c3d"`,
    );
  }
  problems.push(...signInProblems(facts));
  const { policiesPerRole: most } = facts;
  if (most !== undefined && !(Number.isInteger(most) && (most as number) >= 1)) {
    problems.push(`cloud.aws.policiesPerRole ${show(most)} is no number of policies; write a quota like 20`);
  }
  if (problems.length > 0) {
    throw new GoldenError(problems.map((message) => ({ path: `cluster ${name}`, message })));
  }
  return facts as unknown as AwsCluster;
}

/** What is wrong with how accounts take roles: in one way, or in none. */
function signInProblems({ eksCluster, oidcProvider }: Readonly<Record<string, unknown>>): string[] {
  const problems: string[] = [];
  if (eksCluster !== undefined && !(typeof eksCluster === 'string' && /^[0-9A-Za-z][\w-]{0,99}$/.test(eksCluster))) {
    problems.push(`cloud.aws.eksCluster ${show(eksCluster)} is no name of an EKS cluster like "eu-prod"`);
  }
  if (
    oidcProvider !== undefined &&
    !(typeof oidcProvider === 'string' && /^[a-z0-9.-]+(\/[\w-]+)*$/.test(oidcProvider))
  ) {
    problems.push(
      `cloud.aws.oidcProvider ${show(oidcProvider)} is no provider like "oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C", without https://`,
    );
  }
  if (eksCluster !== undefined && oidcProvider !== undefined) {
    problems.push(
      'cloud.aws has eksCluster and oidcProvider; accounts take roles in one way, so leave one of them out',
    );
  }
  return problems;
}

function isList(value: unknown, like: RegExp): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string' && like.test(item));
}
