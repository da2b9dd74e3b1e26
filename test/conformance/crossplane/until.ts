import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, KubeObject } from '../../../src/dev/api-client';

const withinSeconds = 60;

/** Whether a condition of an object is `True`. */
export function isTrue({ status }: KubeObject, type: string): boolean {
  const { conditions = [] } = (status ?? {}) as { readonly conditions?: readonly Record<string, unknown>[] };
  return conditions.some((condition) => condition.type === type && condition.status === 'True');
}

/**
 * The object once it is there and something holds for it.
 * @throws Error with its status when it takes too long
 */
export function until(
  api: ApiClient,
  object: KubeObject,
  holds: (live: KubeObject) => boolean = () => true,
): Promise<KubeObject> {
  return poll(`${object.kind} ${object.metadata.name} did not get there`, async (explain) => {
    const live = await api.get(object);
    explain(JSON.stringify(live?.status));
    return live !== undefined && holds(live) ? live : undefined;
  });
}

/**
 * Asks until there is an answer.
 * @param ask is handed a function that keeps what to say should there never be one
 * @throws Error that begins with `failure` when it takes too long
 */
export async function poll<T>(
  failure: string,
  ask: (explain: (text: string) => void) => Promise<T | undefined>,
): Promise<T> {
  const deadline = performance.now() + withinSeconds * 1000;
  let last = '';
  while (performance.now() < deadline) {
    const answer = await ask((text) => {
      last = text;
    });
    if (answer !== undefined) return answer;
    await sleep(250);
  }
  throw new Error(`${failure} within ${withinSeconds} s: ${last}`);
}
