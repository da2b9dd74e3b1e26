import { show, suggestion } from '../platform/rule';
import { type AppIndex, type AppObject, isSame, type ReferenceRule } from './app-index';
import { fieldsOf, objectsOf, textOf, valueAt } from './fields';
import { offeredPorts } from './pod-template';
import { declareExternal, fewOf, placeText } from './reference-words';
import { askedOfTemplates, matches, type Selector, selectorOf } from './selectors';
import { areLabels, isPort } from './well-formed';

/** A Service's selector reaches pods, and each of its named target ports is a port of one of them. */
export const serviceReachesPods: ReferenceRule =
  (app) =>
  ({ object, groupKind, namespace }) => {
    if (groupKind !== 'Service') return [];
    const spec = fieldsOf(object.spec);
    const labels = fieldsOf(spec.selector);
    if (spec.type === 'ExternalName' || Object.keys(labels).length === 0 || !areLabels(labels)) return [];
    const selector = askedOfTemplates(selectorOf({ matchLabels: labels }));
    const unreached = reachesNoPod(app, namespace, selector, labels);
    if (unreached !== undefined) return [unreached];
    const pods = app.pods(namespace);
    return objectsOf(spec.ports).flatMap((port, index) => {
      const { targetPort } = port;
      if (typeof targetPort !== 'string' || !isPort(targetPort)) return [];
      const protocol = textOf(port.protocol) ?? 'TCP';
      const known = new Set<string>();
      for (const { pod } of pods.matching(selector)) {
        for (const offered of offeredPorts(pod)) {
          if (offered.name === undefined || offered.protocol !== protocol) continue;
          if (offered.name === targetPort) return [];
          known.add(offered.name);
        }
      }
      if (known.size === 0 && app.hasExternal('Pod', namespace)) return [];
      const field = `spec.ports[${textOf(port.name) ?? index}].targetPort`;
      return `${field} ${show(targetPort)} is no ${protocol} port of the pods that it selects${suggestion(targetPort, [...known])}; they have ${fewOf([...known])}; name one of those, or give a container's port that name`;
    });
  };

/** A PodDisruptionBudget protects some pods. */
export const budgetReachesPods: ReferenceRule =
  (app) =>
  ({ object, groupKind, namespace }) => {
    if (groupKind !== 'policy/PodDisruptionBudget') return [];
    const written = valueAt(object, 'spec', 'selector');
    if (written === undefined) return ['spec.selector is missing, so the budget protects no pod; select some'];
    const selector = selectorOf(written);
    if (!areLabels(selector.matchLabels)) return [];
    const problem = reachesNoPod(app, namespace, askedOfTemplates(selector), written);
    return problem === undefined ? [] : [problem];
  };

/** That a selector selects no pod, and why. */
export function reachesNoPod(
  app: AppIndex,
  namespace: string,
  selector: Selector,
  written: unknown,
): string | undefined {
  const pods = app.pods(namespace);
  if (pods.hasMatch(selector) || app.hasExternal('Pod', namespace)) return undefined;
  const why = pods.whyNone(selector);
  return `spec.selector ${show(written)} selects no pod of the app in ${placeText(namespace)}: ${why}; use the labels of a pod template, or ${declareExternal('Pod', '*')}`;
}

/** A workload selects the pods that it makes. */
export const workloadSelectsItsPods: ReferenceRule = () => (workload) => {
  const selector = ownSelector(workload);
  const { pod, object } = workload;
  if (pod === undefined || selector === undefined || matches(selector, pod.labels)) return [];
  return [
    `spec.selector ${show(valueAt(object, 'spec', 'selector'))} does not select the pods of its own template, labelled ${show(pod.labels)}; use labels of spec.template.metadata.labels`,
  ];
};

/** No workload selects the pods of another, whose controllers would fight over them. */
export const workloadsSelectApart: ReferenceRule = (app) => (workload) => {
  const selector = ownSelector(workload);
  const other = selector && firstOther(app, workload, selector)?.object;
  if (other === undefined) return [];
  return [
    `spec.selector ${show(valueAt(workload.object, 'spec', 'selector'))} selects the pods of ${other.kind} ${show(other.metadata.name)} too, and the two would fight over them; add a label that only one of them has`,
  ];
};

/** Another workload whose pods are selected. Two that select each other are reported once, at the later one. */
function firstOther(app: AppIndex, workload: AppObject, selector: Selector): AppObject | undefined {
  for (const other of app.pods(workload.namespace).matching(selector)) {
    const theirs = isSame(other, workload) ? undefined : ownSelector(other);
    if (theirs === undefined) continue;
    if (workload.position > other.position || !matches(theirs, workload.pod?.labels ?? {})) return other;
  }
  return undefined;
}

const ownsPods = new Set(['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'apps/ReplicaSet']);

function ownSelector({ object, groupKind }: AppObject): Selector | undefined {
  if (!ownsPods.has(groupKind)) return undefined;
  const selector = fieldsOf(valueAt(object, 'spec', 'selector'));
  // A missing or malformed selector is the schema's to report; a missing one would select everything here.
  return Object.keys(selector).length > 0 && areLabels(fieldsOf(selector.matchLabels))
    ? selectorOf(selector)
    : undefined;
}
