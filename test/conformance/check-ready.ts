import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, KubeObject } from '../../src/dev/api-client';
import type { Finding } from './report';
import { provisionVolumes } from './stand-ins';
import type { Manifest } from './tree';
import { jobOf, unready, workloads } from './workloads';

/** Every workload does what it is for: replicas are available, Jobs complete, and so does one Job of each CronJob. */
export async function checkReady(
  api: ApiClient,
  manifests: readonly Manifest[],
  withinSeconds = 120,
): Promise<Finding> {
  const subjects: KubeObject[] = [];
  for (const { object } of workloads(manifests)) {
    const subject = object.kind === 'CronJob' ? jobOf(object) : object;
    if (object.kind === 'CronJob') {
      await api.ensure(subject);
    }
    subjects.push(subject);
  }
  const total = subjects.length;
  let waiting = subjects.map((subject) => ({ subject, lacks: 'is not there' as string | undefined }));
  const deadline = performance.now() + withinSeconds * 1000;
  while (waiting.length > 0 && performance.now() < deadline) {
    await provisionVolumes(api);
    for (const entry of waiting) {
      const live = await api.get(entry.subject);
      entry.lacks = live === undefined ? 'is not there' : unready(live);
    }
    waiting = waiting.filter(({ lacks }) => lacks !== undefined);
    await sleep(waiting.length > 0 ? 250 : 0);
  }
  const problems: string[] = [];
  for (const { subject, lacks } of waiting) {
    const { kind, metadata } = subject;
    problems.push(`${kind} ${metadata.namespace}/${metadata.name}: ${lacks}${await eventsOf(api, subject)}`);
  }
  return { counted: `${total - problems.length} of ${total} workloads ready`, problems };
}

/** What the controllers said about a workload and its Pods: the warnings among the events of the same name. */
async function eventsOf(api: ApiClient, { metadata }: KubeObject): Promise<string> {
  const events = await api.list('v1', 'Event', metadata.namespace);
  const texts = events
    .filter(({ type, involvedObject }) => {
      const { name } = involvedObject as { name: string };
      return type === 'Warning' && (name === metadata.name || name.startsWith(`${metadata.name}-`));
    })
    .map(({ message }) => `\n  ${message}`);
  return [...new Set(texts)].slice(0, 5).join('');
}
