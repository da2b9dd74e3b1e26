import * as fc from 'fast-check';
import { GoldenError } from '../../src/index';
import { invalidSubject } from './mutations';
import { synthesizeSubject } from './subject';

test('any invalid prop gives a GoldenError that says what is wrong, and no other error', () => {
  fc.assert(
    fc.property(invalidSubject, (subject) => {
      let error: unknown;
      try {
        synthesizeSubject(subject);
      } catch (thrown) {
        error = thrown;
      }
      if (!(error instanceof GoldenError)) throw error ?? new Error('nothing was refused');
      expect(error.problems.length).toBeGreaterThan(0);
    }),
    { numRuns: 1000, seed: 20_260_101 },
  );
}, 300_000);
