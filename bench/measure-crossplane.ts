import type { Goal } from './goals';
import { inChild, inTurns } from './in-child';

/** What it costs to describe compositions, check them against the schemas of what they compose, and write them; and to compile them. */
export function measureCrossplane(): Goal[] {
  const { synthesized, checked } = inTurns(3, {
    synthesized: () => inChild('compositions', 200),
    checked: () => inChild('compileCompositions', 0),
  });
  return [
    {
      what: `${synthesized.made} compositions, described to written`,
      value: synthesized.synth / 1000,
      unit: ' s',
      atMost: 2,
    },
    { what: `tsc over compositions/, ${checked.files} files`, value: checked.check / 1000, unit: ' s', atMost: 8 },
  ];
}
