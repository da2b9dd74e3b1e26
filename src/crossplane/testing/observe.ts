import { resourceNameAnnotation } from './composed-metadata';
import type { PlainObject, Rendered } from './render-composition';

/** The status that a provider gives a managed resource that is there and in order. */
export function available(atProvider: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const conditions = ['Ready', 'Synced'].map((type) => ({
    type,
    status: 'True',
    reason: 'Available',
    lastTransitionTime: '2024-01-01T00:00:00Z',
  }));
  return { atProvider, conditions };
}

/**
 * The composed resources of a render as they are in the cluster afterwards, to be given to the next render: each has a
 * name, and the status that the cloud gave it.
 *
 * @param statuses by the resources' names in the composition; a resource that is not listed has no status yet
 */
export function observe(
  { resources }: Pick<Rendered, 'resources'>,
  statuses: Readonly<Record<string, unknown>> = {},
): PlainObject[] {
  return resources.map((resource) => {
    const name = resource.metadata.annotations[resourceNameAnnotation];
    const metadata = { name: `${resource.metadata.generateName ?? ''}${name}`, ...resource.metadata };
    const status = Object.hasOwn(statuses, name) ? { status: statuses[name] } : {};
    return { ...resource, metadata, ...status };
  });
}
