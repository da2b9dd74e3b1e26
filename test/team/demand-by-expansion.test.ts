import fc from 'fast-check';
import { demandOf } from '../../src/team/demand';
import { bruteForce } from './pod-expansion';
import { team } from './team-arbitrary';

/** The oracle counts no objects of other kinds, and in thousandths. */
function inThousandths(used: ReadonlyMap<string, bigint>): Record<string, bigint> {
  const counted = [...used].filter(([key]) => !key.startsWith('count/'));
  return Object.fromEntries(counted.map(([key, value]) => [key, value / 1_000_000n]));
}

const withoutZeros = (sums: Record<string, bigint>) =>
  Object.fromEntries(Object.entries(sums).filter(([, value]) => value > 0n));

test('demand equals an expansion of every workload into its pods, for 300 random teams', () => {
  fc.assert(
    fc.property(team, ({ objects, ...around }) => {
      const { used } = demandOf(objects, around);
      expect(withoutZeros(inThousandths(used))).toEqual(withoutZeros(bruteForce(objects, around)));
    }),
    { numRuns: 300, seed: 20 },
  );
});
