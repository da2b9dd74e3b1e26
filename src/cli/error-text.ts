import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { show } from '../platform/rule';

/** Causes that are told: who wrapped an error more often than that said all of it before. */
const most = 5;

/**
 * What an app threw, in a sentence: the error, what it was caused by, and where in the app that was. Anything can be thrown, also
 * what refuses to be looked at.
 */
export function errorText(error: unknown): string {
  try {
    if (!(error instanceof Error)) return `throws ${show(error)}`;
    const all = withCauses(error);
    const place = all.map(placeOf).find((each) => each !== '') ?? '';
    return `${all.map(String).join(', caused by ')}${place}`;
  } catch {
    return 'throws what refuses to be looked at; throw an Error';
  }
}

/** An error, what it was caused by and what that was, each once. */
function withCauses(error: Error): Error[] {
  const all = new Set<Error>();
  const add = (each: unknown) => {
    if (!(each instanceof Error) || all.has(each) || all.size > most) return;
    all.add(each);
    add(each.cause);
    if (each instanceof AggregateError) each.errors.forEach(add);
  };
  add(error);
  return [...all];
}

/** The line that threw, where that is known and the message does not say it. */
function placeOf({ name, stack, message }: Error): string {
  // Where a file can't be parsed, Node says it on the first line of the stack only.
  const parsed = name === 'SyntaxError' ? /^(\S.*:\d+)\n/.exec(stack ?? '') : null;
  if (parsed) return ` at ${parsed[1]}`;
  for (const [, file, line] of (stack ?? '').slice(message.length).matchAll(frame)) {
    const path = file.startsWith('file:') ? fileURLToPath(file) : file;
    if (!path.includes('/node_modules/') && !path.startsWith(library)) {
      return `, at ${relative(process.cwd(), path)}:${line}`;
    }
  }
  return '';
}

/** A line of a stack trace that names a file, and none of Node's own. */
const frame = /^ +at (?:.* \()?((?:file:\/\/)?\/[^()]*):(\d+):\d+\)?$/gm;

/** The folder of the library itself, where it is no installed package. */
const library = __dirname.slice(0, -'cli'.length);
