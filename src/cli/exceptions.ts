import { existsSync, readFileSync } from 'node:fs';
import type { Problem } from '../platform/golden-error';
import { replaceFile } from '../platform/replace-file';
import { table } from '../platform/table';
import { withException } from '../policy/exceptions/add-exception';
import { type AskedException, askedException, type ExceptionTerms } from '../policy/exceptions/asked-exception';
import { exceptionsFile, exceptionsFrom, parseExceptions } from '../policy/exceptions/exceptions-from';
import { allPacks } from '../policy/packs/all-packs';
import type { PolicyException } from '../policy/policy-exception';
import { kindsOfCrds } from '../schema/kind-registry';
import { guardrailsOf } from './chosen-rules';
import { problemsOf } from './load-app';
import { loadPlatform } from './load-platform';
import { sayFailed } from './say';
import { wrapped } from './wrapped';

interface CommonFlags {
  readonly platform?: string;
  /** In milliseconds since 1970. */
  readonly now?: number;
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** What `exceptions add` can be told. */
export interface AskedFlags extends CommonFlags, Omit<AskedException, 'rule'> {
  readonly file: string;
}

/** What `exceptions list` can be told. */
export interface ListFlags extends CommonFlags {
  readonly file?: string;
}

/** Writes an exception to a file. @returns the exit code: 1 when anything stands in its way */
export async function addException(
  rule: string,
  { file, platform, now, json, debug, ...asked }: AskedFlags,
): Promise<number> {
  try {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const terms = { ...(await termsOf(platform)), given: parseExceptions(text, file), now: now ?? Date.now() };
    const exception = askedException({ ...asked, rule }, terms);
    if (isProblems(exception))
      return failed(
        exception.map((message) => ({ path: 'exceptions add', message })),
        json,
      );
    const changed = withException(text, exception, file);
    replaceFile(file, changed);
    const { writtenAt, ...written } = parseExceptions(changed, file).slice(-1)[0];
    if (json) console.log(JSON.stringify({ problems: [], writtenAt, exception: written }, undefined, 2));
    else console.log(wrapped(`${writtenAt}: ${objectOf(written)} may break ${rule} until ${written.expiresAt}`));
    return 0;
  } catch (error) {
    return failed(problemsOf(error, file, debug), json);
  }
}

/** Prints the exceptions of a file or of a platform. @returns the exit code: 1 when they can't be read */
export async function listExceptions({ file, platform, now = Date.now(), json, debug }: ListFlags): Promise<number> {
  const path = platform ?? file ?? exceptionsFile;
  try {
    const ofPlatform = platform === undefined ? [] : guardrailsOf(await loadPlatform(platform), platform).exceptions;
    const ofFile = platform === undefined || file !== undefined ? exceptionsFrom(file ?? exceptionsFile) : [];
    const exceptions = [...ofPlatform, ...ofFile].sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1));
    const isOver = ({ expiresAt }: PolicyException) => Date.parse(expiresAt) <= now;
    if (json) {
      const listed = exceptions.map((each) => ({ ...each, isOver: isOver(each) }));
      console.log(JSON.stringify({ problems: [], exceptions: listed }, undefined, 2));
    } else console.log(exceptions.length === 0 ? 'no exceptions' : overview(exceptions, isOver));
    return 0;
  } catch (error) {
    return failed(problemsOf(error, path, debug), json);
  }
}

/** Under each row its reason, which is longer than a column. */
function overview(exceptions: readonly PolicyException[], isOver: (exception: PolicyException) => boolean): string {
  const rows = exceptions.map((each) => [until(each, isOver(each)), each.policy, each.owner, objectOf(each)]);
  const [heading, ...lines] = table(['UNTIL', 'RULE', 'OWNER', 'OBJECT'], rows).split('\n');
  return [heading, ...lines.flatMap((line, i) => [line, wrapped(exceptions[i].reason, '  ')])].join('\n');
}

function until({ expiresAt }: PolicyException, isOver: boolean): string {
  return `${expiresAt.replace('T00:00:00Z', '')}${isOver ? ', is over' : ''}`;
}

function objectOf({ object: { kind, namespace, name } }: PolicyException): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** What a platform says of exceptions; without one, any rule of the library may be broken by anybody for any time. */
async function termsOf(file: string | undefined): Promise<Omit<ExceptionTerms, 'now'>> {
  const ids = (policies: readonly { readonly id: string }[]) => policies.map(({ id }) => id);
  if (file === undefined) return { rules: ids(allPacks.flatMap(({ policies }) => policies)) };
  const platform = await loadPlatform(file);
  const guardrails = guardrailsOf(platform, file);
  const [environment] = Object.keys(platform.topology.environments);
  const { owners } = platform.topology;
  return {
    rules: ids(guardrails.stages(platform, environment).map(({ policy }) => policy)),
    longest: guardrails.longestException,
    ...(owners && { owners: Object.keys(owners) }),
    kinds: kindsOfCrds(platform.crds),
  };
}

function isProblems(found: PolicyException | readonly string[]): found is readonly string[] {
  return Array.isArray(found);
}

function failed(problems: readonly Problem[], json?: boolean): number {
  sayFailed(problems, json);
  return 1;
}
