import { type Fields, fieldsOf, objectsOf } from './fields';

/** A label selector: every label and every expression has to hold. An empty one selects all. */
export interface Selector {
  readonly matchLabels: Fields;
  readonly matchExpressions: readonly Fields[];
}

/** The selector that a field of an object holds. */
export function selectorOf(value: unknown): Selector {
  const { matchLabels, matchExpressions } = fieldsOf(value);
  return { matchLabels: fieldsOf(matchLabels), matchExpressions: objectsOf(matchExpressions) };
}

/** Labels that controllers write on pods, so that no template holds them. Source: the well-known labels of Kubernetes. */
const writtenByControllers = new Set([
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/job-name',
  'controller-revision-hash',
  'controller-uid',
  'job-name',
  'pod-template-generation',
  'pod-template-hash',
  'statefulset.kubernetes.io/pod-name',
]);

/** What a selector asks of a pod template: labels that only the pods get are left out. */
export function askedOfTemplates(selector: Selector): Selector {
  const asked = (key: unknown): boolean => !writtenByControllers.has(String(key));
  const labels = Object.entries(selector.matchLabels);
  if (labels.every(([key]) => asked(key)) && selector.matchExpressions.every(({ key }) => asked(key))) return selector;
  return {
    matchLabels: Object.fromEntries(labels.filter(([key]) => asked(key))),
    matchExpressions: selector.matchExpressions.filter(({ key }) => asked(key)),
  };
}

/** The labels that a selector demands with one value each. */
export function pairsOf(selector: Selector): [key: string, value: string][] {
  const pairs = Object.entries(selector.matchLabels).map(([key, value]): [string, string] => [key, String(value)]);
  for (const { key, operator, values } of selector.matchExpressions) {
    if (operator === 'In' && Array.isArray(values) && values.length === 1) pairs.push([String(key), String(values[0])]);
  }
  return pairs;
}

/** Whether labels satisfy a selector, as an API server decides it. */
export function matches(selector: Selector, labels: Fields): boolean {
  return (
    Object.entries(selector.matchLabels).every(([key, value]) => labels[key] === value) &&
    selector.matchExpressions.every((expression) => holds(expression, labels))
  );
}

function holds({ key, operator, values }: Fields, labels: Fields): boolean {
  const value = labels[String(key)];
  const listed = Array.isArray(values) && values.includes(value);
  switch (operator) {
    case 'In':
      return value !== undefined && listed;
    case 'NotIn':
      return value === undefined || !listed;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      // The schema reports an operator that does not exist.
      return true;
  }
}
