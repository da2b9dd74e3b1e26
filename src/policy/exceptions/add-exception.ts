import { isSeq, parseDocument, stringify } from 'yaml';
import { GoldenError } from '../../platform/golden-error';
import type { PolicyException } from '../policy-exception';
import { parseExceptions } from './exceptions-from';

const head =
  '# Objects that may break a rule for a while. golden exceptions add writes here, golden check --now watches over it.\n';

/**
 * A text of exceptions with one more at its end. Nothing else of it changes: neither comments nor the way in which others wrote theirs.
 *
 * @param file what the text is called in errors
 * @throws GoldenError when the text holds no exceptions.
 */
export function withException(
  text: string,
  { policy, object, reason, owner, expiresAt }: PolicyException,
  file: string,
): string {
  const before = parseExceptions(text, file);
  const { kind, namespace, name } = object;
  const item = {
    policy,
    object: { kind, ...(namespace !== undefined && { namespace }), name },
    reason,
    owner,
    expiresAt,
  };
  const changed = appended(text, item);
  if (same(changed, [...before, item], file)) return changed;
  throw new GoldenError([
    { path: file, message: 'is written in a way that nothing can be added to; write it as one list in block style' },
  ]);
}

/** Whether a text holds these exceptions: one that ends in an unusual way would take in what is appended, or lose something. */
function same(text: string, expected: readonly PolicyException[], file: string): boolean {
  const plain = (list: readonly PolicyException[]) =>
    JSON.stringify(list.map((each) => ({ ...each, writtenAt: undefined })));
  try {
    return plain(parseExceptions(text, file)) === plain(expected);
  } catch {
    return false;
  }
}

function appended(text: string, item: object): string {
  const { contents } = parseDocument(text);
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  // An empty list in brackets becomes one with lines.
  const list = isSeq(contents) && contents.items.length === 0 ? text.replace(/\[\s*\]/, '') : text;
  const start = isSeq(contents) && contents.items.length > 0 ? (contents.range?.[0] ?? 0) : 0;
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  const lines = stringify([item], { lineWidth: 0, version: '1.1' }).trimEnd().split('\n');
  const body = list.trim() === '' ? head : `${list.trimEnd()}${newline}`;
  return `${body}${lines.map((line) => indent + line).join(newline)}${newline}`;
}
