import { Composer, type Document, Lexer, LineCounter, Parser, type Tags, visit } from 'yaml';
import { show } from '../platform/rule';

/** A place in a text; both are counted from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** What is wrong with a text, and where. */
export interface TextProblem extends TextPlace {
  readonly message: string;
}

/** The documents of a text. */
export interface ParsedDocuments {
  readonly documents: readonly Document[];
  readonly problems: TextProblem[];
  readonly lines: LineCounter;
}

/** Aliases that a text may have, and that one anchor may: more than people write, fewer than fill the memory. */
const maxAliases = 1000;
export const maxAliasCount = 100;

/** How deep maps and lists may stand inside of each other; objects of Kubernetes stay below 50. */
const maxDepth = 500;

/**
 * The YAML or JSON documents of a text, read as `kubectl` reads them: by YAML 1.1, where `yes` is true and `0644` is octal, but with
 * times left as texts. A key that is there twice is a problem, because only one of the two would count.
 */
export function parseDocuments(text: string): ParsedDocuments {
  const lines = new LineCounter();
  const documents: Document[] = [];
  const problems: TextProblem[] = [];
  const fail = (offset: number, message: string) => {
    const { line, col } = lines.linePos(offset);
    problems.push({ line: Math.max(line, 1), column: Math.max(col, 1), message });
  };
  const composer = new Composer({ version: '1.1', customTags: withoutTimes, uniqueKeys: false, prettyErrors: false });
  try {
    for (const document of composer.compose(tokens(text, lines))) {
      for (const { pos, message } of document.errors) fail(pos[0], `is no YAML: ${lowerFirst(message)}`);
      if (document.errors.length > 0) continue;
      const before = problems.length;
      twins(document, (offset, key) => fail(offset, `has the key ${show(key)} twice in one map; remove one of them`));
      if (problems.length === before) documents.push(document as Document);
    }
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    fail(error.offset, error.message);
  }
  return { documents, problems, lines };
}

/** A text that would fill the memory. */
class TooMuch extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** The tokens of a text. Aliases and depth are counted before anything is made of them. */
function* tokens(text: string, lines: LineCounter) {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let aliases = 0;
  let before = '';
  for (const lexeme of new Lexer().lex(text)) {
    // The text of a scalar follows a mark of its own.
    if (lexeme.startsWith('*') && before !== '\u001f' && ++aliases > maxAliases) {
      throw new TooMuch(parser.offset, `has more than ${maxAliases} aliases; write out what they stand for`);
    }
    before = lexeme;
    yield* parser.next(lexeme);
    if (parser.stack.length > maxDepth) throw new TooMuch(parser.offset, `is nested deeper than ${maxDepth} levels`);
  }
  yield* parser.end();
}

/** Go's parser knows neither times of day as numbers nor times as anything but texts. */
function withoutTimes(tags: Tags): Tags {
  return tags
    .filter((tag) => typeof tag !== 'object' || !('format' in tag && tag.format === 'TIME'))
    .filter((tag) => typeof tag !== 'object' || tag.tag !== 'tag:yaml.org,2002:timestamp');
}

/** The library looks for twins by comparing each key with all before it, which takes a minute in a large map. */
function twins(document: Document.Parsed, found: (offset: number, key: string) => void): void {
  visit(document, {
    Map(_, map) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        const name = String((key as { value?: unknown } | null)?.value ?? key);
        if (seen.has(name) && name !== '<<') found((key as { range?: [number] } | null)?.range?.[0] ?? 0, name);
        seen.add(name);
      }
    },
  });
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).split('\n')[0];
}
