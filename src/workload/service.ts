import type { Construct } from 'constructs';
import { type ObjectMeta, Service } from '../../imports/kubernetes';
import type { NamedPort } from '../platform/named-port';
import { servicePorts } from './ports';

/** The address of a workload's pods. */
export function service(
  scope: Construct,
  ports: readonly NamedPort[],
  selector: Readonly<Record<string, string>>,
  metadata: ObjectMeta,
  headless = false,
): Service {
  return new Service(scope, headless ? 'headless-service' : 'service', {
    metadata,
    spec: {
      type: 'ClusterIP',
      ...(headless && { clusterIP: 'None', publishNotReadyAddresses: true }),
      selector: { ...selector },
      ports: servicePorts(ports),
    },
  });
}
