import { Optional } from '@marcbachmann/cel-js';
import { re2 } from '../re2';
import { define, FunctionError, type Library, namespace } from './library';

/** Kubernetes' `find` and `findAll`, the standard's `matches`, and `regex.replace`, `regex.extract` and `regex.extractAll`. */
export const regexLibrary: Library = (env) => {
  define(env, {
    // cel-js has `matches` with JavaScript's meaning and lets nobody replace it; calls are renamed to this one.
    'string.matchesRe2(string): bool': (text: string, pattern: string) => re2(pattern).test(text),
    'matchesRe2(string, string): bool': (text: string, pattern: string) => re2(pattern).test(text),
    'string.find(string): string': (text: string, pattern: string) => re2(pattern).exec(text)?.[0] ?? '',
    'string.findAll(string): list<string>': (text: string, pattern: string) => all(text, pattern),
    'string.findAll(string, int): list<string>': (text: string, pattern: string, limit: bigint) =>
      limit < 0n ? all(text, pattern) : all(text, pattern).slice(0, Number(limit)),
  });
  namespace(env, 'regex', {
    'replace(string, string, string): string': (text: string, pattern: string, by: string) =>
      text.replace(re2(pattern, 'g'), (...match) => expand(by, match)),
    'replace(string, string, string, int): string': (text: string, pattern: string, by: string, count: bigint) => {
      let left = count < 0n ? Number.POSITIVE_INFINITY : Number(count);
      return text.replace(re2(pattern, 'g'), (...match) => (left-- > 0 ? expand(by, match) : match[0]));
    },
    'extract(string, string): optional<string>': (text: string, pattern: string) => {
      const match = re2(pattern).exec(text);
      return Optional.of(match ? captured(match) : undefined);
    },
    'extractAll(string, string): list<string>': (text: string, pattern: string) =>
      [...text.matchAll(re2(pattern, 'g'))].map(captured),
  });
};

function all(text: string, pattern: string): string[] {
  return [...text.matchAll(re2(pattern, 'g'))].map(([found]) => found);
}

/** What a pattern with at most one group captures. */
function captured(match: RegExpExecArray | RegExpMatchArray): string {
  if (match.length > 2) throw new FunctionError('regex.extract takes a pattern with one group at most');
  return match[1] ?? match[0];
}

/** Puts groups into a replacement: `\1` is the first, `\0` the whole match. */
function expand(replacement: string, match: readonly unknown[]): string {
  return replacement.replace(/\\(\d|\\)/g, (_, digit: string) =>
    digit === '\\' ? '\\' : String(match[Number(digit)]),
  );
}
