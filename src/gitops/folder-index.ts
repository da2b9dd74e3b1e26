import * as crypto from 'node:crypto';
import { isRecord } from '../platform/rule';
import type { RenderedFolder } from './tree-render';

/** The index of an app folder. Argo CD and kubectl read every `.yaml`, `.yml` and `.json`, so it carries no extension. */
export const indexName = '.golden-index';

/** What an app folder says of itself: whose it is, and what is in it. */
export interface FolderIndex {
  /** The app that owns the folder. */
  readonly app: string;

  /** Facts recorded at render: library version, team, system, Kubernetes minor. */
  readonly about: Readonly<Record<string, string>>;

  /** What others have to know of its workloads, by `team/name`; plain data of whoever wrote the index. */
  readonly services: Readonly<Record<string, unknown>>;

  /** The sha256 of each owned file in hexadecimal digits, by name, sorted. */
  readonly files: Readonly<Record<string, string>>;
}

/** The facts of an index that say what was rendered from: they alone are no change. */
export const sourceFacts = ['sourceRepo', 'sourceCommit', 'sourcePath'] as const;

const format = 1;

/** The index as it is written: JSON, one fact a line, sorted, so that a change of one file is a change of one line. */
export function indexText(app: string, { files, about = {}, services = {} }: RenderedFolder): string {
  const index = {
    format,
    app,
    about: sorted(Object.entries(about)),
    ...(Object.keys(services).length > 0 && { services: sorted(Object.entries(services)) }),
    files: sorted(files.map(({ name, content }) => [name, sha256(content)])),
  };
  return `${JSON.stringify(index, null, 2)}\n`;
}

/** The index that `text` holds, or what is wrong with it. */
export function parseIndex(text: string): FolderIndex | string {
  let index: unknown;
  try {
    index = JSON.parse(text);
  } catch {
    return 'is not JSON; restore it from git (after a merge conflict, take either side and render again)';
  }
  const { format: version, app, about, services = {}, files } = (index ?? {}) as Record<string, unknown>;
  if (version !== format) {
    return `has format ${JSON.stringify(version)}, this version reads ${format}; render with the version that wrote it`;
  }
  if (typeof app !== 'string' || !isStrings(about) || !isStrings(files)) {
    return 'lacks app, about or files; restore it from git';
  }
  if (!isRecord(services)) return 'has services that are no mapping; restore it from git';
  return { app, about, services, files };
}

// The one-shot function is a third faster but younger (Node 20.12) than the oldest Node that we support.
const oneShot = (crypto as { hash?: (algorithm: string, data: string | Buffer, encoding: 'hex') => string }).hash;

/** The hash that the index holds. */
export function sha256(content: string | Buffer): string {
  return oneShot ? oneShot('sha256', content, 'hex') : crypto.createHash('sha256').update(content).digest('hex');
}

function isStrings(value: unknown): value is Record<string, string> {
  return typeof value === 'object' && value !== null && Object.values(value).every((each) => typeof each === 'string');
}

function sorted<T>(entries: [string, T][]): Record<string, T> {
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
