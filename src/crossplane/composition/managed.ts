import type { Kind } from '../../schema/kind';
import { nodeAt } from './resource-body';

/** Whether a kind is a managed resource: one that a provider keeps equal to something outside of the cluster. */
export function isManaged(kind: Kind): boolean {
  const spec = nodeAt(kind.schema, ['spec']);
  return spec !== true && spec.field('forProvider') !== undefined && spec.field('providerConfigRef') !== undefined;
}

/**
 * Kinds that hold what cannot be made again, by group and kind without the provider's suffix: data, the keys that decrypt
 * it, and messages that nobody has read.
 */
const dataKinds = new Set([
  'rds Instance',
  'rds DBInstance',
  'database RDSInstance',
  's3 Bucket',
  'sqs Queue',
  'kms Key',
  'secretsmanager Secret',
  'sql DatabaseInstance',
  'sql Database',
  'storage Bucket',
  'pubsub Topic',
  'pubsub Subscription',
]);

/** Whether objects of a managed kind outlive their request unless the composition says otherwise. */
export function holdsData(kind: Kind): boolean {
  return dataKinds.has(`${kind.group.split('.')[0]} ${kind.kind}`);
}

/** What Crossplane may do to a resource that outlives its request: everything but delete it. */
export const orphaned: readonly string[] = ['Observe', 'Create', 'Update', 'LateInitialize'];

/** Where a kind takes tags, a map of strings or a list of keys and values, whatever the cloud calls it. */
export function tagsPath(kind: Kind): readonly string[] | undefined {
  if (!isManaged(kind)) return undefined;
  // What Google calls tags is something else: they are resources, and setting one takes a right of its own.
  const paths = kind.group.includes('.gcp.')
    ? [['labels'], ['settings', 'userLabels']]
    : [['tags'], ['tagging', 'tagSet']];
  return paths
    .map((path) => ['spec', 'forProvider', ...path])
    .find((path) => {
      const parent = nodeAt(kind.schema, path.slice(0, -1));
      const node = parent === true ? undefined : parent.field(path[path.length - 1]);
      const item = node?.items;
      return (
        (node?.additional !== undefined && node.additional !== true) || (item?.field('key') && item.field('value'))
      );
    });
}
