import type { Goal } from './goals';
import { inChild, inTurns } from './in-child';
import { builtKyverno, kyvernoApplyTime } from './kyverno';

const sizes = [1, 100, 1000];

/** What rules cost in process: against Kyverno's command line with the same rules, and against rendering what they judge. */
export function measurePolicies(full: boolean): { readonly goals: readonly Goal[]; readonly notes: readonly string[] } {
  const kyverno = builtKyverno();
  const compared = kyverno ? sizes.filter((size) => full || size <= 100) : [];
  const notes = [
    ...(kyverno ? [] : ["Kyverno's command line is not there; npm run conformance builds it."]),
    ...(kyverno && !full ? ['1000 Deployments take Kyverno minutes and are measured with --full only.'] : []),
  ];
  return { goals: [...sizes.flatMap((size) => judged(size, compared.includes(size) && kyverno)), ...packs()], notes };
}

/** Sixteen rules of pod security over Deployments. */
function judged(size: number, kyverno: string | false | undefined): Goal[] {
  const { ours } = inTurns(3, { ours: () => inChild('judgeDeployments', size) });
  const what = `16 rules over ${size} Deployment${size === 1 ? '' : 's'}`;
  const own: Goal = { what: `${what}, in process`, value: ours.judge / 1000, unit: ' s' };
  if (!kyverno) return [own];
  const value = kyvernoApplyTime(kyverno, size) / ours.judge;
  return [own, { what: `kyverno apply / in process, ${what}`, value, ...(size === 1000 && { atLeast: 200 }) }];
}

/** All packs over everything that services render to. */
function packs(): Goal[] {
  const { half, all, render } = inTurns(3, {
    half: () => inChild('judgeServices', 1500),
    all: () => inChild('judgeServices', 3000),
    render: () => inChild('render', 3000),
  });
  return [
    {
      what: `all packs (${all.rules} rules) over ${all.objects} objects / rendering them`,
      value: all.judge / render.render,
      atMost: 1,
    },
    { what: 'growth exponent, 1500 to 3000 services', value: Math.log2(all.judge / half.judge), atMost: 1.1 },
  ];
}
