import { show, suggestion } from '../platform/rule';
import type { AppIndex, ReferenceRule } from './app-index';
import { type Fields, objectsOf, textOf, valueAt } from './fields';
import { fileSources, type PodReference, podReferences } from './pod-references';
import type { PodTemplate } from './pod-template';
import { fewOf, lacksKey, namesMissing } from './reference-words';
import { isObjectName } from './well-formed';

/**
 * What a pod names exists: ConfigMaps, Secrets, the service account and claims, and the keys of the first two. What is
 * missing is reported once, however many fields name it.
 */
export const podFindsWhatItNames: ReferenceRule =
  (app) =>
  ({ pod, namespace }) => {
    if (pod === undefined) return [];
    const problems: string[] = [];
    const missing = new Map<string, PodReference[]>();
    for (const reference of podReferences(pod)) {
      if (isThere(app, namespace, reference)) {
        problems.push(...missingKeys(app, namespace, reference));
        continue;
      }
      if (isMalformed(pod, reference)) continue;
      const thing = `${reference.kind} ${reference.name}`;
      const before = missing.get(thing);
      if (before === undefined) missing.set(thing, [reference]);
      else before.push(reference);
    }
    for (const [{ kind, name, at }, ...more] of missing.values()) {
      const field = more.length === 0 ? at : `${at} (and ${more.length} more)`;
      problems.push(namesMissing(field, kind, name, namespace, knownNames(app, kind, namespace)));
    }
    return problems;
  };

/** Every namespace has these from its start. Source: the controllers of Kubernetes that publish them. */
const inEveryNamespace = new Set(['ServiceAccount default', 'ConfigMap kube-root-ca.crt']);

function isThere(app: AppIndex, namespace: string, { kind, name }: PodReference): boolean {
  if (inEveryNamespace.has(`${kind} ${name}`) || app.isExternal(kind, namespace, name)) return true;
  if (kind === 'ConfigMap' || kind === 'Secret') return app.provision(kind, namespace, name) !== undefined;
  if (app.find(kind, namespace, name) !== undefined) return true;
  return kind === 'PersistentVolumeClaim' && app.isOwnClaim(namespace, name);
}

/** A schema says what the name of an account looks like, and of nothing else that pods name. */
function isMalformed({ schemaChecks }: PodTemplate, { kind, name }: PodReference): boolean {
  return schemaChecks.values && kind === 'ServiceAccount' && !isObjectName(name);
}

function knownNames(app: AppIndex, kind: PodReference['kind'], namespace: string): string[] {
  return kind === 'ConfigMap' || kind === 'Secret' ? app.provisionNames(kind, namespace) : app.names(kind, namespace);
}

function missingKeys(app: AppIndex, namespace: string, { kind, name, keys }: PodReference): string[] {
  if (kind !== 'ConfigMap' && kind !== 'Secret') return [];
  const known = app.provision(kind, namespace, name)?.keys;
  if (known === undefined) return [];
  return keys.flatMap(({ key, at }) => (known.includes(key) ? [] : lacksKey(at, `${kind} ${show(name)}`, key, known)));
}

/** A mount of a part of a ConfigMap or Secret names a file that the volume has: an empty folder would be mounted else. */
export const subPathIsAFile: ReferenceRule =
  (app) =>
  ({ pod, namespace }) => {
    if (pod === undefined) return [];
    const volumes = new Map(objectsOf(pod.spec.volumes).map((volume) => [volume.name, volume]));
    return pod.containers.flatMap(({ fields, at }) =>
      objectsOf(fields.volumeMounts).flatMap(({ name, subPath, mountPath }, i) => {
        const part = textOf(subPath);
        const volume = volumes.get(name);
        const files = part === undefined || volume === undefined ? undefined : filesOf(app, namespace, volume);
        if (part === undefined || files === undefined) return [];
        const path = part.replace(/\/+$/, '');
        if (files.some((file) => file === path || file.startsWith(`${path}/`))) return [];
        const field = `${at}.volumeMounts[${textOf(mountPath) ?? i}].subPath`;
        return `${field} ${show(part)} is no file of volume ${show(name)}${suggestion(part, files)}, which has ${fewOf(files)}; use one of those, or add the key`;
      }),
    );
  };

/** The paths of a volume's files, or undefined when only the cluster knows them all. */
function filesOf(app: AppIndex, namespace: string, volume: Fields): string[] | undefined {
  const sources = fileSources(volume);
  const others = objectsOf(valueAt(volume, 'projected', 'sources')).length;
  if (sources.length === 0 || (others > 0 && sources.length < others)) return undefined;
  const files: string[] = [];
  for (const { kind, name, items, optional } of sources) {
    const listed = objectsOf(items);
    const keys = optional ? undefined : app.provision(kind, namespace, String(name))?.keys;
    if (listed.length === 0 && keys === undefined) return undefined;
    files.push(...(listed.length > 0 ? listed.map(({ path }) => String(path)) : (keys ?? [])));
  }
  return files;
}
