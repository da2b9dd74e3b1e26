import type { PolicyRule } from '../../imports/kubernetes';
import { isRecord, show, suggestion } from '../platform/rule';

/** Who a workload is to the cloud. */
export interface WorkloadIdentity {
  /**
   * ARN of the IAM role that EKS lets it take on.
   * @default - none
   */
  readonly aws?: string;
  /**
   * Address of the service account that GKE lets it act as.
   * @default - none
   */
  readonly gcp?: string;
  /**
   * Client id of the managed identity that AKS lets it use.
   * @default - none
   */
  readonly azure?: string;
}

/** Who a workload is, and what it may do in the cluster. */
export interface IdentityProps {
  /**
   * Who it is to the cloud.
   * @default - nobody
   */
  readonly identity?: WorkloadIdentity;
  /**
   * What it may do at the API server, in its own namespace. Only then its pods hold a token.
   * @default - nothing
   */
  readonly permissions?: readonly PolicyRule[];
}

/** Annotations of the service account that each cloud's identity webhook reads. */
export function identityAnnotations(identity: WorkloadIdentity = {}): Record<string, string> {
  return {
    ...(identity.aws && { 'eks.amazonaws.com/role-arn': identity.aws }),
    ...(identity.gcp && { 'iam.gke.io/gcp-service-account': identity.gcp }),
    ...(identity.azure && { 'azure.workload.identity/client-id': identity.azure }),
  };
}

/** Labels of the pods that each cloud's identity webhook reads. */
export function identityPodLabels(identity: WorkloadIdentity = {}): Record<string, string> {
  return identity.azure ? { 'azure.workload.identity/use': 'true' } : {};
}

const forms = {
  aws: [/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, 'arn:aws:iam::123456789012:role/orders'],
  gcp: [/^[a-z][a-z0-9-]+@[a-z0-9.-]+\.gserviceaccount\.com$/, 'orders@project.iam.gserviceaccount.com'],
  azure: [/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, '00000000-0000-0000-0000-000000000000'],
} as const;

/** Identities have their cloud's form; permissions name verbs and resources, and no wildcard. */
export function identityProblems(props: IdentityProps): string[] {
  const problems: string[] = [];
  const identity = (props.identity === undefined ? {} : props.identity) as Record<string, unknown>;
  if (!isRecord(identity)) return [`identity ${show(identity)} is no record; write { aws: "${forms.aws[1]}" }`];
  for (const [cloud, value] of Object.entries(identity)) {
    const form = Object.hasOwn(forms, cloud) ? forms[cloud as keyof typeof forms] : undefined;
    if (!form)
      problems.push(
        `identity has no cloud ${show(cloud)}${suggestion(cloud, Object.keys(forms))}; it has ${Object.keys(forms).join(', ')}`,
      );
    else if (!form[0].test(String(value)))
      problems.push(`identity.${cloud} ${show(value)} has not the form of ${show(form[1])}`);
  }
  if (props.permissions === undefined) return problems;
  if (!Array.isArray(props.permissions))
    return [...problems, `permissions ${show(props.permissions)} is no list of rules`];
  for (const rule of props.permissions as readonly Partial<PolicyRule>[]) {
    if (!isRecord(rule) || !rule.verbs?.length || !rule.resources?.length || !Array.isArray(rule.apiGroups)) {
      problems.push(`permission ${show(rule)} needs apiGroups, resources and verbs`);
    } else if ([...rule.verbs, ...rule.resources].includes('*')) {
      problems.push(`permission ${show(rule)} has a wildcard; name each verb and resource`);
    }
  }
  return problems;
}
