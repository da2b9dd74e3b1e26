import { formats } from './formats';
import type { Kind } from './kind';

/** What the names of a kind's objects must look like. */
export interface NameRule {
  readonly accepts: (name: string) => boolean;
  /** What is allowed, completing "must be …". */
  readonly words: string;
}

const dnsSubdomain = ruleOf('dns-subdomain');
const dnsLabel = ruleOf('dns-label');

/** RFC 1035 label: what a Service is called becomes a DNS record. */
const dns1035: NameRule = {
  accepts: (name) => name.length <= 63 && /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name),
  words: 'at most 63 lower-case letters, digits and "-", starting with a letter and ending with a letter or digit',
};

/** Names that only need to fit into a URL, so that `system:node` can be one. */
const pathSegment: NameRule = {
  accepts: (name) => name !== '.' && name !== '..' && !/[/%]/.test(name),
  words: 'a name without "/" and "%"',
};

/** The rule that a format of strings stands for. */
function ruleOf(format: string): NameRule {
  const { accepts, words } = formats[format];
  return { words, accepts: (name) => accepts(name as never) };
}

/** A DNS name of a given length at most. */
function subdomain(max: number, why: string): NameRule {
  return {
    accepts: (name) => name.length <= max && dnsSubdomain.accepts(name),
    words: `at most ${max} lower-case letters, digits, "-" and "." (${why}), with a letter or digit at both ends`,
  };
}

/**
 * Kinds whose names are not the usual DNS subdomain. Source: the `Validate…Name` functions in `pkg/apis` of Kubernetes
 * 1.36. Job and StatefulSet names are cut shorter by the labels that the server or a controller makes of them.
 */
const nameRules: Readonly<Record<string, NameRule>> = {
  Service: dns1035,
  Namespace: dnsLabel,
  'batch CronJob': subdomain(52, 'its Jobs add 11'),
  'batch Job': subdomain(63, 'it becomes a label of its pods'),
  'apps StatefulSet': subdomain(52, 'its revisions add 11 in a label of its pods'),
  // The server checks a budget's spec only.
  'policy PodDisruptionBudget': pathSegment,
  'rbac.authorization.k8s.io Role': pathSegment,
  'rbac.authorization.k8s.io RoleBinding': pathSegment,
  'rbac.authorization.k8s.io ClusterRole': pathSegment,
  'rbac.authorization.k8s.io ClusterRoleBinding': pathSegment,
  'certificates.k8s.io CertificateSigningRequest': pathSegment,
  'certificates.k8s.io ClusterTrustBundle': pathSegment,
};

/** What is wrong with the name of an object of a kind, or undefined. */
export function nameProblem(name: string, { group, kind }: Pick<Kind, 'group' | 'kind'>): string | undefined {
  const rule = nameRules[group === '' ? kind : `${group} ${kind}`] ?? dnsSubdomain;
  return rule.accepts(name) ? undefined : `${JSON.stringify(name)} must be ${rule.words}`;
}
