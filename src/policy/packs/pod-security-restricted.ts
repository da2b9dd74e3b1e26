import type { PolicyPack } from '../policy-pack';
import { privilegeEscalation } from '../rules/privilege-escalation';
import { procMountAlways } from '../rules/proc-mount-always';
import { restrictedCapabilities } from '../rules/restricted-capabilities';
import { restrictedSeccomp } from '../rules/restricted-seccomp';
import { runAsNonRoot } from '../rules/run-as-non-root';
import { runAsUser } from '../rules/run-as-user';
import { volumeTypes } from '../rules/volume-types';
import { podSecurityBaseline } from './pod-security-baseline';

/** Controls of the baseline that the restricted profile has in a stricter form. */
const stricter = ['baseline-capabilities', 'baseline-seccomp', 'host-path-volumes', 'proc-mount'];

/** The restricted profile of the Pod Security Standards, as Kubernetes 1.36 checks it. */
export const podSecurityRestricted: PolicyPack = {
  id: 'pod-security-restricted',
  title: 'Pod Security Standards: restricted',
  failClosed: true,
  policies: [
    ...podSecurityBaseline.policies.filter(({ id }) => !stricter.includes(id)),
    volumeTypes,
    privilegeEscalation,
    runAsNonRoot,
    runAsUser,
    restrictedSeccomp,
    restrictedCapabilities,
    procMountAlways,
  ],
};
