import type { PodSecurityContext, SecurityContext } from '../../imports/kubernetes';
import { show, suggestion } from '../platform/rule';

/**
 * How a workload leaves the restricted profile of the Kubernetes Pod Security Standards. Whatever weakens it needs a
 * `reason`, which is written on the workload for reviewers and auditors.
 */
export interface SecurityOptions {
  /**
   * Why the default can't hold here. Required by every setting below that weakens it.
   * @default - none
   */
  readonly reason?: string;
  /**
   * User that the containers run as. 0 is root, which needs a reason.
   * @default - the image's own user, which must not be root
   */
  readonly runAsUser?: number;
  /**
   * Group that the containers run as.
   * @default - the image's own group
   */
  readonly runAsGroup?: number;
  /**
   * Group that owns mounted volumes.
   * @default - none
   */
  readonly fsGroup?: number;
  /**
   * Whether the root file system can't be written. `false` needs a reason.
   * @default true, with a writable `/tmp`
   */
  readonly readOnlyRootFilesystem?: boolean;
  /**
   * Whether a process may gain more rights than its parent. `true` needs a reason.
   * @default false
   */
  readonly allowPrivilegeEscalation?: boolean;
  /**
   * Linux capabilities that are given back after all are dropped. Any but `NET_BIND_SERVICE` needs a reason.
   * @default - none
   */
  readonly capabilities?: readonly string[];
  /**
   * The seccomp profile. `Unconfined` needs a reason.
   * @default 'RuntimeDefault'
   */
  readonly seccomp?: 'RuntimeDefault' | 'Unconfined';
  /**
   * Whether the containers have all rights of their node. `true` needs a reason.
   * @default false
   */
  readonly privileged?: boolean;
}

/** The security of a workload. */
export interface SecurityProps {
  /**
   * How it leaves the restricted profile.
   * @default - it does not: non-root, read-only root file system with a writable `/tmp`, no capabilities, seccomp on
   */
  readonly security?: SecurityOptions;
}

const known: readonly (keyof SecurityOptions)[] = [
  'reason',
  'runAsUser',
  'runAsGroup',
  'fsGroup',
  'readOnlyRootFilesystem',
  'allowPrivilegeEscalation',
  'capabilities',
  'seccomp',
  'privileged',
];

/** The pod's part of the profile. */
export function podSecurityContext(options: SecurityOptions = {}): PodSecurityContext {
  return {
    runAsNonRoot: options.runAsUser !== 0,
    ...(options.runAsUser !== undefined && { runAsUser: options.runAsUser }),
    ...(options.runAsGroup !== undefined && { runAsGroup: options.runAsGroup }),
    // OnRootMismatch spares a walk over every file of a big volume at each start.
    ...(options.fsGroup !== undefined && { fsGroup: options.fsGroup, fsGroupChangePolicy: 'OnRootMismatch' }),
    seccompProfile: { type: options.seccomp ?? 'RuntimeDefault' },
  };
}

/** A container's part of the profile; the same for every container of a pod. */
export function containerSecurityContext(options: SecurityOptions = {}): SecurityContext {
  if (options.privileged) return { privileged: true, readOnlyRootFilesystem: options.readOnlyRootFilesystem ?? true };
  return {
    allowPrivilegeEscalation: options.allowPrivilegeEscalation ?? false,
    readOnlyRootFilesystem: options.readOnlyRootFilesystem ?? true,
    capabilities: { drop: ['ALL'], ...(options.capabilities?.length && { add: [...options.capabilities] }) },
  };
}

/** The settings that weaken the restricted profile, in words. */
export function weakened(options: SecurityOptions = {}): string[] {
  return [
    options.runAsUser === 0 ? 'runAsUser: 0' : '',
    options.readOnlyRootFilesystem === false ? 'readOnlyRootFilesystem: false' : '',
    options.allowPrivilegeEscalation ? 'allowPrivilegeEscalation: true' : '',
    options.seccomp === 'Unconfined' ? 'seccomp: Unconfined' : '',
    options.privileged ? 'privileged: true' : '',
    ...(Array.isArray(options.capabilities) ? options.capabilities : [])
      .filter((capability) => capability !== 'NET_BIND_SERVICE')
      .map((capability) => `capabilities: ${capability}`),
  ].filter((setting) => setting !== '');
}

/** Settings are known and possible, and nothing is weakened without a reason. */
export function securityProblems(props: SecurityProps): string[] {
  const options = props.security;
  if (options === undefined) return [];
  if (typeof options !== 'object' || options === null) return [`security ${show(options)} is no record of settings`];
  const problems = Object.keys(options)
    .filter((key) => !known.includes(key as keyof SecurityOptions))
    .map((key) => `security has no setting ${show(key)}${suggestion(key, known)}; it has ${known.join(', ')}`);
  for (const key of ['runAsUser', 'runAsGroup', 'fsGroup'] as const) {
    const id = options[key];
    if (id !== undefined && !(Number.isInteger(id) && id >= 0 && id <= 2_147_483_647)) {
      problems.push(`security.${key} ${show(id)} is no id; use a whole number from 0 to 2147483647`);
    }
  }
  for (const key of ['readOnlyRootFilesystem', 'allowPrivilegeEscalation', 'privileged'] as const) {
    if (options[key] !== undefined && typeof options[key] !== 'boolean') {
      problems.push(`security.${key} ${show(options[key])} is neither true nor false`);
    }
  }
  if (options.seccomp !== undefined && options.seccomp !== 'RuntimeDefault' && options.seccomp !== 'Unconfined') {
    problems.push(`security.seccomp ${show(options.seccomp)} is unknown; use RuntimeDefault or Unconfined`);
  }
  const { capabilities } = options;
  if (
    capabilities !== undefined &&
    !(Array.isArray(capabilities) && capabilities.every((c) => /^[A-Z][A-Z0-9_]+$/.test(String(c))))
  ) {
    problems.push(
      `security.capabilities ${show(capabilities)} is no list of capabilities; write them like ["NET_BIND_SERVICE"]`,
    );
  }
  if (options.reason !== undefined && (typeof options.reason !== 'string' || options.reason.trim().length < 10)) {
    problems.push(
      `security.reason ${show(options.reason)} explains too little; write a sentence of at least 10 characters`,
    );
  } else if (options.reason === undefined && weakened(options).length > 0) {
    problems.push(
      `security is weakened by ${weakened(options).join(', ')} without a reason; add security.reason, or leave the default`,
    );
  }
  return problems;
}
