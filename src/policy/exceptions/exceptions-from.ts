import { readFileSync, statSync } from 'node:fs';
import { maxAliasCount, parseDocuments } from '../../gitops/parse-documents';
import { GoldenError, type Problem, refuse } from '../../platform/golden-error';
import { isRecord, show, unknownKeyProblems } from '../../platform/rule';
import { offsetOf } from '../documents/locate-field';
import { type PolicyException, soundException } from '../policy-exception';

/** What a file of exceptions is usually called. */
export const exceptionsFile = 'exceptions.yaml';

/**
 * The exceptions of a file, as `golden exceptions add` writes it: a list, each with the fields of {@link PolicyException}. An empty file
 * holds none.
 *
 * ```ts
 * new Guardrails({ packs, exceptions: exceptionsFrom(`${__dirname}/exceptions.yaml`) });
 * ```
 *
 * @param file relative paths are of the working folder, which is that of the app
 * @throws GoldenError when there is no such file, and with every line of it that can't be read or lacks something
 */
export function exceptionsFrom(file: string): readonly PolicyException[] {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    refuse(file, 'there is no such file; make an empty one, and add to it with golden exceptions add');
  return parseExceptions(readFileSync(file, 'utf8'), file);
}

/**
 * The exceptions that a text holds.
 *
 * @param file what the text is called in errors, and in `writtenAt`
 * @throws GoldenError with every line that can't be read or lacks something
 */
export function parseExceptions(text: string, file: string): readonly PolicyException[] {
  const { documents, problems: unreadable, lines } = parseDocuments(text);
  const problems: Problem[] = unreadable.map(({ line, message }) => ({ path: `${file}:${line}`, message }));
  if (documents.length > 1) problems.push({ path: file, message: 'has several documents; write one list' });
  const [document] = documents;
  const list: unknown = problems.length === 0 ? document?.toJS({ maxAliasCount }) : undefined;
  if (list !== undefined && list !== null && !Array.isArray(list))
    problems.push({ path: file, message: `is no list; begin each exception with "- policy:"` });
  const items: readonly unknown[] = Array.isArray(list) ? list : [];
  const exceptions = items.map((item, i) => {
    const contents = document?.contents;
    const line = contents ? lines.linePos(offsetOf(document, contents, `[${i}]`)).line : 1;
    const writtenAt = `${file}:${line}`;
    problems.push(...itemProblems(item).map((message) => ({ path: writtenAt, message })));
    return { ...(item as PolicyException), writtenAt };
  });
  if (problems.length > 0) throw new GoldenError(problems);
  return exceptions;
}

function itemProblems(item: unknown): string[] {
  if (!isRecord(item)) return [`${show(item)} is no exception; write policy, object, reason, owner and expiresAt`];
  const { object } = item;
  return [
    ...unknownKeyProblems('the exception', item, ['policy', 'object', 'reason', 'owner', 'expiresAt']),
    ...(isRecord(object) ? unknownKeyProblems('its object', object, ['kind', 'name', 'namespace']) : []),
    ...soundException(item as unknown as PolicyException),
  ];
}
