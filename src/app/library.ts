import { readFileSync } from 'node:fs';
import { findFile } from '../platform/find-file';

let known: string | undefined;

/** This library's version, as its package says. */
export function libraryVersion(): string {
  known ??= (JSON.parse(readFileSync(findFile('package.json', __dirname) as string, 'utf8')) as { version: string })
    .version;
  return known;
}
