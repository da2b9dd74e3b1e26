import { show, suggestion } from '../platform/rule';
import type { AppIndex, ReferenceRule } from './app-index';
import { type Fields, fieldsOf, objectsOf, textOf, valueAt } from './fields';
import { groupKindOf, namespaceOf, type PlainObject } from './placed-object';
import { offeredPorts, type PodTemplate } from './pod-template';
import { declareExternal, fewOf, placeText } from './reference-words';
import { askedOfTemplates, matches, type Selector, selectorOf } from './selectors';

/** A Service's selector reaches pods, and each of its named target ports is a port of one of them. */
export const serviceReachesPods: ReferenceRule = (app) => (placed) => {
  const { object } = placed;
  const spec = fieldsOf(object.spec);
  const labels = fieldsOf(spec.selector);
  if (groupKindOf(object) !== 'Service' || spec.type === 'ExternalName' || Object.keys(labels).length === 0) return [];
  const selector = askedOfTemplates(selectorOf({ matchLabels: labels }));
  const unreached = reachesNoPod(app, object, 'spec.selector', selector, labels);
  if (unreached !== undefined) return [unreached];
  const pods = app.pods(namespaceOf(object));
  return objectsOf(spec.ports).flatMap((port, index) => {
    const { targetPort } = port;
    if (typeof targetPort !== 'string') return [];
    const protocol = textOf(port.protocol) ?? 'TCP';
    const known = new Set<string>();
    for (const pod of pods.matching(selector)) {
      for (const offered of offeredPorts(pod)) {
        if (offered.name === undefined || offered.protocol !== protocol) continue;
        if (offered.name === targetPort) return [];
        known.add(offered.name);
      }
    }
    if (known.size === 0 && app.hasExternal('Pod', namespaceOf(object))) return [];
    const field = `spec.ports[${textOf(port.name) ?? index}].targetPort`;
    return `${field} ${show(targetPort)} is no ${protocol} port of the pods that it selects${suggestion(targetPort, [...known])}; they have ${fewOf([...known])}; name one of those, or give a container's port that name`;
  });
};

/** A PodDisruptionBudget protects some pods. */
export const budgetReachesPods: ReferenceRule =
  (app) =>
  ({ object }) => {
    if (groupKindOf(object) !== 'policy/PodDisruptionBudget') return [];
    const written = valueAt(object, 'spec', 'selector');
    if (written === undefined) return ['spec.selector is missing, so the budget protects no pod; select some'];
    const problem = reachesNoPod(app, object, 'spec.selector', askedOfTemplates(selectorOf(written)), written);
    return problem === undefined ? [] : [problem];
  };

function reachesNoPod(app: AppIndex, object: PlainObject, field: string, selector: Selector, written: unknown) {
  const namespace = namespaceOf(object);
  const pods = app.pods(namespace);
  if (pods.hasMatch(selector) || app.hasExternal('Pod', namespace)) return undefined;
  const why = pods.whyNone(selector);
  return `${field} ${show(written)} selects no pod of the app in ${placeText(namespace)}: ${why}; use the labels of a pod template, or ${declareExternal('Pod', '*')}`;
}

