import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { ApiClient, KubeObject } from '../../src/dev/api-client';
import { apply } from './apply';
import type { Finding } from './report';
import type { Manifest } from './tree';

/** A CronJob that scales a workload with kubectl, and what it does. */
interface ScaleJob {
  readonly job: KubeObject;
  /** What its container runs. */
  readonly command: readonly string[];
  readonly target: Manifest;
  readonly replicas: number;
}

/** What the check needs besides a client. */
export interface SleepSetup {
  readonly kubectl: string;
  readonly kubeconfig: string;
  /** A folder for what kubectl keeps of its discovery. */
  readonly cache: string;
}

/** The CronJobs of a tree that scale workloads of the same tree. */
export function scaleJobs(manifests: readonly Manifest[]): ScaleJob[] {
  return manifests.flatMap(({ object }) => {
    // biome-ignore lint/suspicious/noExplicitAny: the fields of one kind
    const command = (object.spec as any)?.jobTemplate?.spec.template.spec.containers[0].command as string[] | undefined;
    if (command?.[0] !== 'kubectl') return [];
    const [, , resource, name] = command;
    const kind = resource === 'statefulsets.apps' ? 'StatefulSet' : 'Deployment';
    const target = manifests.find(
      (each) =>
        each.object.kind === kind &&
        each.object.metadata.name === name &&
        each.object.metadata.namespace === object.metadata.namespace,
    );
    const patch = command.find((word) => word.startsWith('--patch='))?.slice('--patch='.length) ?? '{}';
    return target ? [{ job: object, command, target, replicas: JSON.parse(patch).spec.replicas }] : [];
  });
}

/**
 * Each schedule does with the rights of its own account what it is there for and nothing else, and a sleeping workload sleeps
 * on when it is applied again, while its autoscaler rests.
 */
export async function checkSleep(api: ApiClient, manifests: readonly Manifest[], setup: SleepSetup): Promise<Finding> {
  const jobs = scaleJobs(manifests);
  const problems: string[] = [];
  // To sleep first, then awake: each workload is left as it was found.
  for (const each of [...jobs].sort((a, b) => a.replicas - b.replicas)) {
    const { job, command, target, replicas } = each;
    const at = `${job.metadata.namespace}/${job.metadata.name}`;
    const ran = asAccount(job, command.slice(1), setup);
    if (ran.status !== 0) problems.push(`${at}: ${ran.stderr}`);
    const [applied] = await apply(api, [target]);
    problems.push(...applied.problems, ...(await keeps(api, target, replicas, at)));
    if (replicas === 0) problems.push(...(await rests(api, manifests, target)));
    for (const words of forbidden(each, jobs)) {
      const tried = asAccount(job, words, setup);
      if (!/forbidden/i.test(tried.stderr)) problems.push(`${at} may do: kubectl ${words.join(' ')}`);
    }
  }
  return { counted: `${jobs.length} schedules`, problems };
}

async function keeps(api: ApiClient, target: Manifest, replicas: number, at: string): Promise<string[]> {
  const scale = await api.call('GET', await api.pathOf(target.object, 'scale'));
  const has = scale.spec.replicas ?? 0;
  return has === replicas ? [] : [`${at}: set ${replicas} pods, and there are ${has} after the next apply`];
}

/** The autoscaler of a workload without pods says that it does nothing until somebody scales it. */
async function rests(api: ApiClient, manifests: readonly Manifest[], target: Manifest): Promise<string[]> {
  const autoscaler = manifests.find(
    ({ object }) =>
      object.kind === 'HorizontalPodAutoscaler' &&
      object.metadata.name === target.object.metadata.name &&
      object.metadata.namespace === target.object.metadata.namespace,
  );
  if (!autoscaler) return [];
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    const { status } = (await api.get(autoscaler.object)) as unknown as {
      status?: { conditions?: { type: string; reason: string }[] };
    };
    if (status?.conditions?.some(({ type, reason }) => type === 'ScalingActive' && reason === 'ScalingDisabled'))
      return [];
    await pause(500);
  }
  return [`${autoscaler.file}: does not rest while there are no pods`];
}

/** What an account that may only scale one workload has to be refused. */
function forbidden({ command, target }: ScaleJob, jobs: readonly ScaleJob[]): string[][] {
  const [, , resource, name, namespace] = command;
  const other = jobs.find((job) => job.target !== target && job.command[2] === resource);
  return [
    ['get', resource, name, namespace],
    ['patch', resource, name, namespace, '--type=merge', '--patch={"spec":{"paused":true}}'],
    ['delete', resource, name, namespace],
    ['get', 'secrets', namespace],
    ...(other ? [command.slice(1).map((word) => (word === name ? other.command[3] : word))] : []),
  ];
}

function asAccount(job: KubeObject, words: readonly string[], { kubectl, kubeconfig, cache }: SleepSetup) {
  const { namespace, name } = job.metadata;
  const args = [...words, `--cache-dir=${cache}`, `--as=system:serviceaccount:${namespace}:${name}`];
  return spawnSync(kubectl, args, { encoding: 'utf8', env: { ...process.env, KUBECONFIG: kubeconfig } });
}
