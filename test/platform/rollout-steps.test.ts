import * as fc from 'fast-check';
import { topologyProblems } from '../../src/platform/topology';

const clusters = ['eu', 'us', 'ap'];
const problems = (rollout: unknown, of: readonly string[] = clusters) =>
  topologyProblems({ environments: { live: { clusters: of, rollout } } });

test.each<[unknown, string]>([
  ['eu', 'topology.environments.live.rollout is "eu", and no list of steps; write a list of clusters for each step'],
  [{ eu: 1 }, 'rollout is a mapping, and no list of steps'],
  [[], 'rollout is [], and no list of steps; write a list of clusters for each step, like [[eu], [us, ap]]'],
  [['eu', ['us', 'ap']], 'rollout[0] "eu" is no list of clusters'],
  [[['eu'], [], ['us', 'ap']], 'rollout[1] [] is no list of clusters'],
  [[['eu'], ['usa', 'ap', 'us']], 'names "usa", which is none of its clusters (did you mean "us"?); use eu, us, ap'],
  [
    [
      ['eu', 1],
      ['us', 'ap'],
    ],
    'names 1, which is none of its clusters',
  ],
  [[['eu'], ['us', 'eu', 'ap']], 'names the cluster "eu" twice; leave it in one step'],
  [[['eu']], 'lacks "us", "ap"; put every cluster of the environment into a step'],
])('the rollout %j is refused: %s', (rollout, message) => {
  expect(problems(rollout).join('\n')).toContain(message);
});

test('everything that is wrong with it is said at once', () => {
  expect(problems([['eu', 'eu'], 'us', ['xx']])).toHaveLength(4);
});

test('a rollout is taken if and only if each cluster is in exactly one step', () => {
  const named = fc.array(fc.array(fc.constantFrom(...clusters, 'other'), { maxLength: 3 }), { maxLength: 4 });
  fc.assert(
    fc.property(named, (rollout) => {
      const isOrder =
        rollout.every((step) => step.length > 0) &&
        JSON.stringify(rollout.flat().sort()) === JSON.stringify([...clusters].sort());
      expect(problems(rollout).length === 0).toBe(isOrder);
    }),
    { numRuns: 500, examples: [[[['eu'], ['us', 'ap']]], [[['ap', 'us', 'eu']]]] },
  );
});
