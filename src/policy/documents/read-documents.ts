import { isMap, isNode, isSeq, type Node } from 'yaml';
import { maxAliasCount, parseDocuments, type TextPlace } from '../../gitops/parse-documents';
import type { Problem } from '../../platform/golden-error';
import { isRecord } from '../../platform/rule';
import type { JudgedObject } from '../evaluate-policies';
import { offsetOf } from './locate-field';

/** An object of a file. */
export interface DocumentObject {
  readonly object: JudgedObject['object'];
  readonly file: string;
  /** Where a field is, or the nearest one above that is there. */
  placeOf(field: string): TextPlace;
}

/** The objects of a file. */
export interface ReadDocuments {
  readonly objects: readonly DocumentObject[];
  /** What can't be read, each at `file:line:column`. */
  readonly problems: readonly Problem[];
}

/**
 * The Kubernetes objects of a text of YAML or JSON: those of several documents, and those inside of lists, as `kubectl get -o yaml` prints
 * them. Documents that are none, such as the values of a chart, are passed over.
 */
export function readDocuments(text: string, file: string): ReadDocuments {
  const parsed = parseDocuments(text);
  const { lines } = parsed;
  const objects: DocumentObject[] = [];
  const problems = parsed.problems.map(({ line, column, message }) => ({ path: `${file}:${line}:${column}`, message }));
  for (const document of parsed.documents) {
    const placeOf = (node: Node) => (field: string) => {
      const { line, col } = lines.linePos(offsetOf(document, node, field));
      return { line, column: col };
    };
    try {
      for (const [value, node] of members(document.toJS({ maxAliasCount }), document.contents)) {
        const object = value as unknown as JudgedObject['object'];
        objects.push({ object, file, placeOf: placeOf(node) });
      }
    } catch (error) {
      const { line } = lines.linePos(document.range?.[0] ?? 0);
      problems.push({ path: `${file}:${Math.max(line, 1)}`, message: `can't be read: ${(error as Error).message}` });
    }
  }
  return { objects, problems };
}

/** The objects of a value: itself, or the items of a list, which name their kind only by the list's when a server wrote them. */
function members(value: unknown, node: unknown): [Readonly<Record<string, unknown>>, Node][] {
  if (!isRecord(value) || typeof value.apiVersion !== 'string' || typeof value.kind !== 'string') return [];
  const { apiVersion, kind, items } = value;
  if (!Array.isArray(items) || !kind.endsWith('List')) return isNode(node) ? [[value, node]] : [];
  const list = isMap(node) ? node.get('items') : undefined;
  const nodes = isSeq(list) ? list.items : [];
  const named = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
  return items.flatMap((item, i) => (isRecord(item) ? members({ ...named, ...item }, nodes[i] ?? node) : []));
}
