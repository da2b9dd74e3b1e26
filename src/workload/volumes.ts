import { posix } from 'node:path';
import type { PersistentVolumeClaimSpec, Volume, VolumeMount } from '../../imports/kubernetes';
import { nameProblem } from '../platform/names';
import { type Quantity, quantityProblem } from '../platform/quantity';
import { isRecord, show } from '../platform/rule';
import { plainFields } from './cdk8s-plus';

/** How a claim asks for storage. */
export interface ClaimOptions {
  /** How much: `'10Gi'`. */
  readonly size: Quantity;
  /**
   * The class of storage.
   * @default - the cluster's default class
   */
  readonly storageClass?: string;
  /**
   * How many nodes may mount it.
   * @default 'ReadWriteOnce'
   */
  readonly accessMode?: 'ReadWriteOnce' | 'ReadWriteOncePod' | 'ReadWriteMany' | 'ReadOnlyMany';
}

/** Where a volume's data is. Exactly one of these. */
export type VolumeSource =
  | { readonly emptyDir: true | { readonly size?: Quantity; readonly memory?: boolean } }
  /** A claim of the workload's own, which outlives its pods. */
  | { readonly claim: ClaimOptions }
  /** A claim that exists already, by name. */
  | { readonly existingClaim: string }
  /** A claim that lives and dies with each pod. */
  | { readonly ephemeral: ClaimOptions }
  | { readonly configMap: string | { readonly name: string }; readonly optional?: boolean }
  | { readonly secret: string | { readonly name: string }; readonly optional?: boolean }
  | { readonly projected: NonNullable<Volume['projected']> }
  | { readonly csi: NonNullable<Volume['csi']> }
  | { readonly nfs: NonNullable<Volume['nfs']> }
  /** The content of an OCI image, from Kubernetes 1.35 on. */
  | { readonly image: string }
  | { readonly downwardApi: NonNullable<Volume['downwardAPI']> }
  /** A path of the node, which breaks the isolation between pods and nodes: it needs a reason. */
  | { readonly hostPath: string; readonly reason: string }
  /** A cdk8s-plus volume, which knows how to render itself. */
  | PlusVolume;

/** A cdk8s-plus volume. */
export interface PlusVolume {
  readonly name: string;
  /** @internal */
  _toKube(): unknown;
}

/** One volume and where the main container sees it. */
export type VolumeOptions = VolumeSource & {
  /** Absolute path in the container. */
  readonly mountPath: string;
  /**
   * A path inside the volume.
   * @default - the whole volume
   */
  readonly subPath?: string;
  /**
   * Whether the container can only read it.
   * @default false
   */
  readonly readOnly?: boolean;
};

/** A cdk8s-plus volume where it is mounted: the volume itself has methods, so it stands in a field of its own. */
export interface MountedPlusVolume {
  readonly volume: PlusVolume;
  readonly mountPath: string;
  readonly subPath?: string;
  readonly readOnly?: boolean;
}

/** The volumes of a workload. */
export interface VolumeProps {
  /**
   * Volumes by name.
   * @default - a writable `/tmp`, because the root file system is read-only
   */
  readonly volumes?: Readonly<Record<string, VolumeOptions | MountedPlusVolume>>;
}

const sources = [
  'emptyDir',
  'claim',
  'existingClaim',
  'ephemeral',
  'configMap',
  'secret',
  'projected',
  'csi',
  'nfs',
  'image',
  'downwardApi',
  'hostPath',
  'volume',
] as const;

/** The claims a workload makes for itself, by volume name. */
export function ownClaims(props: VolumeProps): [string, ClaimOptions][] {
  return Object.entries(props.volumes ?? {}).flatMap(([name, v]) =>
    'claim' in v ? [[name, v.claim] as [string, ClaimOptions]] : [],
  );
}

/** Whether a volume can be held by one node only, so that two pods of a rollout could not run side by side. */
export function holdsOneNode(props: VolumeProps): boolean {
  return ownClaims(props).some(([, claim]) =>
    ['ReadWriteOnce', 'ReadWriteOncePod'].includes(claim.accessMode ?? 'ReadWriteOnce'),
  );
}

/** A claim's specification. */
export function claimSpec(options: ClaimOptions): PersistentVolumeClaimSpec {
  return {
    accessModes: [options.accessMode ?? 'ReadWriteOnce'],
    ...(options.storageClass !== undefined && { storageClassName: options.storageClass }),
    resources: { requests: { storage: options.size } },
  };
}

/** The pod's volumes. Claims of a stateful set come from its templates, so they are left out for it. */
export function podVolumes(props: VolumeProps, claimName: (volume: string) => string | undefined): Volume[] {
  return Object.entries(props.volumes ?? {}).flatMap(([name, options]) => {
    const source = volumeSource(name, options, claimName);
    return source ? [{ ...source, name }] : [];
  });
}

