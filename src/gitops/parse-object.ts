import type { PlainObject } from '../platform/placed-object';
import { isRecord } from '../platform/rule';
import { parseDocuments, type TextProblem } from './parse-documents';

/** What a file of a tree holds. */
export interface ParsedObject {
  /** Undefined when there are problems. */
  readonly object?: PlainObject;
  readonly problems: readonly TextProblem[];
}

/** The one object that a file of a tree holds, or why it holds none. What is rendered has no aliases, so none are read. */
export function parseObject(text: string): ParsedObject {
  const { documents, problems } = parseDocuments(text);
  const fail = (message: string): ParsedObject => ({ problems: [{ line: 1, column: 1, message }] });
  if (problems.length > 0) return { problems };
  if (documents.length > 1) return fail('holds several documents, where one was rendered');
  let object: unknown;
  try {
    object = documents[0]?.toJS({ maxAliasCount: 0 });
  } catch (error) {
    return fail((error as Error).message);
  }
  const { apiVersion, kind, metadata } = isRecord(object) ? object : {};
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || !isRecord(metadata)) {
    return fail('is no Kubernetes object');
  }
  return { object: object as unknown as PlainObject, problems: [] };
}
