import { definePolicy } from '../define-policy';
import { container, deployment, pod, podWith } from '../example-objects';

export const hostPorts = definePolicy({
  id: 'host-ports',
  title: 'No container takes a port of the host',
  why: 'A port of the host goes around network policies and Services, and ties the pod to nodes where the port is free.',
  fix: 'remove hostPort and hostNetwork, and reach the pod through a Service',
  severity: 'high',
  category: 'pod security',
  standards: { podSecurity: 'Baseline: Host Ports', cis: '5.2.12' },
  match: { kinds: 'pods' },
  checks: [
    {
      on: 'container',
      field: 'ports',
      // On the network of the host, an API server gives every port of a pod a hostPort.
      holds:
        'container.?ports.orValue([]).all(port, ' +
        '!variables.pod.?hostNetwork.orValue(false) && port.?hostPort.orValue(0) == 0)',
      says: 'must not be ports of the host, by hostPort or by hostNetwork',
    },
  ],
  examples: {
    passes: [
      pod(),
      podWith({ ports: [{ containerPort: 8080 }] }),
      podWith({ ports: [{ containerPort: 8080, hostPort: 0 }] }),
      pod({ hostNetwork: true }),
    ],
    fails: [
      pod({ hostNetwork: true, containers: [container({ ports: [{ containerPort: 8080 }] })] }),
      podWith({ ports: [{ containerPort: 8080 }, { containerPort: 8081, hostPort: 8081 }] }),
      deployment({ initContainers: [container({ name: 'init', ports: [{ containerPort: 80, hostPort: 80 }] })] }),
    ],
  },
});
