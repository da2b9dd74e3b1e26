import { type PolicyObject, refuseOtherKeys, unusable } from './policy-object';
import type { Labels } from './world';

/** A label selector of the Kubernetes API. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly LabelRequirement[];
}

/** One expression of a selector. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** Whether labels fulfil every part of a selector; an empty selector is fulfilled by all. */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return (
    Object.entries(matchLabels).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value) &&
    matchExpressions.every((requirement) => fulfils(labels, requirement))
  );
}

function fulfils(labels: Labels, { key, operator, values = [] }: LabelRequirement): boolean {
  const has = Object.hasOwn(labels, key);
  switch (operator) {
    case 'In':
      return has && values.includes(labels[key]);
    case 'NotIn':
      // "Labels and Selectors": `notin` also selects what has no such label.
      return !has || !values.includes(labels[key]);
    case 'Exists':
      return has;
    default:
      return !has;
  }
}

const withValues = ['In', 'NotIn'];
const withoutValues = ['Exists', 'DoesNotExist'];

/** @throws Error when the API server would refuse the selector */
export function checkSelector(policy: PolicyObject, selector: LabelSelector, where: string): void {
  refuseOtherKeys(policy, selector, ['matchLabels', 'matchExpressions'], where);
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    if (![...withValues, ...withoutValues].includes(operator)) {
      throw unusable(policy, `${where} asks for ${key} with the unknown operator ${operator}`);
    }
    if (withValues.includes(operator) !== values.length > 0) {
      throw unusable(policy, `${where} asks for ${key} ${operator} with ${values.length} values`);
    }
  }
}
