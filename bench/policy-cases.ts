import type { JudgedObject } from '../src/policy/evaluate-policies';
import type { PolicyInForce } from '../src/policy/rollout';
import { compiled } from './compiled';
import type { Numbers } from './numbers';
import { allRules, deployments, podSecurityRules } from './policies';
import { makeServices } from './services';
import { timed } from './timed';

/** What rules cost, each in a process of its own. */
export const policyCases = {
  /** Pod security over Deployments, from loading the evaluator to the last verdict. */
  judgeDeployments(count: number): Numbers {
    const objects = deployments(count);
    const { ms } = timed(() => findings(podSecurityRules(), objects));
    return { judge: ms };
  },

  /** All packs over what services render to. */
  judgeServices(services: number): Numbers {
    const { render } = compiled('../lib/src/app/render') as typeof import('../src/app/render');
    const { objects } = render(makeServices('unused', services));
    const plain = objects.map(({ object }) => object);
    const { result, ms } = timed(() => findings(allRules(), plain));
    return { judge: ms, objects: plain.length, rules: allRules().length, findings: result };
  },
};

function findings(rules: readonly PolicyInForce[], objects: readonly JudgedObject['object'][]): number {
  const { PolicyEvaluator } = compiled(
    '../lib/src/policy/evaluate-policies',
  ) as typeof import('../src/policy/evaluate-policies');
  const evaluator = new PolicyEvaluator(rules);
  return objects.reduce((sum, object) => sum + evaluator.evaluate({ object, path: '' }).length, 0);
}
