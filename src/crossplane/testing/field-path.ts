/** One step of a field path: the name of a field, or the index of an element. */
export type Segment = string | number;

/** The largest index that a field path may set. */
export const maxIndex = 1024;

const cache = new Map<string, readonly Segment[]>();

/**
 * Reads a field path of Crossplane: `spec.list[0].name`, `metadata.annotations[example.org/key]`. What stands in brackets
 * is an index when it is a number below 2^32, and a field name otherwise, with quotes around it left out.
 *
 * @throws Error naming the position of what cannot stand there
 */
export function parseFieldPath(path: string): readonly Segment[] {
  let segments = cache.get(path);
  if (segments === undefined) {
    segments = parse(path);
    cache.set(path, segments);
  }
  return segments;
}

function parse(path: string): Segment[] {
  const unexpected = (position: number): Error =>
    new Error(`cannot parse path ${JSON.stringify(path)}: unexpected '${path[position]}' at position ${position}`);
  const segments: Segment[] = [];
  let at = 0;
  for (;;) {
    const length = path.slice(at).search(/[.[\]]/);
    const end = length < 0 ? path.length : at + length;
    if (path[end] === ']') throw unexpected(end);
    if (end > at) segments.push(unquoted(path.slice(at, end)));
    if (end === path.length) return segments;
    if (path[end] === '.') {
      if (end === 0 || end === path.length - 1) throw unexpected(end);
      at = end + 1;
      if (path[at] === '.' || path[at] === '[') throw unexpected(at);
      continue;
    }
    const close = path.indexOf(']', end);
    if (close < 0) throw new Error(`cannot parse path ${JSON.stringify(path)}: unterminated '[' at position ${end}`);
    if (close === end + 1) throw unexpected(close);
    const inner = path.slice(end + 1, close);
    if (inner.includes('[')) throw unexpected(end + 1 + inner.indexOf('['));
    segments.push(/^\d+$/.test(inner) && Number(inner) < 2 ** 32 ? Number(inner) : unquoted(inner));
    at = close + 1;
  }
}

function unquoted(field: string): string {
  return field.replace(/^['"]+|['"]+$/g, '');
}

/** A path as messages show it. */
export function showPath(segments: readonly Segment[]): string {
  return segments
    .map((segment) => {
      if (typeof segment === 'number') return `[${segment}]`;
      return segment === '*' || segment.includes('.') ? `[${segment}]` : `.${segment}`;
    })
    .join('')
    .replace(/^\./, '');
}
