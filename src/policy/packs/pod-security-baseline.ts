import type { PolicyPack } from '../policy-pack';
import { appArmor } from '../rules/app-armor';
import { baselineCapabilities } from '../rules/baseline-capabilities';
import { baselineSeccomp } from '../rules/baseline-seccomp';
import { hostNamespaces } from '../rules/host-namespaces';
import { hostPathVolumes } from '../rules/host-path-volumes';
import { hostPorts } from '../rules/host-ports';
import { hostProbes } from '../rules/host-probes';
import { hostProcess } from '../rules/host-process';
import { privilegedContainers } from '../rules/privileged-containers';
import { procMount } from '../rules/proc-mount';
import { seLinux } from '../rules/se-linux';
import { sysctls } from '../rules/sysctls';

/** The baseline profile of the Pod Security Standards, as Kubernetes 1.36 checks it. */
export const podSecurityBaseline: PolicyPack = {
  id: 'pod-security-baseline',
  title: 'Pod Security Standards: baseline',
  failClosed: true,
  policies: [
    hostProcess,
    hostNamespaces,
    privilegedContainers,
    baselineCapabilities,
    hostPathVolumes,
    hostPorts,
    hostProbes,
    appArmor,
    seLinux,
    procMount,
    baselineSeccomp,
    sysctls,
  ],
};
