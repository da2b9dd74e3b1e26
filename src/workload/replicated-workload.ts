import type { IScalable, ScalingTarget } from 'cdk8s-plus-29';
import type { Construct } from 'constructs';
import type { ScaledObject } from '../../imports/keda.sh';
import type { HorizontalPodAutoscaler, PodDisruptionBudget } from '../../imports/kubernetes';
import type { MonitorOptions } from '../observability/monitor';
import { environmentOf } from '../platform/environment';
import { refuse } from '../platform/golden-error';
import { Platform } from '../platform/platform';
import type { Rule } from '../platform/rule';
import { autoscaler } from './autoscaler';
import { disruptionBudget } from './disruption-budget';
import { type HibernationProps, hibernationRule, type Sleep, sleepingScale, sleepOf } from './hibernation';
import { type HibernationJobs, hibernationJobs } from './hibernation-jobs';
import { metricsPort } from './ports';
import { previewScale } from './preview-pods';
import { type RolloutProps, rolloutProblems } from './rollout';
import { defaultScale, isRange, minReplicas, type ScaleProps, type ScaleRange, scaleProblems } from './scale';
import { Workload } from './workload';
import type { WorkloadKind } from './workload-kind';
import type { ListeningProps, WorkloadProps } from './workload-props';

/** What a workload that always runs can be told. */
export interface ReplicatedProps extends WorkloadProps, ListeningProps, ScaleProps, RolloutProps, HibernationProps {}

/** The rules of workloads that always run. */
export const replicatedRules: readonly Rule<ReplicatedProps>[] = [scaleProblems, rolloutProblems];

/** A workload of several equal pods: what scales it, and what keeps enough of them while nodes are drained. */
export abstract class ReplicatedWorkload extends Workload implements IScalable {
  /** What sets the number of pods: Kubernetes' autoscaler or KEDA's; undefined when the number is fixed. */
  readonly autoscaler?: HorizontalPodAutoscaler | ScaledObject;
  /** What keeps enough pods while nodes are drained; undefined at one pod. */
  readonly disruptionBudget?: PodDisruptionBudget;
  /** What puts it to sleep and wakes it up; undefined where it does not sleep, or KEDA sees to it. */
  readonly hibernation?: HibernationJobs;
  /** Kind of the object that makes the pods. */
  protected readonly targetKind: 'Deployment' | 'StatefulSet';
  protected readonly scale: number | ScaleRange;
  private readonly sleep?: Sleep;
  private scaledElsewhere = false;

  protected constructor(
    scope: Construct,
    id: string,
    props: ReplicatedProps,
    kind: WorkloadKind,
    targetKind: 'Deployment' | 'StatefulSet',
  ) {
    const platform = Platform.of(scope);
    const environment = environmentOf(scope);
    const hibernation: Rule<ReplicatedProps> = (p) => hibernationRule(p, platform, environment);
    const rules = [...replicatedRules, hibernation, ...kind.rules] as readonly Rule<never>[];
    super(scope, id, props, { ...kind, rules });
    this.scale = previewScale(props.scale ?? defaultScale, this.environment.preview);
    this.sleep = sleepOf(props, this.scale, platform, environment);
    this.targetKind = targetKind;
    this.autoscaler = autoscaler(
      this,
      sleepingScale(this.scale, this.sleep),
      { apiVersion: 'apps/v1', kind: targetKind, name: this.name },
      this.metadata(),
    );
    this.disruptionBudget = disruptionBudget(this, this.scale, this.selector, this.metadata());
    const { image } = platform.hibernation;
    if (this.sleep?.by === 'schedules' && image !== undefined) {
      const { name, namespace, sleep } = this;
      const replicas = minReplicas(this.scale);
      this.hibernation = hibernationJobs(this, { name, namespace, kind: targetKind, replicas, ...sleep, image, props });
    }
  }

  /** Whether something else than the manifest sets the number of pods. */
  get hasAutoscaler(): boolean {
    return isRange(this.scale) || this.sleep !== undefined || this.scaledElsewhere;
  }

  /** Called by a cdk8s-plus autoscaler: from then on no number of pods is written. */
  markHasAutoscaler(): void {
    if (isRange(this.scale) || this.sleep)
      refuse(
        this,
        'it scales by itself already; give it a fixed scale and hibernate: false before another autoscaler targets it',
      );
    this.scaledElsewhere = true;
  }

  /** How cdk8s-plus autoscalers name it. */
  toScalingTarget(): ScalingTarget {
    const requests = { cpu: { request: true }, memory: { request: true } };
    return {
      apiVersion: 'apps/v1',
      kind: this.targetKind,
      name: this.name,
      containers: [{ resources: requests }] as never,
      replicas: this.replicas(),
    };
  }

  /** What Prometheus is told to scrape; undefined without metrics. */
  protected monitorOptions(): MonitorOptions | undefined {
    const port = metricsPort(this.pods);
    if (!port) return undefined;
    const { path, interval } = typeof this.pods.metrics === 'object' ? this.pods.metrics : {};
    const { platform, name, labels, selector } = this;
    return { platform, name, labels, selector, port: port.name, path, interval };
  }

  /** The number of pods that the manifest sets; undefined leaves it to what scales. */
  protected replicas(): number | undefined {
    return typeof this.scale === 'number' && !this.sleep && !this.scaledElsewhere ? this.scale : undefined;
  }
}
