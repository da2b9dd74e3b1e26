import type { EgressProps } from '../network/egress';
import type { EnvironmentFacts } from '../platform/environment';
import { imageProblem } from '../platform/image';
import type { Platform } from '../platform/platform';
import { isRecord, type Rule, show } from '../platform/rule';
import { type ConfigurationProps, configurationProblems } from './configuration';
import { type EnvironmentProps, environmentProblems } from './environment-variables';
import { type ExtraContainerProps, extraContainerProblems, podPortProblems, wordsProblems } from './extra-containers';
import { type IdentityProps, identityProblems } from './identity';
import { type PlacementProps, placementProblems } from './placement';
import { type PortProps, portProblems } from './ports';
import { type ProbeProps, probeProblems } from './probes';
import { type ResourceProps, resourceProblems } from './resources';
import { type SecretProps, secretProblems } from './secrets';
import { type SecurityProps, securityProblems } from './security';
import { type VolumeProps, volumeProblems } from './volumes';
import { networkProblems } from './workload-network';

/** What every golden workload can be told. */
export interface WorkloadProps
  extends ResourceProps,
    EnvironmentProps,
    ConfigurationProps,
    SecretProps,
    VolumeProps,
    ExtraContainerProps,
    SecurityProps,
    PlacementProps,
    IdentityProps,
    EgressProps {
  /** Its image, with tag or digest: `env.image(name)` pins it per environment. */
  readonly image: string;
  /**
   * Words that replace the image's entry point.
   * @default - the image's own
   */
  readonly command?: readonly string[];
  /**
   * Words that replace the image's arguments.
   * @default - the image's own
   */
  readonly args?: readonly string[];
  /**
   * Labels that are added to every object and to the pods. Selectors never hold them.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations that are added to the workload's main object.
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Annotations that are added to the pods. A change of one rolls them.
   * @default - none
   */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /**
   * Names of Secrets that hold registry credentials.
   * @default - none: the nodes' or the service account's own
   */
  readonly imagePullSecrets?: readonly string[];
  /**
   * More objects that belong to the workload, as plain manifests by construct id.
   * @default - none
   */
  readonly objects?: Readonly<
    Record<string, { readonly apiVersion: string; readonly kind: string; readonly [key: string]: unknown }>
  >;
}

/** A workload that is probed and may listen. */
export interface ListeningProps extends PortProps, ProbeProps {}

/** The rules that hold for every workload. */
export function workloadRules(
  platform: Platform,
  environment: EnvironmentFacts,
  id: string,
): Rule<WorkloadProps & ListeningProps>[] {
  return [
    (p) => imageProblem(p.image, platform.registries),
    (p) => wordsProblems('command', p.command),
    (p) => wordsProblems('args', p.args),
    (p) => resourceProblems(platform, 'size', p.size),
    portProblems,
    probeProblems,
    environmentProblems,
    configurationProblems,
    configNamesOnce,
    secretProblems,
    (p) => volumeProblems(p, ['/tmp', ...Object.keys(p.files ?? {}), ...Object.keys(p.secretFiles ?? {})]),
    (p) => extraContainerProblems(p, platform, id, Object.keys(isRecord(p.volumes) ? p.volumes : {})),
    podPortProblems,
    securityProblems,
    placementProblems,
    identityProblems,
    (p) => networkProblems(p, platform, environment),
    metadataProblems,
    pullSecretProblems,
    (p) => objectsProblems(p.objects),
  ];
}

/** A variable that is set in two places would depend on an order that nobody sees. */
function configNamesOnce(props: WorkloadProps): string[] {
  return Object.keys(isRecord(props.config) ? props.config : {})
    .filter((name) => isRecord(props.env) && name in props.env)
    .map((name) => `${name} is set in both env and config; keep one`);
}

function pullSecretProblems({ imagePullSecrets: secrets }: WorkloadProps): string[] {
  return secrets === undefined || (Array.isArray(secrets) && secrets.every((s) => typeof s === 'string' && s !== ''))
    ? []
    : [`imagePullSecrets ${show(secrets)} is no list of Secrets; write their names`];
}

function metadataProblems(props: WorkloadProps): string[] {
  const problems: string[] = [];
  for (const key of ['labels', 'annotations', 'podAnnotations'] as const) {
    const record = props[key];
    if (record === undefined) continue;
    if (!isRecord(record)) problems.push(`${key} ${show(record)} is no record of texts`);
    else {
      for (const [name, value] of Object.entries(record)) {
        if (typeof value !== 'string')
          problems.push(`${key}[${show(name)}] ${show(value)} is no text; write it in quotes`);
        if (key === 'labels' && name.startsWith('app.kubernetes.io/')) {
          problems.push(`labels[${show(name)}] is set by the library; choose a key of your own`);
        }
      }
    }
  }
  return problems;
}

function objectsProblems(objects: WorkloadProps['objects']): string[] {
  if (objects === undefined) return [];
  if (!isRecord(objects)) return [`objects ${show(objects)} is no record; write manifests by id`];
  return Object.entries(objects)
    .filter(([, o]) => !isRecord(o) || typeof o.apiVersion !== 'string' || typeof o.kind !== 'string')
    .map(([id, o]) => `objects.${id} ${show(o)} is no manifest; it needs apiVersion and kind`);
}