const ownsPods = new Set(['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'apps/ReplicaSet']);

/** A workload selects the pods that it makes. */
export const workloadSelectsItsPods: ReferenceRule = (app) => (placed) => {
  const pod = app.podsRunBy(placed);
  const selector = ownSelector(placed.object);
  if (pod === undefined || selector === undefined || matches(selector, pod.labels)) return [];
  const written = valueAt(placed.object, 'spec', 'selector');
  return [
    `spec.selector ${show(written)} does not select the pods of its own template, labelled ${show(pod.labels)}; use labels of spec.template.metadata.labels`,
  ];
};

/** No workload selects the pods of another, whose controllers would fight over them. */
export const workloadsSelectApart: ReferenceRule = (app) => {
  const order = new Map<PlainObject, number>(app.all.map(({ object }, index) => [object, index]));
  return ({ object }) => {
    const selector = ownSelector(object);
    if (selector === undefined) return [];
    const other = firstOther(app, object, selector, order);
    if (other === undefined) return [];
    return [
      `spec.selector ${show(valueAt(object, 'spec', 'selector'))} selects the pods of ${other.kind} ${show(other.metadata.name)} too, and the two would fight over them; add a label that only one of them has`,
    ];
  };
};

/** Another workload whose pods are selected. Two that select each other are reported once, at the later one. */
function firstOther(
  app: AppIndex,
  object: PlainObject,
  selector: Selector,
  order: ReadonlyMap<PlainObject, number>,
): PlainObject | undefined {
  const own = fieldsOf(valueAt(object, 'spec', 'template', 'metadata', 'labels'));
  for (const { owner } of app.pods(namespaceOf(object)).matching(selector)) {
    const theirs = owner === object ? undefined : ownSelector(owner);
    if (theirs === undefined) continue;
    const later = (order.get(object) as number) > (order.get(owner) as number);
    if (later || !matches(theirs, own)) return owner;
  }
  return undefined;
}

function ownSelector(object: PlainObject): Selector | undefined {
  const selector = fieldsOf(valueAt(object, 'spec', 'selector'));
  // A missing selector is the schema's to report; it would select everything here.
  return ownsPods.has(groupKindOf(object)) && Object.keys(selector).length > 0 ? selectorOf(selector) : undefined;
}

/** A ServiceMonitor or PodMonitor of its own namespace finds something to scrape, at a port that is there. */
export const monitorFindsPorts: ReferenceRule =
  (app) =>
  ({ object }) => {
    const groupKind = groupKindOf(object);
    const spec = fieldsOf(object.spec);
    const namespace = namespaceOf(object);
    if (!onlyOwnNamespace(spec.namespaceSelector, namespace)) return [];
    const selector = selectorOf(spec.selector);
    if (groupKind === 'monitoring.coreos.com/ServiceMonitor') {
      const services = app.services(namespace);
      if (!services.hasMatch(selector)) {
        if (app.hasExternal('Service', namespace)) return [];
        return [
          `spec.selector ${show(spec.selector)} selects no Service of the app in ${placeText(namespace)}: ${services.whyNone(selector)}; use the labels of a Service, or ${declareExternal('Service', '*')}`,
        ];
      }
      const names = [...services.matching(selector)].flatMap((service) =>
        objectsOf(valueAt(service.object, 'spec', 'ports')).flatMap(({ name }) => textOf(name) ?? []),
      );
      return unknownPorts('endpoints', objectsOf(spec.endpoints), names, 'Services');
    }
    if (groupKind !== 'monitoring.coreos.com/PodMonitor') return [];
    const asked = askedOfTemplates(selector);
    const problem = reachesNoPod(app, object, 'spec.selector', asked, spec.selector);
    if (problem !== undefined) return [problem];
    const pods: PodTemplate[] = [...app.pods(namespace).matching(asked)];
    if (pods.length === 0) return [];
    const names = pods.flatMap((pod) => offeredPorts(pod).flatMap(({ name }) => name ?? []));
    return unknownPorts('podMetricsEndpoints', objectsOf(spec.podMetricsEndpoints), names, 'pods');
  };

function onlyOwnNamespace(namespaceSelector: unknown, own: string): boolean {
  const { any, matchNames } = fieldsOf(namespaceSelector);
  return any !== true && (!Array.isArray(matchNames) || matchNames.every((name) => name === own));
}

function unknownPorts(list: string, endpoints: readonly Fields[], names: readonly string[], what: string): string[] {
  const known = [...new Set(names)];
  return endpoints.flatMap(({ port }, index) =>
    typeof port !== 'string' || known.includes(port)
      ? []
      : `spec.${list}[${index}].port ${show(port)} is no port name of the ${what} that it selects${suggestion(port, known)}; they have ${fewOf(known)}`,
  );
}
