import * as fc from 'fast-check';
import { validSubject } from './arbitraries';
import { synthesizeSubject } from './subject';

const runs = { numRuns: 1000, seed: 20_260_101 };
const timeout = 300_000;

function bytesOf(synthesis: ReturnType<typeof synthesizeSubject>): string {
  return JSON.stringify(synthesis.folders);
}

test(
  'any valid props synthesize to objects that pass every check',
  () => {
    fc.assert(
      fc.property(validSubject, (subject) => {
        const { objects, warnings } = synthesizeSubject(subject);
        expect(objects.length).toBeGreaterThan(1);
        expect(warnings).toEqual([]);
      }),
      runs,
    );
  },
  timeout,
);

test(
  'two renders of any valid props are equal byte for byte',
  () => {
    fc.assert(
      fc.property(validSubject, (subject) => {
        expect(bytesOf(synthesizeSubject(subject))).toBe(bytesOf(synthesizeSubject(subject)));
      }),
      runs,
    );
  },
  timeout,
);

test(
  'no byte of a render depends on the constructs around a workload',
  () => {
    const scopes = fc.array(fc.stringMatching(/^[A-Za-z][\w-]{0,30}$/), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(validSubject, scopes, (subject, around) => {
        expect(bytesOf(synthesizeSubject(subject, around))).toBe(bytesOf(synthesizeSubject(subject)));
      }),
      runs,
    );
  },
  timeout,
);
