import { parse, stringify } from 'yaml';
import { parseLock, renderedHeading, renderedLine } from '../platform/platform-lock-text';
import type { RenderedService } from '../platform/rendered-services';
import { isRecord } from '../platform/rule';

/** The platform team's part of a lock: all of it, but for what `golden update` wrote into one that was committed with it. */
export function writtenPart(text: string): string {
  const at = text.lastIndexOf(renderedHeading);
  return at < 0 ? text : text.slice(0, at);
}

/** The text of a lock: what the platform team wrote, byte by byte, and the services of the tree, a line each. */
export function lockText(written: string, rendered: Readonly<Record<string, RenderedService>>): string {
  const services = Object.entries(rendered).map(([id, service]) => renderedLine(id, service));
  if (services.length === 0) return written;
  const head = written.endsWith('\n') ? written : `${written}\n`;
  return [takesKeys(head) ? head : stringify(parseLock(head)), renderedHeading, ...services].join('');
}

/** Whether another key can follow: not in JSON, for one. */
function takesKeys(text: string): boolean {
  try {
    const found = parse(`${text}rendered: {}\n`);
    return isRecord(found) && Object.hasOwn(found, 'rendered');
  } catch {
    return false;
  }
}
