import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { maxAliasCount, parseDocuments } from '../../gitops/parse-documents';
import { GoldenError, type Problem } from '../../platform/golden-error';
import { isRecord, show } from '../../platform/rule';
import type { KindRegistry } from '../../schema/kind-registry';
import { compilePolicy } from '../compiled-policy';
import type { PolicyInForce } from '../rollout';
import { type ImportedException, importException } from './import-exception';
import { importPolicy } from './import-policy';
import type { ValidatingPolicyYaml } from './kyverno-yaml';

/** Policies of files, as they are in force in a cluster that has them. */
export interface ReadPolicies {
  readonly inForce: readonly PolicyInForce[];
  /** Exceptions from them. */
  readonly exceptions: readonly ImportedException[];
  /** Policies that are not judged in process, because they judge nothing: they change, make or delete objects, ask a registry, or except single values. */
  readonly notJudged: readonly { readonly file: string; readonly kind: string; readonly name: string }[];
}

/**
 * Reads Kyverno's ValidatingPolicies and the exceptions from them from a folder and those below it, so that they are judged like rules written in TypeScript. Files without
 * policies are passed over.
 *
 * @param extra kinds of the platform's own CRDs
 * @throws GoldenError with everything that cannot be read or judged alike, and the file it is in: an expression that does not compile, a
 *   function that is not known here, a selector that needs labels of namespaces, a ClusterPolicy
 */
export function readPolicies(folder: string, extra?: KindRegistry): ReadPolicies {
  const problems: Problem[] = [];
  const inForce: PolicyInForce[] = [];
  const exceptions: ImportedException[] = [];
  const notJudged: ReadPolicies['notJudged'][number][] = [];
  const seen = new Map<string, string>();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.ya?ml$/.test(file));
  for (const file of files.sort()) {
    for (const document of documentsOf(join(folder, file), file, problems)) {
      const { apiVersion, kind, metadata } = document;
      const group = String(apiVersion).split('/')[0];
      const name = String(metadata?.name ?? '');
      const fail = (message: string) => problems.push({ path: file, message: `${kind} ${show(name)}: ${message}` });
      if (group === 'kyverno.io' && (kind === 'ClusterPolicy' || kind === 'Policy')) {
        fail(
          'is of the group that Kyverno 1.20 stops carrying out; rewrite it as a ValidatingPolicy of policies.kyverno.io',
        );
      }
      if (group !== 'policies.kyverno.io') continue;
      const twin = seen.get(`${kind} ${name}`);
      if (twin) fail(`is in ${twin} already; rename one of them`);
      seen.set(`${kind} ${name}`, file);
      try {
        if (kind !== 'ValidatingPolicy') {
          const exception = kind === 'PolicyException' ? importException({ ...document }, file) : undefined;
          if (exception) exceptions.push(exception);
          else notJudged.push({ file, kind: String(kind), name });
          continue;
        }
        const imported = importPolicy(document, extra);
        for (const { policy } of imported) compilePolicy(policy);
        inForce.push(...imported);
      } catch (error) {
        if (!(error instanceof GoldenError)) throw error;
        problems.push(
          ...error.problems.map(({ message }) => ({ path: file, message: `${kind} ${show(name)}: ${message}` })),
        );
      }
    }
  }
  if (problems.length > 0) throw new GoldenError(problems);
  return { inForce, exceptions, notJudged };
}

function documentsOf(path: string, file: string, problems: Problem[]): ValidatingPolicyYaml[] {
  const parsed = parseDocuments(readFileSync(path, 'utf8'));
  problems.push(...parsed.problems.map(({ line, message }) => ({ path: `${file}:${line}`, message })));
  return parsed.documents.flatMap((document) => {
    try {
      const value: unknown = document.toJS({ maxAliasCount });
      return isRecord(value) ? [value as ValidatingPolicyYaml] : [];
    } catch (aliases) {
      problems.push({ path: file, message: `can't be read: ${(aliases as Error).message}` });
      return [];
    }
  });
}
