import type { ApiClient, KubeObject } from '../../../../src/dev/api-client';
import { eventually, type Fields } from '../applications';
import type { Delivered } from '../delivered';

const apiVersions = {
  GitRepository: 'source.toolkit.fluxcd.io/v1',
  Kustomization: 'kustomize.toolkit.fluxcd.io/v1',
} as const;

type FluxKind = keyof typeof apiVersions;

/** Every object of a kind of Flux, as `namespace/name`. */
export async function fluxObjects(api: ApiClient, kind: FluxKind): Promise<Record<string, Fields>> {
  const all = await api.list(apiVersions[kind], kind);
  return Object.fromEntries(all.map((object) => [`${object.metadata.namespace}/${object.metadata.name}`, object]));
}

/** One Kustomization, `namespace/name`; undefined when it is not there. */
export async function kustomization(api: ApiClient, name: string): Promise<Fields> {
  return api.get(fluxObject('Kustomization', name));
}

/** What an object of Flux says of itself. */
export function saysOfItself(live: Fields): string {
  if (live === undefined) return 'is not there';
  const conditions: readonly Fields[] = live.status?.conditions ?? [];
  if (conditions.length === 0) return 'says nothing';
  return conditions.map(({ type, status, reason, message }) => `${type} ${status} ${reason}: ${message}`).join('\n  ');
}

/** Whether an object of Flux has done what is asked of it as it is. */
export function isReady({ metadata, status = {} }: Fields): boolean {
  const ready = status.conditions?.find(({ type }: Fields) => type === 'Ready');
  return ready?.status === 'True' && status.observedGeneration === metadata.generation;
}

/** Whether there is something left to do, or to wait for. */
function isUnderWay({ status }: Fields): boolean {
  const conditions: readonly Fields[] = status.conditions ?? [];
  return conditions.some(
    ({ type, status: is, reason }) =>
      (type === 'Reconciling' && is === 'True' && reason === 'Progressing') ||
      (type === 'Ready' && (is === 'Unknown' || reason === 'DependencyNotReady')),
  );
}

/** Objects of Flux that are not ready, of those that have to be there and all others, with their reasons. */
export async function unready({ api }: Pick<Delivered, 'api'>, expected: readonly string[] = []): Promise<string[]> {
  const live = { ...(await fluxObjects(api, 'GitRepository')) };
  const repositories = Object.entries(live).filter(([, object]) => !isReady(object));
  const all = await fluxObjects(api, 'Kustomization');
  const names = [...new Set([...expected, ...Object.keys(all)])];
  return [
    ...repositories.map(([name, object]) => `GitRepository ${name}: ${saysOfItself(object)}`),
    ...names
      .filter((name) => all[name] === undefined || !isReady(all[name]))
      .map((name) => `Kustomization ${name}: ${saysOfItself(all[name])}`),
  ];
}

/**
 * Has Flux read the repository and apply what it shows, as `flux reconcile kustomization --with-source` does, instead of waiting for its
 * next rounds.
 *
 * @param names of Kustomizations; all when undefined
 * @returns what was not looked at again
 */
export async function reconcile(
  { api, play }: Delivered,
  names?: readonly string[],
  withinSeconds = 120,
): Promise<readonly string[]> {
  const chosen = names ?? Object.keys(await fluxObjects(api, 'Kustomization'));
  const read = await ask('GitRepository', Object.keys(await fluxObjects(api, 'GitRepository')));
  if (read.length > 0) return read;
  return ask('Kustomization', chosen);

  async function ask(kind: FluxKind, of: readonly string[]): Promise<readonly string[]> {
    const requestedAt = new Date().toISOString();
    for (const name of of) {
      const body = { metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': requestedAt } } };
      await patch(api, kind, name, body);
    }
    return eventually(
      async () => {
        const live = await fluxObjects(api, kind);
        return of
          .filter((name) => live[name]?.status?.lastHandledReconcileAt !== requestedAt || isUnderWay(live[name]))
          .map((name) => `${kind} ${name} was not looked at again: ${saysOfItself(live[name])}`);
      },
      withinSeconds,
      play,
    );
  }
}

/** Changes an object of Flux, as `flux suspend` and `flux resume` do. */
export async function patch(api: ApiClient, kind: FluxKind, name: string, body: object): Promise<void> {
  const path = await api.pathOf(fluxObject(kind, name));
  await api.call('PATCH', path, { contentType: 'application/merge-patch+json', body });
}

/** What a Kustomization has applied and would prune, each as `apiVersion Kind namespace/name`'s parts. */
export function inventoryOf({ status = {} }: Fields): KubeObject[] {
  return (status.inventory?.entries ?? []).map(({ id, v }: { id: string; v: string }) => {
    const [namespace, name, group, kind] = id.split('_');
    return {
      apiVersion: group === '' ? v : `${group}/${v}`,
      kind,
      // Of what has a colon in its name, the id holds it twice as an underscore.
      metadata: { name, ...(namespace !== '' && { namespace }) },
    };
  });
}

function fluxObject(kind: FluxKind, name: string): KubeObject {
  const [namespace, own] = name.split('/');
  return { apiVersion: apiVersions[kind], kind, metadata: { name: own, namespace } };
}
