import type { Container, PodSpec, PodTemplateSpec } from '../../imports/kubernetes';
import { toSeconds } from '../platform/duration';
import type { Platform } from '../platform/platform';
import type { Configuration } from './configuration';
import { type EnvironmentValue, environmentVariables, type StoredIn } from './environment-variables';
import { extraContainers } from './extra-containers';
import { placement, topologySpread } from './placement';
import { containerPorts, namedPorts } from './ports';
import { containerProbes } from './probes';
import { resourceRequirements } from './resources';
import { type RolloutProps, stopDelaySeconds } from './rollout';
import { containerSecurityContext, podSecurityContext } from './security';
import type { StoredValues } from './stored-values';
import { nameOf, podVolumes, volumeMounts } from './volumes';
import type { ListeningProps, WorkloadProps } from './workload-props';

/** All that a pod is made from. */
export interface PodIngredients {
  readonly platform: Platform;
  /** Name of the main container, of the service account and of what the workload stores. */
  readonly name: string;
  readonly props: WorkloadProps & ListeningProps & RolloutProps;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
  readonly env: ReadonlyMap<string, EnvironmentValue>;
  readonly configuration: Configuration;
  readonly serviceAccount: string;
  /** Names of the ConfigMap and of the Secret that hold environment and files. */
  readonly configMap: string;
  readonly secret: string;
  /** The values of the store that the Secret holds. */
  readonly stored: StoredValues;
  /** Whether a Secret of the store's values is there. */
  readonly hasSecret: boolean;
  /** Name of the claim behind a volume; undefined where the controller makes the claims. */
  readonly claimName: (volume: string) => string | undefined;
  /** The label by which the controller tells revisions of the pods apart. */
  readonly revisionLabel: string;
  /** What a pod does when its containers end. */
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never';
}

/** The pods of a workload. */
export function podTemplate(pod: PodIngredients): PodTemplateSpec {
  const annotations = {
    ...(pod.configuration.hash && { 'checksum/config': pod.configuration.hash }),
    ...pod.props.podAnnotations,
  };
  return {
    metadata: {
      labels: { ...pod.labels },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: podSpec(pod),
  };
}

function podSpec(pod: PodIngredients): PodSpec {
  const { props, platform } = pod;
  const storedIn = (container: string | undefined) => ({
    secret: pod.secret,
    keyOf: (variable: string) => pod.stored.variableKey(container, variable),
  });
  const surroundings = { platform, security: props.security, env: pod.env, storedIn };
  const init = [
    ...extraContainers(props, 'sidecars', surroundings),
    ...extraContainers(props, 'initContainers', surroundings),
  ];
  const longRunning = pod.restartPolicy === 'Always';
  return {
    serviceAccountName: pod.serviceAccount,
    automountServiceAccountToken: (props.permissions?.length ?? 0) > 0,
    // Service links inject a variable for each Service of the namespace, which no one reads and which can clash.
    enableServiceLinks: false,
    ...(!longRunning && { restartPolicy: pod.restartPolicy }),
    ...(longRunning && { terminationGracePeriodSeconds: toSeconds(props.stopTimeout ?? '30s') }),
    securityContext: podSecurityContext(props.security),
    ...placement(props, platform.nodePoolLabel),
    ...(longRunning &&
      props.spread !== false && { topologySpreadConstraints: topologySpread(pod.selector, pod.revisionLabel) }),
    ...(props.imagePullSecrets?.length && { imagePullSecrets: props.imagePullSecrets.map((name) => ({ name })) }),
    ...(init.length > 0 && { initContainers: init }),
    containers: [mainContainer(pod, storedIn(undefined)), ...extraContainers(props, 'extraContainers', surroundings)],
    volumes: [
      { name: 'tmp', emptyDir: {} },
      ...pod.configuration.volumes,
      ...(Object.keys(props.secretFiles ?? {}).length > 0
        ? [{ name: 'secret-files', secret: { secretName: pod.secret } }]
        : []),
      ...podVolumes(props, pod.claimName),
    ],
  };
}

function mainContainer(pod: PodIngredients, storedIn: StoredIn): Container {
  const { props } = pod;
  const ports = namedPorts(props);
  const envFrom = [
    ...(Object.keys(pod.configuration.variables).length > 0 ? [{ configMapRef: { name: pod.configMap } }] : []),
    ...(pod.hasSecret && props.secretsFrom?.length ? [{ secretRef: { name: pod.secret } }] : []),
    ...(props.existingSecrets ?? []).map((secret) => ({ secretRef: { name: nameOf(secret) } })),
  ];
  const delay = stopDelaySeconds(props);
  return {
    name: pod.name,
    image: props.image,
    ...(props.command?.length && { command: [...props.command] }),
    ...(props.args?.length && { args: [...props.args] }),
    ...(ports.length > 0 && { ports: containerPorts(ports) }),
    env: environmentVariables(pod.env, storedIn),
    ...(envFrom.length > 0 && { envFrom }),
    ...containerProbes(props),
    // The kubelet's own sleep needs no shell in the image (KEP-3960, on by default since Kubernetes 1.30).
    ...(pod.restartPolicy === 'Always' && delay > 0 && { lifecycle: { preStop: { sleep: { seconds: delay } } } }),
    resources: resourceRequirements(pod.platform, props.size),
    securityContext: containerSecurityContext(props.security),
    volumeMounts: [
      { name: 'tmp', mountPath: '/tmp' },
      ...pod.configuration.mounts,
      ...Object.keys(props.secretFiles ?? {})
        .sort()
        .map((path) => ({ name: 'secret-files', mountPath: path, subPath: pod.stored.fileKey(path), readOnly: true })),
      ...volumeMounts(props),
    ],
  };
}
