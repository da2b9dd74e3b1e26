import type { Goal } from './goals';
import { inChild, inTurns } from './in-child';

/** How many times faster our synthesis is than stock cdk8s on the same charts of five objects. */
export function measureSynth(full: boolean): Goal[] {
  return [400, 1600, ...(full ? [6400] : [])].map((charts) => {
    const { stock, golden } = inTurns(charts > 1600 ? 1 : 3, {
      stock: () => inChild('stockSynth', charts),
      golden: () => inChild('goldenSynth', charts),
    });
    const what = `stock App.synth() / ours, ${charts} charts`;
    return { what, value: stock.synth / golden.synth, atLeast: { 1600: 5, 6400: 20 }[charts] };
  });
}
