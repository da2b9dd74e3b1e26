import { type Fields, fieldsOf, objectsOf, textOf, valueAt } from './fields';
import type { PodTemplate } from './pod-template';

/** Something that a pod names and can't start without. */
export interface PodReference {
  readonly kind: 'ConfigMap' | 'Secret' | 'ServiceAccount' | 'PersistentVolumeClaim';
  readonly name: string;
  /** The field that names it. */
  readonly at: string;
  /** The keys that it has to have, and the field that names each. */
  readonly keys: readonly { readonly key: string; readonly at: string }[];
}

/** What a pod names and can't start without; what it calls optional is left out. */
export function podReferences(pod: PodTemplate): PodReference[] {
  const { spec, at } = pod;
  return [
    ...named('ServiceAccount', spec.serviceAccountName, `${at}.serviceAccountName`),
    ...objectsOf(spec.imagePullSecrets).flatMap(({ name }, i) => named('Secret', name, `${at}.imagePullSecrets[${i}]`)),
    ...pod.containers.flatMap((container) => environment(container.fields, container.at)),
    ...objectsOf(spec.volumes).flatMap((volume, i) =>
      volumeSources(volume, `${at}.volumes[${textOf(volume.name) ?? i}]`),
    ),
  ];
}

function named(kind: PodReference['kind'], name: unknown, at: string, keys: PodReference['keys'] = []): PodReference[] {
  const text = textOf(name);
  return text === undefined ? [] : [{ kind, name: text, at, keys }];
}

function environment(container: Fields, at: string): PodReference[] {
  const one = (kind: 'ConfigMap' | 'Secret', reference: unknown, where: string): PodReference[] => {
    const { name, key, optional } = fieldsOf(reference);
    const text = textOf(key);
    return optional === true ? [] : named(kind, name, where, text === undefined ? [] : [{ key: text, at: where }]);
  };
  return [
    ...objectsOf(container.env).flatMap(({ name, valueFrom }, i) => {
      const where = `${at}.env[${textOf(name) ?? i}].valueFrom`;
      return [
        ...one('ConfigMap', valueAt(valueFrom, 'configMapKeyRef'), `${where}.configMapKeyRef`),
        ...one('Secret', valueAt(valueFrom, 'secretKeyRef'), `${where}.secretKeyRef`),
      ];
    }),
    ...objectsOf(container.envFrom).flatMap(({ configMapRef, secretRef }, i) => [
      ...one('ConfigMap', configMapRef, `${at}.envFrom[${i}].configMapRef`),
      ...one('Secret', secretRef, `${at}.envFrom[${i}].secretRef`),
    ]),
  ];
}

function volumeSources(volume: Fields, at: string): PodReference[] {
  return [
    ...named(
      'PersistentVolumeClaim',
      valueAt(volume, 'persistentVolumeClaim', 'claimName'),
      `${at}.persistentVolumeClaim`,
    ),
    ...fileSources(volume).flatMap(({ kind, name, items, optional, field }) =>
      optional ? [] : named(kind, name, `${at}.${field}`, keysOfItems(items, `${at}.${field}`)),
    ),
  ];
}

function keysOfItems(items: unknown, at: string): PodReference['keys'] {
  return objectsOf(items).flatMap(({ key }, i) => {
    const text = textOf(key);
    return text === undefined ? [] : [{ key: text, at: `${at}.items[${i}]` }];
  });
}

/** A ConfigMap or Secret whose keys a volume shows as files. */
export interface FileSource {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: unknown;
  readonly items: unknown;
  readonly optional: boolean;
  /** The field of the volume that names it. */
  readonly field: string;
}

/** The ConfigMaps and Secrets that a volume shows as files. */
export function fileSources(volume: Fields): FileSource[] {
  const source = (kind: FileSource['kind'], value: unknown, field: string, nameField: string): FileSource[] => {
    if (value === undefined) return [];
    const { items, optional, [nameField]: name } = fieldsOf(value);
    return [{ kind, name, items, optional: optional === true, field }];
  };
  return [
    ...source('ConfigMap', volume.configMap, 'configMap', 'name'),
    ...source('Secret', volume.secret, 'secret', 'secretName'),
    ...objectsOf(valueAt(volume, 'projected', 'sources')).flatMap(({ configMap, secret }, i) => [
      ...source('ConfigMap', configMap, `projected.sources[${i}].configMap`, 'name'),
      ...source('Secret', secret, `projected.sources[${i}].secret`, 'name'),
    ]),
  ];
}
