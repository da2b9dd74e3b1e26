import { oldestKubernetesMinor } from '../../platform/kubernetes-minor';
import type { Kind } from '../../schema/kind';
import { kindOf } from '../../schema/kinds';
import type { ComposedResource } from './composed-resource';
import type { Target } from './target';

const usageVersions = { v1: 'apiextensions.crossplane.io/v1beta1', v2: 'protection.crossplane.io/v1beta1' } as const;

/**
 * The resources, with a Usage for each dependency: Crossplane refuses to delete what is in use. Users and used are found by a
 * label that only they have, and by their request, so that the Usage stands before either exists.
 */
export function withUsages(
  resources: readonly ComposedResource[],
  labelPrefix: string,
  target: Target,
): ComposedResource[] {
  const dependent = resources.filter(({ dependsOn }) => dependsOn.length > 0);
  if (dependent.length === 0) return [...resources];
  const label = `${labelPrefix}/resource`;
  const marked = new Set(dependent.flatMap(({ name, dependsOn }) => [name, ...dependsOn]));
  const byName = new Map(resources.map((resource) => [resource.name, resource]));
  return [
    ...resources.map((resource) => (marked.has(resource.name) ? withLabel(resource, label) : resource)),
    ...dependent.flatMap((by) =>
      by.dependsOn.flatMap((name) => {
        const of = byName.get(name);
        return of ? [usage(of, by, label, target)] : [];
      }),
    ),
  ];
}

function usage(of: ComposedResource, by: ComposedResource, label: string, target: Target): ComposedResource {
  const select = ({ name, kind }: ComposedResource) => ({
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    resourceSelector: { matchControllerRef: true, matchLabels: { [label]: name } },
  });
  return {
    name: `${by.name}-uses-${of.name}`,
    kind: kindOf(usageVersions[target], 'Usage', oldestKubernetesMinor) as Kind,
    isManaged: false,
    isRequest: false,
    // A deletion that was refused is tried again when the user is gone.
    body: { spec: { of: select(of), by: select(by), replayDeletion: true } },
    readiness: 'Ready',
    dependsOn: [],
    patches: [],
  };
}

function withLabel(resource: ComposedResource, label: string): ComposedResource {
  const metadata = (resource.body.metadata ?? {}) as { readonly labels?: object };
  const labels = { ...metadata.labels, [label]: resource.name };
  return { ...resource, body: { ...resource.body, metadata: { ...metadata, labels } } };
}
