import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Environment } from '../platform/environment';

const holders = new WeakMap<IConstruct, Map<string, IConstruct>>();

/**
 * Takes a name that there is once in a cluster, whichever environments share it.
 *
 * @returns who has it already, or undefined when it was free.
 */
export function takeOnce(holder: IConstruct, what: string): IConstruct | undefined {
  const taken = holders.get(holder.node.root) ?? new Map<string, IConstruct>();
  holders.set(holder.node.root, taken);
  const key = `${clusterOf(holder)} ${what}`;
  const before = taken.get(key);
  if (!before) taken.set(key, holder);
  return before;
}

/** Whether something in the tree has taken a name in the cluster of a construct. */
export function isTaken(scope: IConstruct, what: string): boolean {
  return holders.get(scope.node.root)?.has(`${clusterOf(scope)} ${what}`) ?? false;
}

/** Nobody knows which cluster a plain chart is for: each counts as one. */
function clusterOf(scope: IConstruct): string {
  const environment = scope.node.scopes.find((s) => Environment.isEnvironment(s)) as Environment | undefined;
  return environment ? `cluster ${environment.cluster}` : `chart ${Chart.of(scope).node.path}`;
}
