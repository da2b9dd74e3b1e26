import { celLiteral } from '../cel-literal';
import { definePolicy } from '../define-policy';
import { deployment, pod } from '../example-objects';

/** Settings that belong to a pod alone, as Kubernetes 1.32 and later have them. */
const safe = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
];

export const sysctls = definePolicy({
  id: 'sysctls',
  title: 'Pods change no kernel setting that others share',
  why: 'Other settings reach beyond the pod: they can switch off protections or starve the node.',
  fix: 'remove the setting, or have the platform set it on nodes',
  severity: 'high',
  category: 'pod security',
  standards: { podSecurity: 'Baseline: Sysctls' },
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'pod',
      field: 'securityContext.sysctls',
      holds: `variables.pod.?securityContext.?sysctls.orValue([]).all(sysctl, sysctl.name in ${celLiteral(safe)})`,
      says: 'has settings that are not safe',
    },
  ],
  examples: {
    passes: [pod(), pod({ securityContext: { sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '4096 1 2' }] } })],
    fails: [deployment({ securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '65536' }] } })],
  },
});
