import { parse } from 'yaml';
import { isRecord } from './rule';

/** What stands between the platform team's text of a lock and the services of the tree. */
export const renderedHeading = '# What the tree renders: `golden update` writes all that follows.\nrendered:\n';

/**
 * What a lock file says. The services of the tree are a line of JSON each, which is YAML as well: YAML takes half a second for a
 * few thousand of them.
 *
 * @throws Error when the text is no YAML.
 */
export function parseLock(text: string): unknown {
  const at = text.lastIndexOf(renderedHeading);
  const rendered = at < 0 ? undefined : linesOf(text.slice(at + renderedHeading.length));
  const written = rendered && parse(text.slice(0, at));
  return isRecord(written) && !Object.hasOwn(written, 'rendered') ? { ...written, rendered } : parse(text);
}

/** The services of lines as they are written, or undefined where anything else is among them. */
function linesOf(text: string): Record<string, unknown> | undefined {
  const entries = text.split('\n').map((line): [string, unknown] | undefined => {
    const [, id, json] = /^ {2}([a-z0-9/-]+): (\{.*\})$/.exec(line) ?? [];
    try {
      return json === undefined ? undefined : [id, JSON.parse(json)];
    } catch {
      return undefined;
    }
  });
  const isEnded = entries.pop() === undefined && text.endsWith('\n');
  const found = entries.filter((entry) => entry !== undefined);
  const isEach = found.length === entries.length && new Set(found.map(([id]) => id)).size === found.length;
  return isEnded && isEach ? Object.fromEntries(found) : undefined;
}

/** A service as such a line. */
export function renderedLine(id: string, service: object): string {
  return `  ${id}: ${JSON.stringify(service, undefined, 1).replaceAll(/\n\s*/g, ' ')}\n`;
}
