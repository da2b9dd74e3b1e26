import { isConditionTrue } from './conditions';
import { healthChecks } from './health-checks';
import type { DesiredResource, Observed, PipelineState } from './pipeline-state';
import { isObject } from './value';

/**
 * What function-auto-ready v0.7.0 does in one step: a resource that is there and of which no step said whether it is
 * ready, is ready when it is healthy as a resource of its kind, or when its condition `Ready` is `True`.
 */
export function autoReady(input: unknown, observed: Observed, state: PipelineState): PipelineState {
  checkInput(input);
  const judged = (name: string, desired: DesiredResource): DesiredResource => {
    const existing = observed.resources.get(name);
    if (existing === undefined || desired.ready !== undefined) return desired;
    const healthy = healthChecks[`${existing.apiVersion}/${existing.kind}`];
    return { ...desired, ready: healthy?.(existing) || isConditionTrue(existing, 'Ready') || undefined };
  };
  return {
    ...state,
    resources: new Map([...state.resources].map(([name, desired]) => [name, judged(name, desired)])),
    warnings: [],
  };
}

const inputMembers = [
  'apiVersion',
  'kind',
  'metadata',
  'ttl',
  'celHealthCheckCustomization',
  'celHealthCheckCustomizationFrom',
];

function checkInput(input: unknown): void {
  if (!isObject(input)) return;
  const unknown = Object.keys(input).filter((member) => !inputMembers.includes(member));
  if (unknown.length > 0) {
    throw new Error(
      `cannot get Function input from *v1.RunFunctionRequest: unknown object member name "${unknown.join(', ')}"`,
    );
  }
}
