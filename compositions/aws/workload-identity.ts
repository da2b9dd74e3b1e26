import { PodIdentityAssociation } from '../../imports/eks.aws.m.upbound.io';
import { Role } from '../../imports/iam.aws.m.upbound.io';
import { composition } from '../../src/crossplane/composition/composition';
import type { StrRef } from '../../src/crossplane/composition/reference-types';
import { text } from '../../src/crossplane/composition/text';
import type { BackendIdentity, SignIn } from '../../src/platform/backend';
import { environmentOf } from '../../src/platform/environment';
import { WorkloadIdentity, workloadIdentity } from '../../xrds/workload-identity';
import { cloudNameIn } from '../cloud-name';
import { knownNamespaceHash } from '../namespace-hash';
import { arnPrefix } from './arn';
import { type AwsClient, clientProblems } from './aws-clients';
import type { AwsCluster } from './aws-cluster';
import type { AwsOptions } from './aws-options';

/** The quota of an account that asked for no more. Source: IAM User Guide, "IAM and AWS STS quotas". */
const defaultPoliciesPerRole = 10;

/** Where each node answers pods. Source: EKS User Guide, considerations of EKS Pod Identity. */
const podIdentityAgent = { cidrs: ['169.254.170.23/32', 'fd00:ec2::23/128'], port: 80 };

/** What compositions of access are made with. */
export interface AwsAccessOptions extends AwsOptions {
  /** The clusters whose accounts are granted access; the first is the one that they are installed in. */
  readonly clients: readonly AwsClient[];
}

/**
 * WorkloadIdentity by IAM: one role for a workload in all clusters of its environment, which only its account there can take.
 * With EKS Pod Identity an association in each cluster says so; with IRSA it is an annotation of the account.
 */
export function workloadIdentityOnAws({ labelPrefix, clients }: Omit<AwsAccessOptions, 'cluster'>) {
  return composition(
    workloadIdentity,
    { name: 'workloadidentities-aws', labelPrefix, rules: [() => clientProblems(clients)] },
    (c) => {
      const { spec, metadata } = c.xr;
      const role = c.add(
        'role',
        Role,
        {
          metadata: { name: text`${metadata.name}-workloadidentity` },
          spec: { forProvider: { assumeRolePolicy: trustPolicy(clients, metadata.namespace, spec.account) } },
        },
        { externalName: roleName(metadata.namespace, spec.account) },
      );
      for (const { name, facts } of clients) {
        if (facts?.eksCluster === undefined) continue;
        c.add(`association-${name}`, PodIdentityAssociation, {
          spec: {
            forProvider: {
              region: facts.region,
              clusterName: facts.eksCluster,
              namespace: metadata.namespace,
              serviceAccount: spec.account,
              roleArnRef: { name: role.metadata.name },
            },
          },
        });
      }
      return c.report({});
    },
  );
}

/** The name of an account's role, which policies are attached to. */
export function roleName(namespace: StrRef, account: StrRef): StrRef {
  return cloudNameIn({ name: account, namespace });
}

/** How accounts become somebody in AWS: a WorkloadIdentity for each, and with IRSA an annotation with its role. */
export function awsIdentity(clients: readonly AwsClient[]): BackendIdentity {
  return {
    cloud: 'aws',
    atMost: {
      grants: clients[0]?.facts?.policiesPerRole ?? defaultPoliciesPerRole,
      advice:
        'let another workload do some of it, or raise the quota of policies that a role takes, and with it cloud.aws.policiesPerRole',
    },
    establish: (scope, { name, namespace }): SignIn => {
      if (!scope.node.tryFindChild('identity')) {
        new WorkloadIdentity(scope, 'identity', { account: name }, { name: scope.node.id });
      }
      const here = clients.find((client) => client.name === environmentOf(scope).cluster)?.facts;
      if (here?.oidcProvider === undefined) return { reaches: [podIdentityAgent] };
      const role = `${name}-${knownNamespaceHash(namespace)}`;
      return {
        annotations: { 'eks.amazonaws.com/role-arn': `${arnPrefix(here.region)}:iam::${here.accountId}:role/${role}` },
        // Tokens are exchanged at STS, whose addresses depend on the network.
        reaches: [{ backend: workloadIdentity.kind, port: 443 }],
      };
    },
  };
}

/**
 * Who may take a role: pods of one account, in clusters of the environment.
 *
 * Sources: EKS User Guide, "Create IAM role with trust policy required by EKS Pod Identity" and "Assign IAM roles to Kubernetes
 * service accounts".
 */
function trustPolicy(clients: readonly AwsClient[], namespace: StrRef, account: StrRef): StrRef {
  const known = clients.flatMap(({ facts }) => facts ?? []);
  const associated = known.filter(({ eksCluster }) => eksCluster !== undefined);
  const federated = known.filter(({ oidcProvider }) => oidcProvider !== undefined);
  const statements = [
    ...(associated.length > 0 ? [podIdentityTrust(associated, namespace, account)] : []),
    ...federated.map((facts) => federatedTrust(facts, namespace, account)),
  ];
  const all = statements.reduce<StrRef | undefined>((list, one) => (list ? text`${list},${one}` : one), undefined);
  return text`{"Version":"2012-10-17","Statement":[${all ?? ''}]}`;
}

function podIdentityTrust(clusters: readonly AwsCluster[], namespace: StrRef, account: StrRef): StrRef {
  const arns = clusters.map(
    ({ region, accountId, eksCluster }) => `${arnPrefix(region)}:eks:${region}:${accountId}:cluster/${eksCluster}`,
  );
  return text`{"Effect":"Allow","Principal":{"Service":"pods.eks.amazonaws.com"},"Action":["sts:AssumeRole","sts:TagSession"],"Condition":{"StringEquals":{"aws:RequestTag/eks-cluster-arn":${JSON.stringify(arns)},"aws:RequestTag/kubernetes-namespace":"${namespace}","aws:RequestTag/kubernetes-service-account":"${account}"}}}`;
}

function federatedTrust({ region, accountId, oidcProvider }: AwsCluster, namespace: StrRef, account: StrRef): StrRef {
  const provider = `${arnPrefix(region)}:iam::${accountId}:oidc-provider/${oidcProvider}`;
  return text`{"Effect":"Allow","Principal":{"Federated":"${provider}"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"${oidcProvider ?? ''}:aud":"sts.amazonaws.com","${oidcProvider ?? ''}:sub":"system:serviceaccount:${namespace}:${account}"}}}`;
}