function volumeSource(
  name: string,
  v: VolumeOptions | MountedPlusVolume,
  claimName: (volume: string) => string | undefined,
): Omit<Volume, 'name'> | undefined {
  if ('volume' in v) return plainFields(v.volume._toKube()) as Volume;
  if ('_toKube' in v) return plainFields(v._toKube()) as Volume;
  if ('emptyDir' in v) {
    const { size, memory } = v.emptyDir === true ? {} : v.emptyDir;
    return { emptyDir: { ...(size !== undefined && { sizeLimit: size }), ...(memory && { medium: 'Memory' }) } };
  }
  if ('claim' in v) {
    const claim = claimName(name);
    return claim === undefined ? undefined : { persistentVolumeClaim: { claimName: claim } };
  }
  if ('existingClaim' in v) return { persistentVolumeClaim: { claimName: v.existingClaim } };
  if ('ephemeral' in v) return { ephemeral: { volumeClaimTemplate: { spec: claimSpec(v.ephemeral) } } };
  if ('configMap' in v) return { configMap: { name: nameOf(v.configMap), ...(v.optional && { optional: true }) } };
  if ('secret' in v) return { secret: { secretName: nameOf(v.secret), ...(v.optional && { optional: true }) } };
  if ('projected' in v) return { projected: v.projected };
  if ('csi' in v) return { csi: v.csi };
  if ('nfs' in v) return { nfs: v.nfs };
  if ('image' in v) return { image: { reference: v.image } };
  if ('downwardApi' in v) return { downwardAPI: v.downwardApi };
  return { hostPath: { path: v.hostPath } };
}

/** The name of an object that is given by name or as a construct. */
export function nameOf(reference: string | { readonly name: string }): string {
  return typeof reference === 'string' ? reference : reference.name;
}

/** Where the main container sees the volumes. */
export function volumeMounts(props: VolumeProps): VolumeMount[] {
  return Object.entries(props.volumes ?? {}).map(([name, v]) => ({
    name,
    mountPath: v.mountPath,
    ...(v.subPath !== undefined && { subPath: v.subPath }),
    ...(v.readOnly && { readOnly: true }),
  }));
}

/** The reasons for volumes that break isolation, in words. */
export function volumeReasons(props: VolumeProps): string[] {
  return Object.entries(props.volumes ?? {}).flatMap(([name, v]) =>
    'hostPath' in v ? [`hostPath volume ${name}: ${v.reason}`] : [],
  );
}

/** Every volume has one source and a place of its own, and no node path is opened without a reason. */
export function volumeProblems(props: VolumeProps, taken: readonly string[]): string[] {
  if (props.volumes === undefined) return [];
  if (!isRecord(props.volumes)) return [`volumes ${show(props.volumes)} is no record; write volumes by name`];
  const problems: string[] = [];
  const places = new Set(taken);
  for (const [name, v] of Object.entries(props.volumes as Readonly<Record<string, VolumeOptions>>)) {
    const what = `volumes.${name}`;
    const wrong = nameProblem('volume name', name);
    if (wrong) problems.push(wrong);
    if (['tmp', 'files', 'secret-files'].includes(name))
      problems.push(`volume name ${show(name)} is taken by the workload itself; choose another`);
    if (!isRecord(v)) {
      problems.push(`${what} ${show(v)} is no volume; write { emptyDir: true, mountPath: "/data" }`);
      continue;
    }
    const used = sources.filter((s) => s in v);
    if (used.length !== 1 && !('_toKube' in v)) {
      problems.push(
        `${what} has ${used.length === 0 ? 'no source' : `the sources ${used.join(' and ')}`}; give it one of ${sources.join(', ')}`,
      );
    }
    if (!isMountPath(v.mountPath)) {
      problems.push(
        `${what}.mountPath ${show(v.mountPath)} is no absolute path; start it with "/", without ".." or ":"`,
      );
    } else if (places.has(v.mountPath)) {
      problems.push(`${what}.mountPath ${show(v.mountPath)} is mounted twice; choose another path`);
    }
    places.add(v.mountPath);
    problems.push(...sourceProblems(what, v));
  }
  return problems;
}

function sourceProblems(what: string, v: VolumeOptions): string[] {
  const problems: (string | undefined)[] = [];
  for (const key of ['claim', 'ephemeral'] as const) {
    const claim = (v as Record<string, unknown>)[key];
    if (claim === undefined) continue;
    if (!isRecord(claim)) problems.push(`${what}.${key} ${show(claim)} is no claim; write { size: "10Gi" }`);
    else problems.push(quantityProblem(`${what}.${key}.size`, claim.size, '10Gi'));
  }
  if ('emptyDir' in v && v.emptyDir !== true) {
    if (!isRecord(v.emptyDir))
      problems.push(`${what}.emptyDir ${show(v.emptyDir)} is no setting; write true or { size: "1Gi" }`);
    else if (v.emptyDir.size !== undefined)
      problems.push(quantityProblem(`${what}.emptyDir.size`, v.emptyDir.size, '1Gi'));
  }
  if ('subPath' in v && v.subPath !== undefined && (v.subPath.startsWith('/') || v.subPath.split('/').includes('..'))) {
    problems.push(`${what}.subPath ${show(v.subPath)} leaves the volume; write a path inside it`);
  }
  if ('hostPath' in v && (typeof v.reason !== 'string' || v.reason.trim().length < 10)) {
    problems.push(
      `${what} opens the node's ${show(v.hostPath)}; add a reason of at least 10 characters, or use another source`,
    );
  }
  return problems.filter((problem) => problem !== undefined);
}

function isMountPath(path: unknown): path is string {
  return (
    typeof path === 'string' &&
    path.startsWith('/') &&
    path.length > 1 &&
    !path.includes(':') &&
    posix.normalize(path).replace(/\/$/, '') === path
  );
}
