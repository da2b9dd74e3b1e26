import { createHash } from 'node:crypto';
import { dataFolder } from '../gitops/app-folders';
import type { RenderedFile, RenderedFolder } from '../gitops/tree-render';
import { toYaml } from '../gitops/yaml';
import { grouped } from '../platform/grouped';
import type { PlainObject } from '../platform/placed-object';
import type { RenderedObject } from './render';

/** Lower-case letters, digits and what file systems and people take; anything else is written as its code. */
function fileSafe(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]/g, (c) => `=${c.codePointAt(0)?.toString(16).toUpperCase()}`);
}

/** The longest name that every common file system takes, in bytes; all that {@link fileSafe} gives is one byte each. */
const longestFileName = 255;

/** `<kind>-<name>.yaml`; what is too long, as names of 253 characters may be, is cut and marked with a hash of the whole. */
function fileName(kind: string, name: string): string {
  const whole = fileSafe(`${kind}-${name}`);
  const room = longestFileName - '.yaml'.length;
  if (whole.length <= room) return `${whole}.yaml`;
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, 16);
  return `${whole.slice(0, room - hash.length - 1)}-${hash}.yaml`;
}

/** The API group of an object; empty for the core group. */
export function groupOf({ apiVersion }: PlainObject): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/**
 * Places each object in its app folder, `<environment>/<cluster>/<namespace>/<app>/<kind>-<name>.yaml`, one object a file.
 * Where two kinds of a folder are spelled alike, the group joins the name: `service.serving.knative.dev-api.yaml`; a name too
 * long for a file is cut. What is only removed when somebody confirms it has a folder of its own, `<app>.data`, because Argo CD holds
 * the whole sync of an Application until then.
 */
export function placeObjects(
  app: string,
  objects: readonly RenderedObject[],
  about: (object: RenderedObject) => Readonly<Record<string, string>>,
): RenderedFolder[] {
  const folders = grouped(
    objects,
    ({ object, environment: { name, cluster } }) =>
      `${name}/${cluster}/${object.metadata.namespace ?? '_cluster'}/${isConfirmed(object) ? dataFolder(app) : app}`,
  );
  return [...folders].map(([folder, members]) => ({ folder, files: files(members), about: about(members[0]) }));
}

/** Whether somebody confirms the object's removal. Argo CD's own objects are all of one Application, wherever they are. */
function isConfirmed(object: PlainObject): boolean {
  const options = object.metadata.annotations?.['argocd.argoproj.io/sync-options'] ?? '';
  return groupOf(object) !== 'argoproj.io' && options.split(',').some((option) => option.trim() === 'Prune=confirm');
}

function files(members: readonly RenderedObject[]): RenderedFile[] {
  const groups = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const { object } of members) {
    const kind = object.kind.toLowerCase();
    if ((groups.get(kind) ?? groupOf(object)) !== groupOf(object)) ambiguous.add(kind);
    groups.set(kind, groupOf(object));
  }
  return members.map(({ object }) => {
    const kind = object.kind.toLowerCase();
    const group = groupOf(object);
    const stem = ambiguous.has(kind) && group !== '' ? `${kind}.${group}` : kind;
    return { name: fileName(stem, object.metadata.name), content: toYaml(object) };
  });
}
