import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Environment } from './environment';
import { grouped } from './grouped';
import type { PlainObject } from './placed-object';

/** What an object renders to, or why it does not. */
type Outcome = { readonly object: PlainObject } | { readonly error: Error };

/** What an object sees that is asked for while it asks for others. One for all: an error costs more than an object. */
const onItself: Outcome = { error: new Error('depends on itself') };

/**
 * The objects of one render, each rendered once, whether the walk or a value that depends on other objects comes to it
 * first.
 */
export class ObjectCache {
  private readonly outcomes = new Map<ApiObject, Outcome>();
  private readonly places = new WeakMap<IConstruct, Map<string, ApiObject[]>>();
  private readonly results = new WeakMap<IConstruct, unknown>();

  /**
   * What an object renders to.
   *
   * @throws Error where it does not render, the same one each time.
   */
  objectOf(construct: ApiObject): PlainObject {
    let outcome = this.outcomes.get(construct);
    if (!outcome) {
      this.outcomes.set(construct, onItself);
      outcome = rendered(construct);
      this.outcomes.set(construct, outcome);
    }
    if ('error' in outcome) throw outcome.error;
    return outcome.object;
  }

  /** What is worked out once for a construct, however often it is asked for. */
  once<T>(construct: IConstruct, work: () => T): T {
    if (!this.results.has(construct)) this.results.set(construct, work());
    return this.results.get(construct) as T;
  }

  /** The objects of a chart that are made for a namespace, in the order in which they were made. */
  objectsIn(chart: IConstruct, namespace: string): readonly ApiObject[] {
    let places = this.places.get(chart);
    if (!places) {
      places = byNamespace(chart);
      this.places.set(chart, places);
    }
    return places.get(namespace) ?? [];
  }
}

const caches = new WeakMap<IConstruct, ObjectCache>();

/** Runs a render of a tree, with a cache that {@link renderedAround} shares while it runs. */
export function withObjectCache<T>(root: IConstruct, work: (cache: ObjectCache) => T): T {
  const cache = new ObjectCache();
  caches.set(root, cache);
  try {
    return work(cache);
  } finally {
    caches.delete(root);
  }
}

/**
 * What everything else in an environment renders to that is in one namespace: for values that follow from other objects.
 * Ask for it only while objects are rendered or validated, when everything has been added. What does not render is left
 * out, because the render itself reports it.
 *
 * During a render of this library each object is rendered once for all who ask; in a plain cdk8s synthesis each asking
 * renders them again.
 *
 * @param except objects that depend on the others themselves, which would have no end
 */
export function renderedAround(
  scope: IConstruct,
  namespace: string,
  except: readonly (ApiObject | undefined)[] = [],
): PlainObject[] {
  const cache = caches.get(scope.node.root) ?? new ObjectCache();
  const chart = scope.node.scopes.find((s) => Environment.isEnvironment(s)) ?? Chart.of(scope);
  return cache.objectsIn(chart, namespace).flatMap((construct) => {
    if (except.includes(construct)) return [];
    try {
      const object = cache.objectOf(construct);
      return object.metadata?.namespace === namespace ? [object] : [];
    } catch {
      return [];
    }
  });
}

/** Works something out for a construct once per render; in a plain cdk8s synthesis each time that it is asked for. */
export function oncePerRender<T>(construct: IConstruct, work: () => T): T {
  const cache = caches.get(construct.node.root);
  return cache ? cache.once(construct, work) : work();
}

function rendered(construct: ApiObject): Outcome {
  try {
    return { object: construct.toJson() };
  } catch (error) {
    return { error: error as Error };
  }
}

function byNamespace(chart: IConstruct): Map<string, ApiObject[]> {
  const objects = chart.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
  return grouped(objects as ApiObject[], ({ metadata }) => metadata.namespace ?? '');
}
