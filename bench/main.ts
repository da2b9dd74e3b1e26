import { table } from '../src/platform/table';
import { type CaseName, cases } from './cases';
import { type Goal, goalRow } from './goals';
import { measureCrossplane } from './measure-crossplane';
import { measureDiff } from './measure-diff';
import { measureMonorepo } from './measure-monorepo';
import { measurePolicies } from './measure-policies';
import { measureRender } from './measure-render';
import { measureStart } from './measure-start';
import { measureSynth } from './measure-synth';
import { measureTeams } from './measure-teams';
import { measureUpdate } from './measure-update';
import { scratchFolder } from './scratch-folder';

const [first, name, size, folder] = process.argv.slice(2);
if (first === 'case') console.log(JSON.stringify(cases[name as CaseName](Number(size), folder)));
else main(process.argv.includes('--full'));

/** Measures everything, or with a word (`synth`, `render`, `teams`, `crossplane`, `monorepo`, `update`, `policies`, `start`) only that. */
function main(full: boolean): void {
  const words = ['synth', 'render', 'teams', 'crossplane', 'monorepo', 'update', 'policies', 'start'];
  const chosen = (part: string) => !words.some((word) => process.argv.includes(word)) || process.argv.includes(part);
  const goals: Goal[] = [];
  const notes: string[] = [`Trees are written below ${scratchFolder()}; GOLDEN_BENCH_FOLDER names another folder.`];
  if (chosen('start')) goals.push(...measureStart());
  if (chosen('synth')) goals.push(...measureSynth(full));
  if (chosen('render')) {
    const { goals: more, breakdown } = measureRender();
    goals.push(...more);
    notes.unshift('Where the time of a render goes:', ...breakdown.map((line) => `  ${line}`));
  }
  if (chosen('teams')) goals.push(...measureTeams());
  if (chosen('crossplane')) goals.push(...measureCrossplane());
  if (chosen('policies')) {
    const { goals: more, notes: remarks } = measurePolicies(full);
    goals.push(...more);
    notes.push(...remarks);
  }
  if (chosen('monorepo')) goals.push(...measureMonorepo(), ...measureDiff());
  if (chosen('update')) goals.push(...measureUpdate());
  if (chosen('synth') && !full)
    notes.push('6400 charts take stock more than a minute and are measured with --full only.');
  console.log(table(['WHAT', 'MEASURED', 'GOAL', ''], goals.map(goalRow)));
  console.log(`\n${notes.join('\n')}`);
}
