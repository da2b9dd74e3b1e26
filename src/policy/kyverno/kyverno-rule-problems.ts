import { Cron } from 'croner';
import { nameProblem } from '../../platform/names';
import { show } from '../../platform/rule';
import { kindsOf } from '../policy-kinds';
import type { KyvernoRule } from './kyverno-rule';

/** What is wrong with a rule that Kyverno carries out. */
export function kyvernoRuleProblems(rule: KyvernoRule): string[] {
  const problems: (string | undefined)[] = [nameProblem('id', rule.id)];
  if (!rule.title.trim() || !rule.why.trim()) problems.push('title or why is empty; a rule has to explain itself');
  switch (rule.kind) {
    case 'verify-images':
      if (rule.images.length === 0) problems.push('it names no images; write globs like "ghcr.io/acme/*"');
      if (rule.attestors.length === 0) problems.push('it names nobody who signs; add an attestor');
      for (const { name } of [...rule.attestors, ...(rule.attestations ?? [])]) {
        if (!/^[a-z][A-Za-z0-9]*$/.test(name)) problems.push(`${show(name)} is no identifier; use letters and digits`);
      }
      for (const { name, maxAgeDays } of rule.attestations ?? []) {
        if (maxAgeDays !== undefined && !(maxAgeDays > 0)) {
          problems.push(`maxAgeDays ${show(maxAgeDays)} of ${name} must be above 0`);
        }
      }
      return known(problems);
    case 'generate':
      if (rule.objects.length === 0) problems.push('it makes nothing; add an object');
      if (rule.examples.every(({ makes }) => makes.length === 0))
        problems.push('no example shows what it makes; add one');
      break;
    case 'delete':
      if (!isSchedule(rule.schedule))
        problems.push(`schedule ${show(rule.schedule)} is no cron schedule; write it like "0 * * * *"`);
      if (Object.keys(rule.conditions).length === 0) problems.push('it has no condition and would delete everything');
      if (rule.examples.deletes.length === 0) problems.push('no example is deleted; add an object');
      if (rule.examples.keeps.length === 0) problems.push('no example is kept; add an object');
      break;
    case 'mutate':
      if (rule.apply.length === 0) problems.push('it changes nothing; add an expression');
      if (rule.examples.length === 0) problems.push('no example shows what it changes; add one');
      break;
  }
  try {
    kindsOf(rule.match);
  } catch (error) {
    problems.push((error as Error).message);
  }
  return known(problems);
}

const known = (problems: readonly (string | undefined)[]): string[] =>
  problems.filter((problem) => problem !== undefined);

function isSchedule(schedule: string): boolean {
  try {
    new Cron(schedule, { paused: true, mode: '5-part' }).stop();
    return true;
  } catch {
    return false;
  }
}
