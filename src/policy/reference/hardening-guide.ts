/** A recommendation of the Kubernetes Hardening Guide, and what of it a rule can see. */
export interface HardeningRecommendation {
  readonly name: string;
  /** What takes care of it beside the rules, or in place of one. */
  readonly otherwise?: string;
  /** Why no rule can be about it. */
  readonly because?: string;
}

const ofTheCluster = 'it is set where the cluster is made, and no object shows it';

/**
 * The recommendations of the Kubernetes Hardening Guide of NSA and CISA, version 1.2 of August 2022, in the order of its chapters, in
 * our own words.
 */
export const hardeningGuide: readonly HardeningRecommendation[] = [
  { name: 'Pod security: non-root containers' },
  { name: 'Pod security: immutable container file systems' },
  { name: 'Pod security: scanned images', otherwise: 'signed-images in the cluster, which asks for a recent scan' },
  { name: 'Pod security: non-privileged containers' },
  { name: 'Pod security: host namespaces' },
  { name: 'Pod security: host paths' },
  { name: 'Pod security: privilege escalation' },
  { name: 'Pod security: capabilities' },
  { name: 'Pod security: hardening of applications' },
  { name: 'Pod security: service account tokens' },
  { name: 'Pod security: sandboxed containers', because: 'runtime classes are made with the nodes' },
  {
    name: 'Network separation: default deny',
    otherwise: 'default-deny in the cluster, and the network policies of every workload',
  },
  {
    name: 'Network separation: policies between namespaces',
    otherwise: 'the network policies that are made of the call graph',
  },
  { name: 'Network separation: control plane behind a firewall', because: ofTheCluster },
  { name: 'Network separation: etcd on its own', because: ofTheCluster },
  { name: 'Network separation: encryption between components', because: ofTheCluster },
  { name: 'Network separation: worker nodes in segments', because: ofTheCluster },
  {
    name: 'Network separation: metadata services of clouds',
    otherwise: 'the network policies of every workload, which name what may be reached',
  },
  { name: 'Resource policies: requests and limits' },
  { name: 'Resource policies: quota of namespaces', otherwise: 'the ResourceQuota and LimitRange of team namespaces' },
  { name: 'Secrets: encryption at rest', because: ofTheCluster },
  {
    name: 'Secrets: not in configuration',
    otherwise: 'secrets that are read from a store; a rule cannot tell a password from another text',
  },
  { name: 'Authentication and authorization: no anonymous requests', because: ofTheCluster },
  { name: 'Authentication and authorization: strong authentication of people', because: ofTheCluster },
  { name: 'Authentication and authorization: least privilege' },
  { name: 'Audit logging: of the API server', because: ofTheCluster },
  {
    name: 'Audit logging: kept outside of the cluster',
    because: 'collectors of logs run beside workloads, and are no field of them',
  },
  { name: 'Audit logging: alerts', because: 'what happens while pods run is not known when they are made' },
  { name: 'Upgrading: patches at once', because: 'a rule sees which image runs, and not that there is a newer one' },
  { name: 'Upgrading: periodic scans', otherwise: 'signed-images in the cluster, which asks for a recent scan' },
  { name: 'Upgrading: unused components removed', otherwise: 'pruning by Argo CD, and finished-jobs in the cluster' },
];
