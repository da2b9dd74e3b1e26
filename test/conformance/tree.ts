import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../src/dev/api-client';

/** One file of a tree: the bytes as they will reach a cluster, and what they say. */
export interface Manifest {
  /** Path below the cluster's folder. */
  readonly file: string;
  readonly bytes: Buffer;
  readonly object: KubeObject;
}

/** What one cluster gets from a tree. */
export interface ClusterTree {
  /** `<environment>/<cluster>` */
  readonly name: string;
  readonly manifests: readonly Manifest[];
}

/**
 * Reads a rendered tree: `<environment>/<cluster>/**.yaml`, one object a file, both levels and files in order of name.
 * Files and folders whose name starts with a dot are no part of what is applied.
 * @throws Error naming every file that isn't one Kubernetes object, or when there is no file at all
 */
export function readTree(root: string): ClusterTree[] {
  const problems: string[] = [];
  const trees = folders(root).flatMap((environment) =>
    folders(join(root, environment)).map((cluster) => {
      const folder = join(root, environment, cluster);
      const manifests = files(folder).flatMap((path) => {
        const read = readManifest(folder, path);
        if (typeof read === 'string') {
          problems.push(`${relative(root, path)} ${read}`);
          return [];
        }
        return [read];
      });
      return { name: `${environment}/${cluster}`, manifests };
    }),
  );
  if (problems.length > 0) {
    throw new Error(
      `the tree at ${root} holds what is no manifest:\n${problems.map((line) => `  ${line}`).join('\n')}`,
    );
  }
  if (trees.every(({ manifests }) => manifests.length === 0)) {
    throw new Error(`the tree at ${root} is empty; expected <environment>/<cluster>/**.yaml`);
  }
  return trees;
}

/** The file's manifest, or what is wrong with it. */
function readManifest(folder: string, path: string): Manifest | string {
  if (!/\.ya?ml$/.test(path)) {
    return 'is no YAML file';
  }
  const bytes = readFileSync(path);
  const documents = parseAllDocuments(bytes.toString());
  const [document] = documents;
  if (documents.length !== 1 || document.errors.length > 0) {
    return document?.errors[0]?.message ?? `holds ${documents.length} documents instead of one`;
  }
  const object = document.toJS() as KubeObject | null;
  if (typeof object?.apiVersion !== 'string' || typeof object.kind !== 'string' || !object.metadata?.name) {
    return 'lacks apiVersion, kind or metadata.name';
  }
  return { file: relative(folder, path), bytes, object };
}

function folders(parent: string): string[] {
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap((entry) => (entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}
