import type { ApiClient, KubeObject } from '../../../src/dev/api-client';

/** A resource, and one that it must outlive. */
export interface UsedResource {
  readonly of: KubeObject;
  readonly by: KubeObject;
}

interface Selected {
  readonly kind: string;
  readonly resourceRef: { readonly name: string };
}

/** What Usages among some objects protect, as Crossplane resolved it. */
export function usedResources(objects: readonly KubeObject[]): UsedResource[] {
  return objects
    .filter(({ kind }) => kind === 'Usage')
    .map(({ metadata, spec }) => {
      const find = ({ kind, resourceRef }: Selected) =>
        objects.find(
          (one) =>
            one.kind === kind &&
            one.metadata.name === resourceRef.name &&
            one.metadata.namespace === metadata.namespace,
        );
      const { of, by } = spec as Readonly<Record<'of' | 'by', Selected>>;
      const [used, user] = [find(of), find(by)];
      if (!used || !user)
        throw new Error(`Usage ${metadata.name} is about ${JSON.stringify({ of, by })}, which is not there`);
      return { of: used, by: user };
    });
}

/** Whether each may not be deleted while the other is there. */
export async function deletable(api: ApiClient, used: readonly UsedResource[]): Promise<string[]> {
  const problems: string[] = [];
  for (const { of } of used) {
    const refusal = await api.ask('DELETE', await api.pathOf(of));
    if (refusal.status < 400 || !/in-use by \d+ usage/i.test(refusal.body?.message)) {
      problems.push(`${of.kind} ${of.metadata.name} in use may be deleted: ${refusal.status} ${refusal.body?.message}`);
    }
  }
  return problems;
}
