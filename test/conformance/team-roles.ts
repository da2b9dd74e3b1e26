/** What a role may do: a letter for each verb of {@link verbs}. */
interface Row {
  readonly viewer: string;
  readonly editor: string;
  readonly owner: string;
  readonly gitops: string;
}

/** The verbs that are asked about, by the letter that stands for each. */
export const verbs = {
  g: 'get',
  l: 'list',
  w: 'watch',
  c: 'create',
  u: 'update',
  p: 'patch',
  d: 'delete',
  D: 'deletecollection',
  b: 'bind',
  e: 'escalate',
  i: 'impersonate',
} as const;

/** What is declared in git: people look, the account applies. */
const declared: Row = { viewer: 'glw', editor: 'glw', owner: 'glw', gitops: 'glwcupd' };
const seen: Row = { viewer: 'glw', editor: 'glw', owner: 'glw', gitops: '' };
const closed: Row = { viewer: '', editor: '', owner: '', gitops: '' };
const connected: Row = { ...closed, owner: 'gc' };

/** Every role's rights on every resource, by group: written down here on its own, not taken from the roles. */
export const rights: Readonly<Record<string, Row>> = {
  'configmaps.': declared,
  'persistentvolumeclaims.': declared,
  'serviceaccounts.': declared,
  'services.': declared,
  'deployments.apps': declared,
  'statefulsets.apps': declared,
  'horizontalpodautoscalers.autoscaling': declared,
  'cronjobs.batch': declared,
  'jobs.batch': { viewer: 'glw', editor: 'glwd', owner: 'glwdc', gitops: 'glwcupd' },
  'certificates.cert-manager.io': declared,
  'ciliumnetworkpolicies.cilium.io': declared,
  'externalsecrets.external-secrets.io': declared,
  'grpcroutes.gateway.networking.k8s.io': declared,
  'httproutes.gateway.networking.k8s.io': declared,
  'scaledobjects.keda.sh': declared,
  'triggerauthentications.keda.sh': declared,
  'podmonitors.monitoring.coreos.com': declared,
  'prometheusrules.monitoring.coreos.com': declared,
  'servicemonitors.monitoring.coreos.com': declared,
  'fqdnnetworkpolicies.networking.gke.io': declared,
  'ingresses.networking.k8s.io': declared,
  'networkpolicies.networking.k8s.io': declared,
  'poddisruptionbudgets.policy': declared,
  'queues.acme.io': declared,
  // Only this team's account may hand out permissions.
  'rolebindings.rbac.authorization.k8s.io': declared,
  'roles.rbac.authorization.k8s.io': declared,

  'pods.': { viewer: 'glw', editor: 'glwd', owner: 'glwd', gitops: '' },
  'pods/log.': seen,
  'pods/eviction.': { ...closed, editor: 'c', owner: 'c' },
  'pods/portforward.': { ...closed, editor: 'gc', owner: 'gc' },
  'pods/exec.': connected,
  'pods/attach.': connected,
  'pods/proxy.': closed,
  'pods/ephemeralcontainers.': { ...closed, owner: 'p' },
  'deployments/scale.apps': { ...closed, editor: 'gup', owner: 'gup' },
  'statefulsets/scale.apps': { ...closed, editor: 'gup', owner: 'gup' },
  'endpoints.': seen,
  'events.': seen,
  'replicasets.apps': seen,
  'controllerrevisions.apps': seen,
  'endpointslices.discovery.k8s.io': seen,
  'events.events.k8s.io': seen,
  'pods.metrics.k8s.io': seen,
  'secretstores.external-secrets.io': seen,

  'resourcequotas.': seen,
  'resourcequotas/status.': closed,
  'limitranges.': seen,
  'namespaces.': closed,
  'secrets.': closed,
  'serviceaccounts/token.': closed,
  'services/proxy.': closed,
  'clusterroles.rbac.authorization.k8s.io': closed,
  'clusterrolebindings.rbac.authorization.k8s.io': closed,
  'clustersecretstores.external-secrets.io': closed,
  'secretstores/status.external-secrets.io': closed,
  'validatingadmissionpolicies.admissionregistration.k8s.io': closed,
  'validatingadmissionpolicybindings.admissionregistration.k8s.io': closed,
  'customresourcedefinitions.apiextensions.k8s.io': closed,
  'nodes.': closed,
  'applications.argoproj.io': closed,
  'guardrails.tenancy.acme.io': closed,
};
