import { grouped } from '../platform/grouped';
import { printable } from '../platform/printable';
import { show } from '../platform/rule';
import type { Finding } from '../policy/finding';
import { stages } from '../policy/rollout';
import { wrapped } from './wrapped';

/** Findings as a person reads them: under each object what is wrong with it, and at the end, once for each rule, why and what to do. */
export function findingsText(findings: readonly Finding[]): string {
  const counted = findings.filter(({ exception }) => exception === undefined);
  const objects = grouped(counted, ({ path, object }) => `${path}\n${object}`);
  const rules = grouped(counted, ({ policy }) => policy);
  return [
    ...[...objects.values()].map((found) =>
      [printable(found[0].object), ...strictestFirst(found).map(line)].join('\n'),
    ),
    ...[...rules.values()].map(ruleText),
  ].join('\n\n');
}

function strictestFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => stages.indexOf(b.enforcement) - stages.indexOf(a.enforcement));
}

function line({ enforcement, policy, path, line: at, column, field, value, says }: Finding): string {
  const place = at === undefined ? path : `${path}:${at}:${column}`;
  const found = value === undefined ? '' : ` (${show(value)})`;
  return `  ${enforcement.padEnd(5)}  ${policy}  ${printable(place)}\n${wrapped(`${field}${found} ${says}`, ' '.repeat(9))}`;
}

function ruleText([{ policy, why, fix }]: readonly Finding[]): string {
  return [policy, wrapped(why, '  '), wrapped(`To fix: ${fix}.`, '  ')].join('\n');
}

/** How many findings there are of each kind: `2 denied, 1 warned`, or `valid`. */
export function findingCounts(findings: readonly Finding[]): string {
  const counted = findings.filter(({ exception }) => exception === undefined);
  const of = (stage: Finding['enforcement']) => counted.filter(({ enforcement }) => enforcement === stage).length;
  const counts: [number, string][] = [
    [of('deny'), 'denied'],
    [of('warn'), 'warned'],
    [of('audit'), 'audited'],
    [findings.length - counted.length, 'excepted'],
  ];
  const told = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return told.length > 0 ? told.join(', ') : 'valid';
}
