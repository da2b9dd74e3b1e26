import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { type Service, StatefulSet, type StatefulSetSpec } from '../../imports/kubernetes';
import type { PodMonitor } from '../../imports/monitoring.coreos.com';
import { transport } from '../network/network-rule';
import { podMonitor } from '../observability/monitor';
import { toSeconds } from '../platform/duration';
import { suffixed } from '../platform/names';
import { show } from '../platform/rule';
import { namedPorts } from './ports';
import { type ServedProps, ServedWorkload } from './served-workload';
import { service } from './service';
import { claimSpec, ownClaims } from './volumes';

/** What a {@link GoldenStatefulService} can be told. */
export interface GoldenStatefulServiceProps extends ServedProps {
  /**
   * Whether pods start and stop one after the other, or all at once.
   * @default 'OrderedReady', as Kubernetes
   */
  readonly podManagement?: 'OrderedReady' | 'Parallel';
}

/** A program whose pods each have a name and storage of their own. */
export class GoldenStatefulService extends ServedWorkload {
  /** What makes the pods. */
  readonly statefulSet: StatefulSet;
  /** The address of all pods together. */
  readonly service: Service;
  /** The addresses of single pods: `<name>-0.<name>-pods`. */
  readonly headlessService: Service;
  /** What Prometheus scrapes; undefined without metrics. */
  readonly monitor?: PodMonitor;

  /** @throws GoldenError with every rule that the props violate. */
  constructor(scope: Construct, id: string, props: GoldenStatefulServiceProps) {
    super(
      scope,
      id,
      { scale: 1, ...props },
      {
        component: 'stateful-service',
        // Pods are named after the set with an ordinal, and carry a label of that name with a hash of 10 characters.
        maxName: 52,
        restartPolicy: 'Always',
        controllerMakesClaims: true,
        rules: [
          (p: GoldenStatefulServiceProps) =>
            p.podManagement === undefined || ['OrderedReady', 'Parallel'].includes(p.podManagement)
              ? undefined
              : `podManagement ${show(p.podManagement)} is unknown; use OrderedReady or Parallel`,
        ] as never,
      },
      'StatefulSet',
    );
    const ports = namedPorts(props);
    // Its pods find each other by their own names, and speak on the ports that they listen on.
    const peers = [{ namespace: this.namespace, podLabels: this.selector }];
    const open = ports.map(({ port, protocol }) => ({ port, protocol: transport(protocol) }));
    this.network?.allowFrom({ peers, ports: open });
    this.network?.allowTo({ peers, ports: open });
    const pods = suffixed(this.name, 'pods');
    this.headlessService = service(this, ports, this.selector, this.metadata({}, pods), true);
    this.service = service(this, ports, this.selector, this.metadata());
    this.statefulSet = new StatefulSet(this, 'stateful-set', {
      metadata: this.metadata(this.mainAnnotations()),
      spec: Lazy.any({ produce: () => this.spec(props, pods) }),
    });
    // By pods, because a monitor of Services would read each pod twice: through this Service and the headless one.
    const monitored = this.monitorOptions();
    this.monitor = monitored && podMonitor(this, monitored);
  }

  protected get main(): StatefulSet {
    return this.statefulSet;
  }

  private spec(props: GoldenStatefulServiceProps, serviceName: string): StatefulSetSpec {
    const replicas = this.replicas();
    const { minReady, history = 3 } = props.rollout ?? {};
    const claims = ownClaims(props);
    return {
      ...(replicas !== undefined && { replicas }),
      serviceName,
      podManagementPolicy: props.podManagement ?? 'OrderedReady',
      revisionHistoryLimit: history,
      ...(minReady && toSeconds(minReady) > 0 && { minReadySeconds: toSeconds(minReady) }),
      selector: { matchLabels: { ...this.selector } },
      // Data outlives the pods and the set: whoever wants it gone deletes the claims. That of a preview goes with it.
      persistentVolumeClaimRetentionPolicy: {
        whenDeleted: this.environment.preview ? 'Delete' : 'Retain',
        whenScaled: 'Retain',
      },
      template: this.template(),
      // The API server drops an empty list, which would show as drift for ever.
      ...(claims.length > 0 && {
        volumeClaimTemplates: claims.map(([name, options]) => ({
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name },
          spec: claimSpec(options),
        })),
      }),
    };
  }
}
