import * as fc from 'fast-check';
import type { Binaries } from '../../src/dev/binaries';
import { renderGraph, worldOf } from '../network/graph-world';
import { randomGraph } from '../network/random-graph';
import { type PolicyCase, policyCase } from '../network/reachability/arbitraries';
import { agreesWithCyclonus, cyclonusProgram } from '../network/reachability/cyclonus';
import type { Report } from './report';

const worlds = 100;
const seed = 20_260_101;

/** Policies of every form that the API allows, and those that are rendered for call graphs. */
const samples: readonly { name: string; arbitrary: fc.Arbitrary<PolicyCase> }[] = [
  { name: 'random policies', arbitrary: policyCase },
  {
    name: 'random call graphs',
    arbitrary: randomGraph.map((graph) => {
      const { policies, pods } = renderGraph(graph);
      return { world: worldOf(pods), policies };
    }),
  },
];

/** Two pods without labels, and a policy with which cyclonus is known to differ (see `agreesWithCyclonus`). */
function difference(podSelector: object): PolicyCase {
  const pod = (i: number) => ({ namespace: 'one', name: `pod-${i}`, labels: {}, ip: `10.0.0.${i}`, ports: [] });
  const from = [{ podSelector }];
  return {
    world: { namespaces: [{ name: 'one' }], pods: [pod(1), pod(2)], externals: [] },
    policies: [
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'difference', namespace: 'one' },
        spec: { podSelector: {}, ingress: [{ from }] },
      },
    ],
  };
}

const knownDifferences = [
  {
    name: 'NotIn without the label',
    case: difference({ matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['b'] }] }),
    finds: 'expected denied, got allowed',
  },
  {
    name: 'an empty value without the label',
    case: difference({ matchLabels: { a: '' } }),
    finds: 'expected allowed, got denied',
  },
];

/**
 * The evaluator of network policies, by which the tests judge what policies open, agrees with cyclonus, which others
 * wrote. That the known differences are found proves that the comparison finds any.
 */
export async function checkReachability(report: Report, binaries: Binaries): Promise<void> {
  const binary = await binaries.find(cyclonusProgram);
  for (const known of knownDifferences) {
    await report.check(`reachability: ${known.name} is found`, async () => {
      const { problems } = await agreesWithCyclonus(binary, [known.case]);
      const found = problems.some((problem) => problem.endsWith(known.finds));
      return { counted: '', problems: found ? [] : [`expected ${known.finds}, got ${JSON.stringify(problems)}`] };
    });
  }
  for (const { name, arbitrary } of samples) {
    await report.check(`reachability: the evaluator equals cyclonus on ${name}`, async () => {
      const cases = fc.sample(arbitrary, { numRuns: worlds, seed });
      const { verdicts, allowed, problems } = await agreesWithCyclonus(binary, cases);
      return {
        counted: `${worlds} worlds, ${verdicts} verdicts, ${Math.round((100 * allowed) / verdicts)} % allowed`,
        problems: problems.map((problem) => `seed ${seed}, ${problem}`),
      };
    });
  }
}
