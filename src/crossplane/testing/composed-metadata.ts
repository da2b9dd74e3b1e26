import { isObject, type Value, type ValueObject } from './value';

/** The annotation that says which resource of the composition an object is. */
export const resourceNameAnnotation = 'crossplane.io/composition-resource-name';

const compositeLabel = 'crossplane.io/composite';
const claimLabels = ['crossplane.io/claim-namespace', 'crossplane.io/claim-name'];

/**
 * Gives a composed resource what Crossplane gives it: the name it has already or the prefix of one, the request's
 * namespace, its resource name as an annotation, the labels of the request and of its claim, and its controller.
 *
 * @throws Error when the resource names another controller
 */
export function setComposedMetadata(
  resource: ValueObject,
  name: string,
  composite: ValueObject,
  existing: ValueObject | undefined,
): void {
  const metadata = metadataOf(resource);
  const owner = metadataOf(composite);
  if (existing !== undefined) {
    const present = metadataOf(existing);
    for (const field of ['namespace', 'name', 'generateName']) set(metadata, field, text(present[field]));
  }
  const prefix = strings(owner.labels)[compositeLabel] || text(owner.name);
  if (!text(metadata.name) && !text(metadata.generateName)) metadata.generateName = `${prefix}-`;
  if (text(owner.namespace)) metadata.namespace = owner.namespace;
  metadata.annotations = { ...strings(metadata.annotations), [resourceNameAnnotation]: name };
  metadata.labels = { ...strings(metadata.labels), [compositeLabel]: prefix, ...claimOf(owner) };
  metadata.ownerReferences = ownerReferences(metadata, composite, owner);
  resource.metadata = metadata;
}

function metadataOf({ metadata }: ValueObject): ValueObject {
  return isObject(metadata) ? { ...metadata } : {};
}

function text(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

function set(metadata: ValueObject, field: string, value: string): void {
  if (value === '') delete metadata[field];
  else metadata[field] = value;
}

/** Labels or annotations; all of them are lost when one is no string. */
function strings(value: Value | undefined): Record<string, string> {
  if (!isObject(value)) return {};
  const entries = Object.entries(value).map(([key, inner]) => [key, inner ?? '']);
  return entries.every(([, inner]) => typeof inner === 'string') ? Object.fromEntries(entries) : {};
}

/** The claim, when the request carries its labels; `spec.claimRef` is read by Crossplane itself, not by its CLI. */
function claimOf(owner: ValueObject): Record<string, string> {
  const labels = strings(owner.labels);
  const [namespace, name] = claimLabels;
  return labels[namespace] && labels[name] ? { [namespace]: labels[namespace], [name]: labels[name] } : {};
}

function ownerReferences(metadata: ValueObject, composite: ValueObject, owner: ValueObject): Value[] {
  const present = Array.isArray(metadata.ownerReferences) ? metadata.ownerReferences.filter(isObject) : [];
  const uid = text(owner.uid);
  const other = present.find((reference) => reference.controller === true && text(reference.uid) !== uid);
  if (other !== undefined) {
    const controller = `${text(other.kind)} ${text(other.name)} (UID ${text(other.uid)})`;
    throw new Error(
      `cannot set composite resource "${text(owner.name)}" as controller ref of composed resource: ` +
        `${text(metadata.name)} is already controlled by ${controller}`,
    );
  }
  const reference: ValueObject = {
    apiVersion: composite.apiVersion,
    blockOwnerDeletion: true,
    controller: true,
    kind: composite.kind,
    name: text(owner.name),
    uid,
  };
  const index = present.findIndex((known) => text(known.uid) === uid);
  return index < 0 ? [...present, reference] : present.with(index, reference);
}
