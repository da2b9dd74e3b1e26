import type { ChildProcess } from 'node:child_process';
import type { Git } from './git';
import type { EntryKind } from './scan-tree';

/** An entry of a tree of git. */
export interface GitEntry {
  readonly name: string;
  readonly kind: EntryKind;
  readonly id: string;
}

/** An object that was read. */
interface GitObject {
  readonly id: string;
  readonly bytes: Buffer;
}

/** Reads objects of a repository, each once, by one git that answers until `close`. */
export class GitObjects {
  private readonly git: Git;
  private readonly fetch: (ids: readonly string[]) => Promise<void>;
  private readonly known = new Map<string, Buffer>();
  private reader?: {
    readonly child: ChildProcess;
    readonly closed: Promise<unknown>;
    readonly answers: AsyncIterator<Buffer>;
  };
  private rest: Buffer = Buffer.alloc(0);

  /** @param fetch brings blobs that a partial clone left out */
  constructor(git: Git, fetch: (ids: readonly string[]) => Promise<void>) {
    this.git = git;
    this.fetch = fetch;
  }

  /** The ids of what names stand for, such as `HEAD^{tree}`. */
  async ids(names: readonly string[]): Promise<string[]> {
    const ids: string[] = [];
    for (const { id, bytes } of await this.ask(names)) {
      this.known.set(id, bytes);
      ids.push(id);
    }
    return ids;
  }

  /** The entries of trees, in the order asked. */
  async trees(ids: readonly string[]): Promise<GitEntry[][]> {
    await this.ids(this.missing(ids));
    return ids.map((id) => entriesOf(this.bytes(id), id.length / 2));
  }

  /** Reads files, so that `bytes` knows them. */
  async files(ids: readonly string[]): Promise<void> {
    const missing = this.missing(ids);
    if (missing.length === 0) return;
    await this.fetch(missing);
    await this.ids(missing);
  }

  /** The bytes of an object that was read. */
  bytes(id: string): Buffer {
    const bytes = this.known.get(id);
    if (bytes === undefined) throw new Error(`the object ${id} was not read`);
    return bytes;
  }

  /** Ends the git that answers. */
  async close(): Promise<void> {
    this.reader?.child.kill();
    await this.reader?.closed;
  }

  private missing(ids: readonly string[]): string[] {
    return [...new Set(ids)].filter((id) => !this.known.has(id));
  }

  private async ask(names: readonly string[]): Promise<GitObject[]> {
    if (names.length === 0) return [];
    this.reader ??= this.git.start(['cat-file', '--batch']);
    this.reader.child.stdin?.write(`${names.join('\n')}\n`);
    const objects: GitObject[] = [];
    for (const name of names) {
      // `<id> <type> <size>`, the object and a line feed; `<name> missing` for one that is not there (git-cat-file(1)).
      const [id, , size] = (await this.take(await this.lineEnd())).toString('latin1').trim().split(' ');
      if (size === undefined) throw new Error(`git can't read the object ${name}`);
      objects.push({ id, bytes: (await this.take(Number(size) + 1)).subarray(0, -1) });
    }
    return objects;
  }

  /** How many bytes are left of the line, its end included. */
  private async lineEnd(): Promise<number> {
    while (!this.rest.includes(10)) await this.more();
    return this.rest.indexOf(10) + 1;
  }

  private async take(length: number): Promise<Buffer> {
    while (this.rest.length < length) await this.more();
    const taken = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return taken;
  }

  private async more(): Promise<void> {
    const { value, done } = (await this.reader?.answers.next()) ?? { done: true };
    this.git.throwIfEnded();
    if (done) throw new Error('git ended while objects were read');
    this.rest = this.rest.length === 0 ? value : Buffer.concat([this.rest, value]);
  }
}

/** A tree is `<mode> <name>`, a zero byte and the raw id, again and again. */
function entriesOf(tree: Buffer, idLength: number): GitEntry[] {
  const entries: GitEntry[] = [];
  for (let at = 0; at < tree.length; ) {
    const space = tree.indexOf(32, at);
    const zero = tree.indexOf(0, space);
    const id = tree.toString('hex', zero + 1, zero + 1 + idLength);
    entries.push({
      name: tree.toString('utf8', space + 1, zero),
      kind: kindOf(tree.toString('latin1', at, space)),
      id,
    });
    at = zero + 1 + idLength;
  }
  return entries;
}

/** The mode's first digits say what it is (gitformat-index(5), "object type"). */
function kindOf(mode: string): EntryKind {
  if (mode.startsWith('100')) return 'file';
  if (mode.startsWith('4')) return 'folder';
  return mode.startsWith('12') ? 'symlink' : mode.startsWith('16') ? 'submodule' : 'other';
}
