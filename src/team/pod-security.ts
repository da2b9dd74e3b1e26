import type { KubernetesMinor } from '../platform/kubernetes-minor';
import { isRecord, oneOf, show, suggestion } from '../platform/rule';

/** A Pod Security Standard, from the strictest to none at all. */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

/** What pods of the namespace have to obey. Anything weaker than `restricted` needs a `reason`. */
export interface PodSecurityOptions {
  /**
   * Pods that break it are refused.
   * @default 'restricted'
   */
  readonly enforce?: PodSecurityLevel;
  /**
   * Pods that break it are noted in the audit log.
   * @default 'restricted'
   */
  readonly audit?: PodSecurityLevel;
  /**
   * Who applies pods that break it is warned.
   * @default 'restricted'
   */
  readonly warn?: PodSecurityLevel;
  /**
   * The Kubernetes minor whose standard it is, like `1.36`: a newer cluster then refuses nothing that it took before.
   * @default - the cluster's own
   */
  readonly version?: string;
  /**
   * Why it is weaker. It lands in an annotation of the namespace.
   * @default - none: nothing is weaker
   */
  readonly reason?: string;
}

const levels: readonly string[] = ['restricted', 'baseline', 'privileged'];
const modes = ['enforce', 'audit', 'warn'] as const;

/** The labels that the admission plugin of Kubernetes reads. */
export function podSecurityLabels(options: PodSecurityOptions = {}, minor: KubernetesMinor): Record<string, string> {
  return Object.fromEntries(
    modes.flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, options[mode] ?? 'restricted'],
      [`pod-security.kubernetes.io/${mode}-version`, `v${options.version ?? minor}`],
    ]),
  );
}

/** The modes that are weaker than they would be, for an annotation: `enforce=baseline`. */
export function weakenedModes(options: PodSecurityOptions = {}): string[] {
  return modes.flatMap((mode) => {
    const level = options[mode] ?? 'restricted';
    return level === 'restricted' ? [] : [`${mode}=${level}`];
  });
}

/** Levels and version are ones that Kubernetes knows, and what is weaker has a reason. */
export function podSecurityProblems(options: unknown): string[] {
  if (options === undefined) return [];
  if (!isRecord(options)) return [`podSecurity ${show(options)} is no record; write { enforce: "baseline", reason }`];
  const keys = [...modes, 'version', 'reason'];
  const problems = Object.keys(options)
    .filter((key) => !keys.includes(key))
    .map((key) => `podSecurity has no setting ${show(key)}${suggestion(key, keys)}; it has ${keys.join(', ')}`);
  for (const mode of modes) {
    if (options[mode] !== undefined && !levels.includes(options[mode] as string)) {
      problems.push(`podSecurity.${mode} ${show(options[mode])} is no level; use ${oneOf(levels)}`);
    }
  }
  if (options.version !== undefined && !/^1\.\d+$/.test(String(options.version))) {
    problems.push(`podSecurity.version ${show(options.version)} is no Kubernetes minor; write it like "1.36"`);
  }
  const weak = problems.length === 0 ? weakenedModes(options) : [];
  if (weak.length > 0 && (typeof options.reason !== 'string' || options.reason.trim() === '')) {
    problems.push(
      `podSecurity ${weak.join(', ')} is weaker than restricted without a reason; say why in podSecurity.reason`,
    );
  }
  return problems;
}
