import type { Problem } from '../platform/golden-error';
import { judgeDocuments } from '../policy/documents/judge-documents';
import { type DocumentObject, readDocuments } from '../policy/documents/read-documents';
import { datedManifest, expiries } from '../policy/exceptions/exception-expiry';
import { isDenied } from '../policy/finding';
import type { CheckedPolicies } from './checked-policies';
import { type ChosenRules, oneEnvironment } from './chosen-rules';
import { problemsOf } from './load-app';
import { findingCounts, findingsText } from './print-findings';
import { say } from './say';
import { wrapped } from './wrapped';
import { yamlFiles } from './yaml-files';

/** What `check` can be told about files of YAML. */
export interface CheckDocumentsOptions {
  readonly environment?: readonly string[];
  /** The time to hold exceptions against, in milliseconds since 1970. */
  readonly now?: number;
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** Judges files of YAML, whoever wrote them, by rules, and prints what was found. @returns the exit code: 1 when anything is wrong */
export function checkDocuments(
  paths: readonly string[],
  rules: ChosenRules,
  gathered: CheckedPolicies,
  { environment, now, json, debug }: CheckDocumentsOptions,
): number {
  const inForce = rules.inForce(oneEnvironment(rules, environment));
  const problems: Problem[] = [];
  const objects: DocumentObject[] = [];
  let files = 0;
  for (const path of paths) {
    try {
      const before = objects.length;
      for (const file of yamlFiles(path)) {
        const read = readDocuments(file.text, file.path);
        objects.push(...read.objects);
        problems.push(...read.problems);
        files++;
      }
      if (objects.length === before && problems.length === 0)
        problems.push({ path, message: 'holds no Kubernetes object; give YAML or JSON with apiVersion and kind' });
    } catch (error) {
      problems.push(...problemsOf(error, path, debug));
    }
  }
  const findings = judgeDocuments(objects, inForce, { ...rules.exceptionsAt(now), kinds: rules.kinds });
  gathered.add(findings, inForce);
  const ends = now === undefined ? { problems: [], warnings: [] } : expiries(datedManifests(objects), now);
  problems.push(...ends.problems);
  const denied = findings.some(isDenied);
  const counted = { files, objects: objects.length };
  if (json) {
    console.log(JSON.stringify({ problems, warnings: ends.warnings, findings, counted }, undefined, 2));
  } else {
    const text = findingsText(findings);
    if (text !== '') console.error(`${text}\n`);
    say('warning', ends.warnings);
    say('error', problems);
    const broken = problems.length > 0 ? [count(problems.length, 'problem')] : [];
    const verdict = findings.length === 0 && problems.length > 0 ? broken : [findingCounts(findings), ...broken];
    console.log(wrapped(`${count(files, 'file')}, ${count(objects.length, 'object')}: ${verdict.join(', ')}`));
    console.log(wrapped(`judged by ${rules.what}`));
  }
  return denied || problems.length > 0 ? 1 : 0;
}

function datedManifests(objects: readonly DocumentObject[]) {
  return objects.flatMap(({ object, file, placeOf }) => {
    const { line } = placeOf('spec.expiresAt');
    return datedManifest(object, `${file}:${line}`) ?? [];
  });
}

function count(n: number, what: string): string {
  return `${n} ${n === 1 ? what : `${what}s`}`;
}
