/** A recommendation of the Kubernetes Hardening Guide, and what of it a policy can see. */
export interface HardeningRecommendation {
  readonly name: string;
  /** Where it is taken care of when no rule is about it. */
  readonly otherwise?: string;
}

/** Recommendations of the Kubernetes Hardening Guide of NSA and CISA, version 1.2, that concern what runs in a cluster. */
export const hardeningGuide: readonly HardeningRecommendation[] = [
  { name: 'Pod security: non-root containers' },
  { name: 'Pod security: immutable container file systems' },
  { name: 'Pod security: non-privileged containers' },
  { name: 'Pod security: host namespaces' },
  { name: 'Pod security: privilege escalation' },
  { name: 'Pod security: capabilities' },
  { name: 'Pod security: hardening of applications' },
  { name: 'Pod security: service account tokens' },
  { name: 'Pod security: scanned images', otherwise: 'signed-images, in the cluster' },
  {
    name: 'Network separation: default deny',
    otherwise: 'default-deny, in the cluster, and the network policies of the library',
  },
  { name: 'Resource policies: requests and limits' },
  { name: 'Authentication and authorization: least privilege' },
  { name: 'Secrets: encryption at rest', otherwise: 'a setting of the cluster' },
  { name: 'Audit logging', otherwise: 'a setting of the cluster' },
];
