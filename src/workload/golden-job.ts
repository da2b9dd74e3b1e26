import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { Job } from '../../imports/kubernetes';
import { show } from '../platform/rule';
import { jobRules, jobSpec, type RunProps } from './run';
import { Workload } from './workload';
import type { WorkloadProps } from './workload-props';

/** What a {@link GoldenJob} can be told. */
export interface GoldenJobProps extends WorkloadProps, RunProps {
  /**
   * When it runs: before a new version is rolled out, with it, after it is healthy, or after its deployment failed. A Job can't be
   * changed once it is there, so it is a hook of Argo CD, which makes it anew at each sync.
   *
   * A deployment fails when the API server refuses an object, or when another hook fails; Argo CD tries again, and each failure runs
   * the Job. What Argo CD refuses before it begins, such as a kind that the team may not bring, runs nothing. Flux has no hooks: it
   * applies the first three kinds beside everything else, and leaves the last one out.
   * @default 'with-deploy'
   */
  readonly runs?: 'before-deploy' | 'with-deploy' | 'after-deploy' | 'after-failed-deploy';
}

const phases = {
  'before-deploy': 'PreSync',
  'with-deploy': 'Sync',
  'after-deploy': 'PostSync',
  'after-failed-deploy': 'SyncFail',
} as const;

/** In these phases what the rest of the sync brings may not be there: what the Job reads is a hook too, and comes first. */
const apart: readonly string[] = ['PreSync', 'SyncFail'];

/** Argo CD's annotations of an object that it makes anew at each sync. */
function hook(phase: (typeof phases)[keyof typeof phases], wave: number): Record<string, string> {
  return {
    'argocd.argoproj.io/hook': phase,
    'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    'argocd.argoproj.io/sync-wave': String(wave),
  };
}

/** A program that runs to its end at each deployment. */
export class GoldenJob extends Workload {
  /** What makes the pods. */
  readonly job: Job;

  /** @throws GoldenError with every rule that the props violate. */
  constructor(scope: Construct, id: string, props: GoldenJobProps) {
    const phase = phases[props?.runs ?? 'with-deploy'] ?? 'Sync';
    super(scope, id, props, {
      component: 'job',
      maxName: 63,
      restartPolicy: 'Never',
      annotations: apart.includes(phase) ? hook(phase, -1) : {},
      rules: [...jobRules, runsProblem] as never,
    });
    this.job = new Job(this, 'job', {
      metadata: this.metadata({ ...this.mainAnnotations(), ...hook(phase, 0) }),
      spec: Lazy.any({ produce: () => jobSpec(props, this.template()) }),
    });
  }

  protected get main(): Job {
    return this.job;
  }
}

function runsProblem({ runs }: GoldenJobProps): string | undefined {
  return runs === undefined || (typeof runs === 'string' && Object.hasOwn(phases, runs))
    ? undefined
    : `runs ${show(runs)} is unknown; use ${Object.keys(phases).join(', ')}`;
}
