import { show, suggestion } from '../platform/rule';
import type { ReferenceRule } from './app-index';
import { type Fields, fieldsOf, objectsOf, textOf, valueAt } from './fields';
import { offeredPorts } from './pod-template';
import { declareExternal, fewOf, placeText } from './reference-words';
import { reachesNoPod } from './selector-rules';
import { askedOfTemplates, selectorOf } from './selectors';

/** A ServiceMonitor of its own namespace finds Services, and each port that it scrapes is one of theirs. */
export const serviceMonitorFindsPorts: ReferenceRule =
  (app) =>
  ({ object, groupKind, namespace }) => {
    if (groupKind !== 'monitoring.coreos.com/ServiceMonitor') return [];
    const spec = fieldsOf(object.spec);
    if (spec.selector === undefined || !onlyOwnNamespace(spec.namespaceSelector, namespace)) return [];
    const services = app.services(namespace);
    const selector = selectorOf(spec.selector);
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
  };

/** A PodMonitor of its own namespace finds pods, and each port that it scrapes is one of theirs. */
export const podMonitorFindsPorts: ReferenceRule =
  (app) =>
  ({ object, groupKind, namespace }) => {
    if (groupKind !== 'monitoring.coreos.com/PodMonitor') return [];
    const spec = fieldsOf(object.spec);
    if (spec.selector === undefined || !onlyOwnNamespace(spec.namespaceSelector, namespace)) return [];
    const selector = askedOfTemplates(selectorOf(spec.selector));
    const problem = reachesNoPod(app, namespace, selector, spec.selector);
    if (problem !== undefined) return [problem];
    const pods = [...app.pods(namespace).matching(selector)];
    // Without any, they are external.
    if (pods.length === 0) return [];
    const names = pods.flatMap(({ pod }) => offeredPorts(pod).flatMap(({ name }) => name ?? []));
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
