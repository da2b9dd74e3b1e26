import { namespaceOf, type PlainObject } from '../platform/placed-object';
import { type Fields, fieldsOf, objectsOf, textOf, valueAt } from './fields';

/** A ConfigMap or Secret that is in the cluster once the app runs. */
export interface Provision {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly namespace: string;
  readonly name: string;
  /** Its keys; undefined when only the cluster knows them. */
  readonly keys?: readonly string[];
}

type Maker = (object: PlainObject, spec: Fields) => readonly Omit<Provision, 'namespace'>[];

/** What each kind leaves behind as a ConfigMap or Secret, by group and kind. */
const makers: Readonly<Record<string, Maker>> = {
  ConfigMap: (object) => [
    { kind: 'ConfigMap', name: object.metadata?.name, keys: keysOf(object.data, object.binaryData) },
  ],
  Secret: (object) => [
    {
      kind: 'Secret',
      name: object.metadata?.name,
      // The API server fills a token in by itself.
      keys: object.type === 'kubernetes.io/service-account-token' ? undefined : keysOf(object.data, object.stringData),
    },
  ],
  'external-secrets.io/ExternalSecret': externalSecret,
  'cert-manager.io/Certificate': (_, spec) => secretNamed(spec.secretName),
  'bitnami.com/SealedSecret': (object, spec) => [
    {
      kind: 'Secret',
      name: textOf(valueAt(spec, 'template', 'metadata', 'name')) ?? object.metadata?.name,
      keys: keysOf(spec.encryptedData, valueAt(spec, 'template', 'data')),
    },
  ],
  'secrets-store.csi.x-k8s.io/SecretProviderClass': (_, spec) =>
    objectsOf(spec.secretObjects).flatMap(({ secretName }) => secretNamed(secretName)),
};

/** The ConfigMaps and Secrets that an object is, or makes in its own namespace. */
export function provisionsOf(object: PlainObject, groupKind: string): Provision[] {
  const spec = fieldsOf(object.spec);
  const made = makers[groupKind]?.(object, spec) ?? connectionSecret(spec);
  const namespace = namespaceOf(object);
  return made.map((provision) => ({ namespace, ...provision }));
}

/** The names of the claims that a StatefulSet makes, up to the number of the pod. */
export function claimPrefixes(object: PlainObject, groupKind: string): string[] {
  if (groupKind !== 'apps/StatefulSet') return [];
  return claimTemplates(object).map((name) => `${name}-${object.metadata?.name}`);
}

/** Names of the claim templates of a StatefulSet, which its pods mount like volumes. */
export function claimTemplates(object: PlainObject): string[] {
  return objectsOf(valueAt(object, 'spec', 'volumeClaimTemplates')).flatMap(
    (template) => textOf(valueAt(template, 'metadata', 'name')) ?? [],
  );
}

/**
 * The operator makes the Secret unless it is told to merge into one or to leave it. A template that replaces writes its own keys
 * only, and one that has no data writes the fetched ones. Source: the ExternalSecret reference of external-secrets.
 */
function externalSecret(object: PlainObject, spec: Fields): Omit<Provision, 'namespace'>[] {
  const target = fieldsOf(spec.target);
  if (target.creationPolicy === 'Merge' || target.creationPolicy === 'None') return [];
  const template = fieldsOf(target.template);
  const unknown = objectsOf(spec.dataFrom).length > 0 || objectsOf(template.templateFrom).length > 0;
  const written = keysOf(template.data);
  const fetched = objectsOf(spec.data).flatMap(({ secretKey }) => textOf(secretKey) ?? []);
  const replaced = written.length > 0 && template.mergePolicy !== 'Merge';
  const keys = unknown ? undefined : [...(replaced ? [] : fetched), ...written];
  return [{ kind: 'Secret', name: textOf(target.name) ?? object.metadata?.name, keys }];
}

/** Crossplane writes the connection details of a resource to the Secret that it names. */
function connectionSecret(spec: Fields): (Omit<Provision, 'namespace'> & { namespace?: string })[] {
  const reference = fieldsOf(spec.writeConnectionSecretToRef);
  const namespace = textOf(reference.namespace);
  return secretNamed(reference.name).map((secret) => ({ ...secret, ...(namespace !== undefined && { namespace }) }));
}

function secretNamed(name: unknown): { kind: 'Secret'; name: string }[] {
  const text = textOf(name);
  return text === undefined ? [] : [{ kind: 'Secret', name: text }];
}

function keysOf(...records: readonly unknown[]): string[] {
  return records.flatMap((record) => Object.keys(fieldsOf(record)));
}
