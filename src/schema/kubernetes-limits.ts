import type { Schema } from './schema';

/** A limit on a field of a definition: schema keywords that join those of the published schema. */
interface Limit {
  /** Short names of the definitions that have the fields. */
  readonly of: readonly string[];
  readonly fields: readonly string[];
  readonly schema: Schema;
  /** Whether the fields must be there. @default - as the published schema says */
  readonly required?: boolean;
  /** The minors that it holds for. @default - all */
  readonly minors?: (minor: number) => boolean;
}

const port: Schema = { minimum: 1, maximum: 65535 };
/** Zero stands for "unset" where a Go field is no pointer. */
const portOrUnset: Schema = { minimum: 0, maximum: 65535 };
const portOrName: Schema = { ...port, format: 'port-name' };
const count: Schema = { minimum: 0 };
const positive: Schema = { minimum: 1 };
const userId: Schema = { minimum: 0, maximum: 2 ** 31 - 1 };
const fileMode: Schema = { minimum: 0, maximum: 0o777 };
const percentage: Schema = { minimum: 0, maximum: 2 ** 31 - 1, format: 'percentage' };
const labels: Schema = { propertyNames: { format: 'qualified-name' }, additionalProperties: { format: 'label-value' } };
const dnsLabel: Schema = { format: 'dns-label' };
const configKeys: Schema = { propertyNames: { format: 'config-key' } };
const resourceNames: Schema = { propertyNames: { format: 'qualified-name' } };
const containers = ['core.v1.Container', 'core.v1.EphemeralContainer'];

/**
 * What the API server enforces in Go and leaves out of its schemas, as far as a manifest is likely to meet it. Source:
 * `pkg/apis/{core,apps,batch,autoscaling,networking,policy}/validation` of Kubernetes and `api/validation` of
 * apimachinery.
 */
