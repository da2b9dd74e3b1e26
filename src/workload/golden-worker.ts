import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { Deployment } from '../../imports/kubernetes';
import type { PodMonitor } from '../../imports/monitoring.coreos.com';
import { podMonitor } from '../observability/monitor';
import { deploymentSpec } from './deployment';
import { type ReplicatedProps, ReplicatedWorkload } from './replicated-workload';

/** What a {@link GoldenWorker} can be told. */
export interface GoldenWorkerProps extends ReplicatedProps {}

/** A program that always runs and that nobody calls: it works off a queue, or watches something. */
export class GoldenWorker extends ReplicatedWorkload {
  /** What makes the pods. */
  readonly deployment: Deployment;
  /** What Prometheus scrapes; undefined without metrics. */
  readonly monitor?: PodMonitor;

  /** @throws GoldenError with every rule that the props violate. */
  constructor(scope: Construct, id: string, props: GoldenWorkerProps) {
    super(scope, id, props, { component: 'worker', maxName: 63, restartPolicy: 'Always', rules: [] }, 'Deployment');
    this.deployment = new Deployment(this, 'deployment', {
      metadata: this.metadata(this.mainAnnotations()),
      spec: Lazy.any({ produce: () => deploymentSpec(props, this.replicas(), this.selector, this.template()) }),
    });
    const monitored = this.monitorOptions();
    this.monitor = monitored && podMonitor(this, monitored);
  }

  protected get main(): Deployment {
    return this.deployment;
  }
}
