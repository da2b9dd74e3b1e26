export { GoldenApp, type GoldenAppProps } from './app/golden-app';
export type { Preview, PreviewOptions } from './app/preview';
export type { Egress, EgressOptions } from './network/egress';
export type { Redirect, RouteProps } from './network/route';
export type { Callable, Caller, CallTarget } from './platform/call-target';
export type { CallerName, CallerOptions } from './platform/callers';
export type { CatalogEntry, CatalogPort, CatalogService } from './platform/catalog';
export type { Duration } from './platform/duration';
export { Environment, type EnvironmentFacts, environmentOf } from './platform/environment';
export { GoldenError, type Problem } from './platform/golden-error';
export type { AutoscalingSettings, Hibernation, HibernationHours, HibernationSettings } from './platform/hibernation';
export type { ImageLock, LockedImage } from './platform/image-lock';
export type { KubernetesMinor } from './platform/kubernetes-minor';
export type { NamedPort, PortProtocol } from './platform/named-port';
export type {
  BackendNetwork,
  ClusterNetwork,
  HostNamePolicies,
  NetworkSettings,
  PlatformPods,
} from './platform/network-settings';
export type { External } from './platform/placed-object';
export {
  type MonitoringSettings,
  Platform,
  type PlatformProps,
  type RoutingSettings,
  type TelemetrySettings,
} from './platform/platform';
export type { PreviewFacts } from './platform/preview';
export type { Quantity } from './platform/quantity';
export type { RenderedPlace, RenderedService } from './platform/rendered-services';
export type { SecretReference } from './platform/secret-reference';
export type {
  AwsSecretSettings,
  GcpSecretSettings,
  SecretStoreSettings,
  VaultSettings,
} from './platform/secret-store-settings';
export { defaultSizes, type Size, type SizeName } from './platform/size';
export {
  type ClusterTopology,
  type EnvironmentTopology,
  type OwnerTopology,
  readTopology,
  type Topology,
} from './platform/topology';
export type { AfterFailedDeployOptions, BeforeDeployOptions } from './workload/before-deploy';
export type { CallOptions } from './workload/call';
export type { EnvironmentValue } from './workload/environment-variables';
export type { ExtraContainer } from './workload/extra-containers';
export { GoldenCronJob, type GoldenCronJobProps } from './workload/golden-cron-job';
export { GoldenJob, type GoldenJobProps } from './workload/golden-job';
export { GoldenService, type GoldenServiceProps } from './workload/golden-service';
export { GoldenStatefulService, type GoldenStatefulServiceProps } from './workload/golden-stateful-service';
export { GoldenWorker, type GoldenWorkerProps } from './workload/golden-worker';
export type { HibernationJobs } from './workload/hibernation-jobs';
export type { WorkloadIdentity } from './workload/identity';
export type { MetricsOptions, PortOptions } from './workload/ports';
export type { ProbeOptions } from './workload/probes';
export type { RolloutOptions } from './workload/rollout';
export type { CronTrigger, CustomMetric, PrometheusTrigger, QueueTrigger, ScaleRange } from './workload/scale';
export type { SecurityOptions } from './workload/security';
export type { ClaimOptions, VolumeOptions } from './workload/volumes';
