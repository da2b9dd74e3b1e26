import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { refuse } from '../platform/golden-error';
import { nameProblem } from '../platform/names';
import { show } from '../platform/rule';

/** The scope, once it is sure that it takes a construct of this id: the errors of cdk8s would not say what to change. */
export function roomFor(scope: Construct, id: string): Construct {
  if (typeof id !== 'string' || id === '') refuse(scope, nameProblem('name', id) as string);
  if (!scope.node.scopes.some((s) => Chart.isChart(s))) {
    refuse(
      scope,
      `${show(id)} is outside of any environment; make it with env of forEachEnvironment, or in a cdk8s chart`,
    );
  }
  const twin = scope.node.tryFindChild(id);
  if (twin) refuse(scope, `name ${show(id)} is taken by another ${twin.constructor.name} here; rename one of them`);
  return scope;
}
