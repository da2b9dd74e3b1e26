import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { TreeError } from '../../src/gitops/tree-error';
import type { TreeRender } from '../../src/gitops/tree-render';

const made: string[] = [];

/** A new empty folder, removed by `removeFolders`. */
export function newFolder(): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'golden-tree-')));
  made.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of made.splice(0)) {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A render of `app` from `{ folder: { file: content } }`, that covers the environments named or those of its folders. */
export function renderOf(
  app: string,
  folders: Record<string, Record<string, string>>,
  environments = [...new Set(Object.keys(folders).map((folder) => folder.split('/')[0]))],
): TreeRender {
  return {
    app,
    environments,
    folders: Object.entries(folders).map(([folder, files]) => ({
      folder,
      files: Object.entries(files).map(([name, content]) => ({ name, content })),
      about: { libraryVersion: '1.0.0', team: 'orders' },
    })),
  };
}

/** Everything below `root`, empty folders included: path to content. */
export function snapshot(root: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of fs.readdirSync(root, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(root, file);
    found[name] = entry.isFile()
      ? fs.readFileSync(file, 'utf8')
      : entry.isSymbolicLink()
        ? `-> ${fs.readlinkSync(file)}`
        : '/';
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Writes a file by hand, with its folders. */
export function put(root: string, file: string, content: string): void {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), content);
}

export const api = 'staging/eu/orders/api';
export const web = 'production/eu/orders/web';

/** Three files in two folders of two environments. */
export const first = renderOf('orders', {
  [api]: { 'deployment-api.yaml': 'kind: Deployment\n', 'service-api.yaml': 'kind: Service\n' },
  [web]: { 'service-web.yaml': 'kind: Service\n' },
});

/** `render` with another text for one file. */
export function change(render: TreeRender, folder: string, name: string, content: string): TreeRender {
  const folders = render.folders.map((each) =>
    each.folder === folder
      ? { ...each, files: each.files.map((file) => (file.name === name ? { name, content } : file)) }
      : each,
  );
  return { ...render, folders };
}

/** What a refused write says is wrong; nothing when it is not refused. */
export function problemsOf(write: () => unknown): readonly string[] {
  try {
    write();
  } catch (error) {
    if (error instanceof TreeError) {
      return error.problems;
    }
    throw error;
  }
  return [];
}
