import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** A file to generate from, pinned by its content. */
export interface SourceFile {
  /** Path below the folder of CRDs; one that begins with `./` is below the list itself. */
  readonly file: string;
  /** Where upstream publishes it. */
  readonly address: string;
  /** SHA-256 of its bytes, hexadecimal. */
  readonly sha256: string;
}

/** A kind that a CRD file defines, and the version that its types and its class are made for. */
export interface SourceKind {
  readonly group: string;
  readonly kind: string;
  readonly version: string;
}

/** A file of CRDs. */
export interface CrdFile extends SourceFile {
  readonly kinds: readonly SourceKind[];
}

/** The CRDs of one project, at one released version. */
export interface CrdSource {
  readonly source: string;
  readonly repository: string;
  readonly version: string;
  readonly files: readonly CrdFile[];
}

/** Kubernetes' own definitions: one file per minor, oldest first, and the server's document that carries the enums. */
export interface KubernetesSource {
  readonly files: readonly (SourceFile & { readonly minor: string })[];
  readonly server: SourceFile & { readonly version: string };
}

/** What `imports/sources.json` says. */
export interface Sources {
  /** @default - nothing is generated for Kubernetes' own kinds */
  readonly kubernetes?: KubernetesSource;
  readonly crds: readonly CrdSource[];
}

/** Reads the list of sources, with the paths of our own files made absolute. */
export function readSources(path: string): Sources {
  const sources: Sources = JSON.parse(readFileSync(path, 'utf8'));
  const found = ({ file }: CrdFile) => (file.startsWith('./') ? resolve(dirname(path), file) : file);
  const crds = sources.crds.map((source) => ({
    ...source,
    files: source.files.map((each) => ({ ...each, file: found(each) })),
  }));
  return { ...sources, crds };
}

/** What is wrong with the files of a list, each by name; empty when all are there with the bytes that the list pins. */
export function sourceProblems(sources: Sources, folder: string): string[] {
  const files: SourceFile[] = sources.crds.flatMap((source) => source.files);
  if (sources.kubernetes) files.push(...sources.kubernetes.files, sources.kubernetes.server);
  return files.flatMap(({ file, address, sha256 }) => {
    const path = resolve(folder, file);
    if (!existsSync(path)) return [`${file} is missing in ${folder}; get it from ${address}`];
    const found = createHash('sha256').update(readFileSync(path)).digest('hex');
    if (found === sha256) return [];
    return [
      `${file} has sha256 ${found}, but sources.json pins ${sha256}; restore it, or review it and pin the new one`,
    ];
  });
}
