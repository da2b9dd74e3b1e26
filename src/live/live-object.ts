import type { PlainObject } from '../platform/placed-object';
import { isRecord } from '../platform/rule';

/** Fields that somebody has set, as the API server keeps them (`FieldsV1` of server-side apply). */
export type FieldSet = Readonly<Record<string, unknown>>;

/** Whoever delivers what is rendered, by the name under which each applies fields. */
export const deliverers = ['argocd-controller', 'kustomize-controller'] as const;

/** Whoever applied a live object, or would: Flux where only Flux has, else Argo CD. */
export function delivererOf(live: PlainObject | undefined): (typeof deliverers)[number] {
  const managers = live ? new Set(managedFields(live).map(({ manager }) => manager)) : new Set();
  return deliverers.find((name) => managers.has(name)) ?? deliverers[0];
}

/** The fields of a live object that somebody has set. */
export function fieldsOf(live: PlainObject, manager: string): FieldSet[] {
  return managedFields(live).flatMap((each) => (each.manager === manager ? [each.fields] : []));
}

/** Who gave a live object a label. Controllers copy labels to what they make; who applied the label made the object. */
export function labelledBy(live: PlainObject, label: string): string[] {
  return managedFields(live)
    .filter(({ fields }) => {
      const labels = inside(inside(fields, 'f:metadata'), 'f:labels');
      return labels !== undefined && `f:${label}` in labels;
    })
    .map(({ manager }) => manager);
}

/**
 * The Application of Argo CD or the Kustomization of Flux that says that the object is its own. What a controller copied from
 * another object does not count: Argo CD's annotation names the object that it is on.
 */
export function trackedBy({ apiVersion, kind, metadata }: PlainObject): string | undefined {
  const { labels = {}, annotations = {}, namespace = '', name } = metadata;
  const id = annotations['argocd.argoproj.io/tracking-id'] ?? '';
  const colon = id.indexOf(':');
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const [kinded, named] = [`${group}/${kind}:`, `${namespace}/${name}`];
  const about = id.slice(colon + 1);
  // Objects without a namespace may carry that of the Application's destination.
  const isItself = about === kinded + named || (namespace === '' && about.startsWith(kinded) && about.endsWith(named));
  if (colon > 0 && isItself) return id.slice(0, colon);
  const [flux, place] = ['name', 'namespace'].map((part) => labels[`kustomize.toolkit.fluxcd.io/${part}`]);
  return flux && `${place}/${flux}`;
}

/** Whether the object stays when it is no longer rendered, because it says so. */
export function isKept({ metadata: { labels = {}, annotations = {} } }: PlainObject): boolean {
  const options = (annotations['argocd.argoproj.io/sync-options'] ?? '').split(',').map((option) => option.trim());
  const prune = 'kustomize.toolkit.fluxcd.io/prune';
  return options.includes('Prune=false') || [labels[prune], annotations[prune]].includes('disabled');
}

/** Whether a controller made the object, or it is on its way out. */
export function isMadeByController({ metadata }: PlainObject): boolean {
  const { ownerReferences, deletionTimestamp } = metadata as {
    ownerReferences?: unknown[];
    deletionTimestamp?: string;
  };
  return (ownerReferences?.length ?? 0) > 0 || deletionTimestamp !== undefined;
}

/** What Argo CD or Flux adds to an object before it applies it: to leave it out would be a difference. */
const marks = {
  annotations: ['argocd.argoproj.io/tracking-id', 'argocd.argoproj.io/installation-id'],
  labels: ['app.kubernetes.io/instance', 'kustomize.toolkit.fluxcd.io/name', 'kustomize.toolkit.fluxcd.io/namespace'],
} as const;

/** A rendered object as whoever delivers it applies it. */
export function marked(rendered: PlainObject, live: PlainObject): PlainObject {
  const metadata: Record<string, unknown> = { ...rendered.metadata };
  for (const where of ['annotations', 'labels'] as const) {
    const there = live.metadata[where] ?? {};
    const added = marks[where].filter((mark) => mark in there).map((mark) => [mark, there[mark]]);
    if (added.length > 0) metadata[where] = { ...Object.fromEntries(added), ...rendered.metadata[where] };
  }
  return { ...rendered, metadata: metadata as unknown as PlainObject['metadata'] };
}

function managedFields({ metadata }: PlainObject): { readonly manager: string; readonly fields: FieldSet }[] {
  const { managedFields: all } = metadata as { managedFields?: unknown };
  return (Array.isArray(all) ? all : []).flatMap((entry) =>
    isRecord(entry) && isRecord(entry.fieldsV1) && entry.subresource === undefined
      ? [{ manager: String(entry.manager), fields: entry.fieldsV1 }]
      : [],
  );
}

function inside(fields: FieldSet | undefined, field: string): FieldSet | undefined {
  const inner = fields?.[field];
  return isRecord(inner) ? inner : undefined;
}
