/** Resources of one API group, by their plural names. */
export interface ApiResources {
  /** The API group; empty for the core group. */
  readonly group: string;
  /** Plural names, lower-case. */
  readonly resources: readonly string[];
}

/** What golden workloads render into a namespace: what a team's repository may bring, and no more. */
export const renderedKinds: readonly ApiResources[] = [
  { group: '', resources: ['configmaps', 'persistentvolumeclaims', 'serviceaccounts', 'services'] },
  { group: 'apps', resources: ['deployments', 'statefulsets'] },
  { group: 'autoscaling', resources: ['horizontalpodautoscalers'] },
  { group: 'batch', resources: ['cronjobs', 'jobs'] },
  { group: 'cert-manager.io', resources: ['certificates'] },
  { group: 'cilium.io', resources: ['ciliumnetworkpolicies'] },
  { group: 'external-secrets.io', resources: ['externalsecrets'] },
  { group: 'gateway.networking.k8s.io', resources: ['grpcroutes', 'httproutes'] },
  { group: 'keda.sh', resources: ['scaledobjects', 'triggerauthentications'] },
  { group: 'monitoring.coreos.com', resources: ['podmonitors', 'prometheusrules', 'servicemonitors'] },
  { group: 'networking.gke.io', resources: ['fqdnnetworkpolicies'] },
  { group: 'networking.k8s.io', resources: ['ingresses', 'networkpolicies'] },
  { group: 'policy', resources: ['poddisruptionbudgets'] },
];

/** Rendered only by workloads that have permissions at the API server. */
export const accessKinds: ApiResources = {
  group: 'rbac.authorization.k8s.io',
  resources: ['rolebindings', 'roles'],
};

/** What the cluster makes of it, what bounds it, and who may do what: worth a look, never written by hand. */
export const observedKinds: readonly ApiResources[] = [
  { group: '', resources: ['endpoints', 'events', 'limitranges', 'pods', 'pods/log', 'resourcequotas'] },
  { group: 'apps', resources: ['controllerrevisions', 'replicasets'] },
  { group: 'discovery.k8s.io', resources: ['endpointslices'] },
  { group: 'events.k8s.io', resources: ['events'] },
  { group: 'external-secrets.io', resources: ['secretstores'] },
  { group: 'metrics.k8s.io', resources: ['pods'] },
  accessKinds,
];