const limits: readonly Limit[] = [
  { of: ['meta.v1.ObjectMeta'], fields: ['labels'], schema: labels },
  { of: ['meta.v1.ObjectMeta'], fields: ['annotations'], schema: { propertyNames: { format: 'annotation-key' } } },
  { of: ['meta.v1.ObjectMeta'], fields: ['namespace'], schema: dnsLabel },
  { of: ['meta.v1.ObjectMeta'], fields: ['finalizers'], schema: { items: { format: 'qualified-name' } } },
  { of: ['meta.v1.LabelSelector'], fields: ['matchLabels'], schema: labels },
  { of: ['meta.v1.LabelSelectorRequirement'], fields: ['key'], schema: { format: 'qualified-name' } },
  {
    of: ['meta.v1.LabelSelectorRequirement'],
    fields: ['operator'],
    schema: { enum: ['In', 'NotIn', 'Exists', 'DoesNotExist'] },
  },

  { of: ['core.v1.ContainerPort'], fields: ['containerPort'], schema: port },
  { of: ['core.v1.ContainerPort'], fields: ['hostPort'], schema: portOrUnset },
  { of: ['core.v1.ContainerPort'], fields: ['name'], schema: { format: 'port-name' } },
  { of: ['core.v1.HTTPGetAction', 'core.v1.TCPSocketAction'], fields: ['port'], schema: portOrName },
  { of: ['core.v1.GRPCAction'], fields: ['port'], schema: port },
  { of: ['core.v1.ServicePort'], fields: ['port'], schema: port },
  { of: ['core.v1.ServicePort'], fields: ['nodePort'], schema: portOrUnset },
  { of: ['core.v1.ServicePort'], fields: ['targetPort'], schema: portOrName },
  { of: ['core.v1.ServicePort'], fields: ['name'], schema: dnsLabel },
  { of: ['core.v1.ServiceSpec', 'core.v1.ReplicationControllerSpec'], fields: ['selector'], schema: labels },
  { of: ['core.v1.EndpointPort', 'discovery.v1.EndpointPort'], fields: ['port'], schema: port },
  { of: ['networking.v1.ServiceBackendPort'], fields: ['number'], schema: portOrUnset },
  { of: ['networking.v1.NetworkPolicyPort'], fields: ['port'], schema: portOrName },
  { of: ['networking.v1.NetworkPolicyPort'], fields: ['endPort'], schema: port },
  { of: ['networking.v1.IPBlock'], fields: ['cidr'], schema: { format: 'cidr' } },
  { of: ['networking.v1.IPBlock'], fields: ['except'], schema: { items: { format: 'cidr' } } },
  {
    of: ['admissionregistration.v1.ServiceReference', 'apiextensions.v1.ServiceReference'],
    fields: ['port'],
    schema: port,
  },

  { of: [...containers, 'core.v1.Volume'], fields: ['name'], schema: dnsLabel },
  { of: containers, fields: ['image'], schema: { minLength: 1 }, required: true },
  { of: ['core.v1.PersistentVolumeClaimSpec'], fields: ['accessModes'], schema: { minItems: 1 }, required: true },
  { of: ['core.v1.EnvVar'], fields: ['name'], schema: { format: 'env-name' }, minors: (minor) => minor < 32 },
  // RelaxedEnvironmentVariableValidation is on by default since 1.32.
  { of: ['core.v1.EnvVar'], fields: ['name'], schema: { format: 'relaxed-env-name' }, minors: (minor) => minor >= 32 },
  { of: ['core.v1.ResourceRequirements'], fields: ['limits', 'requests'], schema: resourceNames },
  { of: ['core.v1.VolumeResourceRequirements'], fields: ['limits', 'requests'], schema: resourceNames },
  { of: ['core.v1.ResourceQuotaSpec'], fields: ['hard'], schema: resourceNames },
  {
    of: ['core.v1.Probe'],
    fields: ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'],
    schema: count,
  },
  { of: ['core.v1.PodSpec'], fields: ['containers'], schema: { minItems: 1 } },
  { of: ['core.v1.PodSpec'], fields: ['nodeSelector'], schema: labels },
  { of: ['core.v1.PodSpec'], fields: ['hostname'], schema: dnsLabel },
  { of: ['core.v1.PodSpec'], fields: ['serviceAccountName'], schema: { format: 'dns-subdomain' } },
  { of: ['core.v1.PodSpec'], fields: ['terminationGracePeriodSeconds'], schema: count },
  { of: ['core.v1.PodSpec'], fields: ['activeDeadlineSeconds'], schema: positive },
  {
    of: ['core.v1.SecurityContext', 'core.v1.PodSecurityContext'],
    fields: ['runAsUser', 'runAsGroup'],
    schema: userId,
  },
  { of: ['core.v1.PodSecurityContext'], fields: ['fsGroup'], schema: userId },
  { of: ['core.v1.PodSecurityContext'], fields: ['supplementalGroups'], schema: { items: userId } },
  { of: ['core.v1.TopologySpreadConstraint'], fields: ['maxSkew', 'minDomains'], schema: positive },
  { of: ['core.v1.TopologySpreadConstraint'], fields: ['topologyKey'], schema: { format: 'qualified-name' } },
  { of: ['core.v1.PodAffinityTerm'], fields: ['topologyKey'], schema: { format: 'qualified-name' } },
  {
    of: ['core.v1.PreferredSchedulingTerm', 'core.v1.WeightedPodAffinityTerm'],
    fields: ['weight'],
    schema: { minimum: 1, maximum: 100 },
  },
  {
    of: [
      'core.v1.ConfigMapVolumeSource',
      'core.v1.SecretVolumeSource',
      'core.v1.ProjectedVolumeSource',
      'core.v1.DownwardAPIVolumeSource',
    ],
    fields: ['defaultMode'],
    schema: fileMode,
  },
  { of: ['core.v1.KeyToPath', 'core.v1.DownwardAPIVolumeFile'], fields: ['mode'], schema: fileMode },
  { of: ['core.v1.ConfigMap'], fields: ['data', 'binaryData'], schema: configKeys },
  { of: ['core.v1.Secret'], fields: ['data', 'stringData'], schema: configKeys },

  {
    of: ['apps.v1.DeploymentSpec', 'apps.v1.StatefulSetSpec', 'apps.v1.ReplicaSetSpec', 'apps.v1.DaemonSetSpec'],
    fields: ['replicas', 'minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds'],
    schema: count,
  },
  {
    of: [
      'apps.v1.RollingUpdateDeployment',
      'apps.v1.RollingUpdateDaemonSet',
      'apps.v1.RollingUpdateStatefulSetStrategy',
    ],
    fields: ['maxSurge', 'maxUnavailable'],
    schema: percentage,
  },
  { of: ['policy.v1.PodDisruptionBudgetSpec'], fields: ['minAvailable', 'maxUnavailable'], schema: percentage },
  { of: ['autoscaling.v2.HorizontalPodAutoscalerSpec'], fields: ['minReplicas'], schema: count },
  { of: ['autoscaling.v2.HorizontalPodAutoscalerSpec'], fields: ['maxReplicas'], schema: positive },
  { of: ['autoscaling.v2.MetricTarget'], fields: ['averageUtilization'], schema: positive },
  {
    of: ['autoscaling.v2.HPAScalingRules'],
    fields: ['stabilizationWindowSeconds'],
    schema: { minimum: 0, maximum: 3600 },
  },
  { of: ['autoscaling.v2.HPAScalingPolicy'], fields: ['value'], schema: positive },
  { of: ['autoscaling.v2.HPAScalingPolicy'], fields: ['periodSeconds'], schema: { minimum: 1, maximum: 1800 } },
  {
    of: ['batch.v1.JobSpec'],
    fields: ['parallelism', 'completions', 'backoffLimit', 'activeDeadlineSeconds', 'ttlSecondsAfterFinished'],
    schema: count,
  },
  {
    of: ['batch.v1.CronJobSpec'],
    fields: ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'],
    schema: count,
  },
  { of: ['scheduling.v1.PriorityClass'], fields: ['value'], schema: { maximum: 1_000_000_000 } },
];

const limitsByDefinition = new Map<string, Limit[]>();
for (const limit of limits) {
  for (const name of limit.of) limitsByDefinition.set(name, [...(limitsByDefinition.get(name) ?? []), limit]);
}

/** A definition with the limits that the server enforces beyond its published schema. */
export function withLimits(name: string, minor: string, schema: Schema): Schema {
  const found = limitsByDefinition.get(name);
  if (!found || !schema.properties) return schema;
  const properties: Record<string, Schema> = { ...schema.properties };
  const required = new Set(schema.required);
  for (const limit of found) {
    if (limit.minors && !limit.minors(Number(minor.split('.')[1]))) continue;
    for (const field of limit.fields.filter((candidate) => properties[candidate])) {
      properties[field] = limited(properties[field], limit.schema);
      if (limit.required) required.add(field);
    }
  }
  return { ...schema, properties, required: [...required] };
}

function limited(schema: Schema, limit: Schema): Schema {
  const items = limit.items && schema.items && { items: limited(schema.items, limit.items) };
  const values = typeof limit.additionalProperties === 'object' &&
    typeof schema.additionalProperties === 'object' && {
      additionalProperties: limited(schema.additionalProperties, limit.additionalProperties),
    };
  return { ...schema, ...limit, ...items, ...values };
}
