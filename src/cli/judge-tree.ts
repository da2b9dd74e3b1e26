import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TreeObject } from '../app/check-tree';
import type { Problem } from '../platform/golden-error';
import { grouped } from '../platform/grouped';
import { judgeDocuments } from '../policy/documents/judge-documents';
import { type DocumentObject, readDocuments } from '../policy/documents/read-documents';
import { datedManifest, expiries } from '../policy/exceptions/exception-expiry';
import { type Finding, isDenied } from '../policy/finding';
import type { CheckedPolicies } from './checked-policies';
import type { ChosenRules } from './chosen-rules';
import { findingCounts, findingsText } from './print-findings';

/** What rules say of a tree. */
export interface JudgedTree {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** Undefined when nobody said which rules count. */
  readonly findings?: readonly Finding[];
  /** Whether a rule stands in the way. */
  readonly denied: boolean;
  /** How many findings there are of each kind. */
  readonly verdict?: string;
  /** The findings as a person reads them. */
  readonly text?: string;
}

/**
 * Holds the objects of a tree against rules, each folder against those of its environment, and its exceptions against the clock.
 *
 * @param rules undefined when nobody named any: what is in a tree was judged when it was rendered
 */
export function judgeTree(
  root: string,
  objects: readonly TreeObject[],
  rules: ChosenRules | undefined,
  gathered: CheckedPolicies,
  now: number | undefined,
): JudgedTree {
  const dated = objects.flatMap(({ object, path }) => datedManifest(object, join(root, path)) ?? []);
  const ends = now === undefined ? { problems: [], warnings: [] } : expiries(dated, now);
  if (!rules) return { ...ends, denied: false };
  const findings = [...grouped(objects, ({ environment }) => environment)].flatMap(([environment, members]) => {
    const inForce = rules.inForce(environment);
    const found = judgeDocuments(
      members.map((member) => documentOf(root, member)),
      inForce,
      { ...rules.exceptionsAt(now), kinds: rules.kinds },
    );
    gathered.add(found, inForce);
    return found;
  });
  const denied = findings.some(isDenied);
  return { ...ends, findings, denied, verdict: findingCounts(findings), text: findingsText(findings) };
}

/** An object of a tree. Its file is only read for places when something is wrong with it. */
function documentOf(root: string, { object, path }: TreeObject): DocumentObject {
  const file = join(root, path);
  let read: DocumentObject | undefined;
  return {
    object,
    file,
    placeOf: (field) => {
      read ??= readDocuments(readFileSync(file, 'utf8'), file).objects[0];
      return read?.placeOf(field) ?? { line: 1, column: 1 };
    },
  };
}
