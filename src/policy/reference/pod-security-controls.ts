import type { KubernetesMinor } from '../../platform/kubernetes-minor';

/** The Kubernetes minor whose standards these are. */
export const podSecurityVersion: KubernetesMinor = '1.36';

/** Controls of the Kubernetes Pod Security Standards, in the order of their page. */
export const podSecurityControls: readonly string[] = [
  'Baseline: HostProcess',
  'Baseline: Host Namespaces',
  'Baseline: Privileged Containers',
  'Baseline: Capabilities',
  'Baseline: HostPath Volumes',
  'Baseline: Host Ports',
  'Baseline: Host Probes / Lifecycle Hooks',
  'Baseline: AppArmor',
  'Baseline: SELinux',
  'Baseline: /proc Mount Type',
  'Baseline: Seccomp',
  'Baseline: Sysctls',
  'Restricted: Volume Types',
  'Restricted: Privilege Escalation',
  'Restricted: Running as Non-root',
  'Restricted: Running as Non-root user',
  'Restricted: Seccomp',
  'Restricted: Capabilities',
  'Restricted: /proc Mount Type',
];
