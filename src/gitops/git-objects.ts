import type { Git } from './git';
import type { EntryKind } from './scan-tree';

/** An entry of a tree of git. */
export interface GitEntry {
  readonly name: string;
  readonly kind: EntryKind;
  readonly id: string;
}

/** Reads objects of a repository by id, each once. */
export class GitObjects {
  private readonly git: Git;
  private readonly fetch: (ids: readonly string[]) => Promise<void>;
  private readonly known = new Map<string, Buffer>();

  /** @param fetch brings blobs that a partial clone left out */
  constructor(git: Git, fetch: (ids: readonly string[]) => Promise<void>) {
    this.git = git;
    this.fetch = fetch;
  }

  /** The entries of trees, in the order asked. */
  async trees(ids: readonly string[]): Promise<GitEntry[][]> {
    await this.read(ids);
    return ids.map((id) => entriesOf(this.bytes(id), id.length / 2));
  }

  /** Reads files, so that `bytes` knows them. */
  async files(ids: readonly string[]): Promise<void> {
    const missing = this.missing(ids);
    if (missing.length > 0) await this.fetch(missing);
    await this.read(ids);
  }

  /** The bytes of an object that was read. */
  bytes(id: string): Buffer {
    const bytes = this.known.get(id);
    if (bytes === undefined) throw new Error(`the object ${id} was not read`);
    return bytes;
  }

  private missing(ids: readonly string[]): string[] {
    return [...new Set(ids)].filter((id) => !this.known.has(id));
  }

  private async read(ids: readonly string[]): Promise<void> {
    const missing = this.missing(ids);
    if (missing.length === 0) return;
    const { output, said } = await this.git.run(['cat-file', '--batch'], `${missing.join('\n')}\n`);
    let at = 0;
    for (const id of missing) {
      // `<id> <type> <size>`, the object and a line feed; `<id> missing` for one that is not there (git-cat-file(1)).
      const end = output.indexOf(10, at);
      const size = Number(output.toString('latin1', at, end).split(' ')[2]);
      if (end < 0 || Number.isNaN(size))
        throw new Error(`git can't read the object ${id}: ${said.trim() || 'missing'}`);
      this.known.set(id, output.subarray(end + 1, end + 1 + size));
      at = end + 1 + size + 1;
    }
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
