import { type External, groupKindOf, namespaceOf, type PlacedObject } from '../platform/placed-object';
import { LabelIndex } from './label-index';
import { type PodTemplate, podTemplateOf } from './pod-template';
import { claimPrefixes, type Provision, provisionsOf } from './provisions';

/** What one rule has to say about one object of the app. */
export type ReferenceRule = (app: AppIndex) => (object: AppObject) => readonly string[];

/** An object, with what the rules ask for again and again. */
export interface AppObject extends PlacedObject {
  /** Group and kind: `apps/Deployment`. */
  readonly groupKind: string;
  /** Its namespace; empty when it names none. */
  readonly namespace: string;
  /** Its place among the objects. */
  readonly position: number;
  /** The pods that it runs. */
  readonly pod?: PodTemplate;
}

/** An object that runs pods. */
export type PodRunner = AppObject & { readonly pod: PodTemplate };

/** One app in one cluster, arranged so that whatever an object may refer to is found at once. */
export class AppIndex {
  /** Every object, in the order given. */
  readonly all: readonly AppObject[];
  private readonly objects = new Map<string, Map<string, PlacedObject>>();
  private readonly made = new Map<string, Map<string, Provision>>();
  private readonly externals = new Set<string>();
  private readonly twins = new Set<string>();
  private readonly podsOf = new Map<string, LabelIndex<PodRunner>>();
  private readonly servicesOf = new Map<string, LabelIndex<AppObject>>();
  private readonly claims = new Set<string>();

  constructor(objects: readonly PlacedObject[], external: readonly External[]) {
    for (const { kind, name, namespace } of external) {
      this.externals.add(`${kind} ${namespace ?? '*'} ${name}`);
      this.externals.add(`${kind} ${namespace ?? '*'}`);
    }
    this.all = objects.map(appObject);
    for (const object of this.all) this.add(object);
  }

  private add(placed: AppObject): void {
    const { object, groupKind, namespace } = placed;
    const place = `${groupKind} ${namespace}`;
    const name = object.metadata?.name;
    if (this.objects.get(place)?.has(name)) this.twins.add(`${place} ${name}`);
    put(this.objects, place, name, placed);
    for (const provision of provisionsOf(object, groupKind)) this.provide(provision);
    for (const prefix of claimPrefixes(object, groupKind)) this.claims.add(`${namespace} ${prefix}`);
    if (groupKind === 'Service') labelled(this.servicesOf, namespace).add(object.metadata?.labels ?? {}, placed);
    if (runsPods(placed)) labelled(this.podsOf, namespace).add(placed.pod.labels, placed);
  }

  /** Two makers of one Secret, such as a Secret and what is merged into it, give it the keys of both. */
  private provide(provision: Provision): void {
    const place = `${provision.kind} ${provision.namespace}`;
    const before = this.made.get(place)?.get(provision.name);
    const keys =
      before === undefined ? provision.keys : before.keys && provision.keys && [...before.keys, ...provision.keys];
    put(this.made, place, provision.name, { ...provision, keys });
  }

  /** An object of the app, by what identifies it: `find('apps/Deployment', 'orders', 'api')`. */
  find(groupKind: string, namespace: string, name: string): PlacedObject | undefined {
    return this.objects.get(`${groupKind} ${namespace}`)?.get(name);
  }

  /** Names of the app's objects of a kind. */
  names(groupKind: string, namespace: string): string[] {
    return [...(this.objects.get(`${groupKind} ${namespace}`)?.keys() ?? [])];
  }

  /** A ConfigMap or Secret that the app has, or that something in the app makes. */
  provision(kind: 'ConfigMap' | 'Secret', namespace: string, name: string): Provision | undefined {
    return this.made.get(`${kind} ${namespace}`)?.get(name);
  }

  /** Names of the ConfigMaps or Secrets that the app has or makes. */
  provisionNames(kind: 'ConfigMap' | 'Secret', namespace: string): string[] {
    return [...(this.made.get(`${kind} ${namespace}`)?.keys() ?? [])];
  }

  /** Whether a claim is one that a StatefulSet of the app makes for one of its pods. */
  isOwnClaim(namespace: string, name: string): boolean {
    return this.claims.has(`${namespace} ${name.replace(/-\d+$/, '')}`) && /-\d+$/.test(name);
  }

  /** Whether something is in the cluster without the app. */
  isExternal(kind: string, namespace: string, name: string): boolean {
    const { externals } = this;
    return [namespace, '*'].some((ns) => externals.has(`${kind} ${ns} ${name}`) || externals.has(`${kind} ${ns} *`));
  }

  /** Whether two objects of the app have one name. That is reported elsewhere; a reference may mean either. */
  isTwice(groupKind: string, namespace: string, name: string): boolean {
    return this.twins.has(`${groupKind} ${namespace} ${name}`);
  }

  /** Whether anything of a kind is in a namespace without the app. */
  hasExternal(kind: string, namespace: string): boolean {
    return this.externals.has(`${kind} ${namespace}`) || this.externals.has(`${kind} *`);
  }

  /** What runs pods in a namespace, by the labels of the pods. */
  pods(namespace: string): LabelIndex<PodRunner> {
    return labelled(this.podsOf, namespace);
  }

  /** The Services of a namespace, by their labels. */
  services(namespace: string): LabelIndex<AppObject> {
    return labelled(this.servicesOf, namespace);
  }
}

function appObject({ object, path }: PlacedObject, position: number): AppObject {
  const groupKind = groupKindOf(object);
  const pod = podTemplateOf(object, groupKind);
  return { object, path, groupKind, namespace: namespaceOf(object), position, ...(pod && { pod }) };
}

/** Whether two are one object to the API server. That it is there twice is reported elsewhere. */
export function isSame(one: AppObject, other: AppObject): boolean {
  const { groupKind, namespace, object } = one;
  return (
    groupKind === other.groupKind &&
    namespace === other.namespace &&
    object.metadata?.name === other.object.metadata?.name
  );
}

function runsPods(object: AppObject): object is PodRunner {
  return object.pod !== undefined;
}

function put<T>(maps: Map<string, Map<string, T>>, place: string, name: string, value: T): void {
  const map = maps.get(place);
  if (map === undefined) maps.set(place, new Map([[name, value]]));
  else map.set(name, value);
}

function labelled<T>(indexes: Map<string, LabelIndex<T>>, namespace: string): LabelIndex<T> {
  const index = indexes.get(namespace) ?? new LabelIndex<T>();
  indexes.set(namespace, index);
  return index;
}
