import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parse } from 'yaml';
import { GoldenError } from '../../platform/golden-error';
import type { Api } from './api';
import { breakingChanges } from './breaking-changes';
import { type SchemaSnapshot, schemaSnapshot, snapshotText } from './schema-snapshot';

/** How {@link checkSnapshot} goes about a file that is not up to date. */
export interface SnapshotOptions {
  /**
   * Whether the file is written when nothing breaks; otherwise it is refused, so that nobody forgets to commit it.
   * @default false
   */
  readonly update?: boolean;
}

/**
 * Holds an API against the snapshot that is committed beside it. Call it in a test of the package that defines the API.
 *
 * @param file path of the snapshot, a YAML file
 * @throws GoldenError with every change that would break requests, whatever the options; or when the file is missing or out
 * of date and is not to be updated.
 */
export function checkSnapshot(api: Api, file: string, { update = false }: SnapshotOptions = {}): void {
  const text = snapshotText(schemaSnapshot(api));
  const committed = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (committed === text) return;
  const refuse = (messages: readonly string[]): never => {
    throw new GoldenError(messages.map((message) => ({ path: `API ${api.kind}.${api.group}`, message })));
  };
  const broken = committed === undefined ? [] : breakingChanges(read(committed, file), api);
  if (broken.length > 0) refuse(broken);
  if (!update) refuse([`${file} is ${committed === undefined ? 'missing' : 'out of date'}; update and commit it`]);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function read(text: string, file: string): SchemaSnapshot {
  try {
    return parse(text);
  } catch (error) {
    throw new GoldenError([{ path: file, message: `is no snapshot: ${(error as Error).message}` }]);
  }
}
