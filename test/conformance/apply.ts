import type { ApiAnswer, ApiClient, KubeObject } from '../../src/dev/api-client';
import { inParallel } from './in-parallel';
import type { Manifest } from './tree';

/** Who applies, as the API server records it beside each field. */
export const fieldManager = 'golden';

/** What became of one manifest. */
export interface Applied {
  readonly manifest: Manifest;
  /** The object as the server has it; undefined when it was refused. */
  readonly live?: KubeObject;
  /** The server's refusal and its warnings, each with the file's name. */
  readonly problems: readonly string[];
}

/** How `apply` asks. */
export interface ApplyOptions {
  /**
   * The server does everything except keeping the result.
   * @default false
   */
  readonly dryRun?: boolean;
}

/**
 * Applies manifests as `kubectl apply --server-side --validate=strict` does: namespaces first, then the rest, never
 * taking a field from another owner. The server gets the file's own bytes, so that its YAML parser is what reads them.
 */
export async function apply(
  api: ApiClient,
  manifests: readonly Manifest[],
  options: ApplyOptions = {},
): Promise<Applied[]> {
  const isNamespace = ({ object }: Manifest) => object.apiVersion === 'v1' && object.kind === 'Namespace';
  const rounds = [manifests.filter(isNamespace), manifests.filter((manifest) => !isNamespace(manifest))];
  const applied: Applied[] = [];
  for (const round of rounds) {
    applied.push(...(await inParallel(round, (manifest) => applyOne(api, manifest, options))));
  }
  return applied;
}

async function applyOne(api: ApiClient, manifest: Manifest, { dryRun }: ApplyOptions): Promise<Applied> {
  let answer: ApiAnswer;
  try {
    answer = await api.ask('PATCH', await api.pathOf(manifest.object), {
      query: { fieldManager, fieldValidation: 'Strict', ...(dryRun ? { dryRun: 'All' } : {}) },
      body: manifest.bytes,
      contentType: 'application/apply-patch+yaml',
    });
  } catch (error) {
    return { manifest, problems: [`${manifest.file}: ${(error as Error).message}`] };
  }
  const warnings = answer.warnings.map((warning) => `${manifest.file}: warning: ${warning}`);
  if (answer.status >= 400) {
    return { manifest, problems: [`${manifest.file}: ${answer.body.message ?? answer.status}`, ...warnings] };
  }
  return { manifest, live: answer.body, problems: warnings };
}

/** Creates the namespaces that manifests are in and that none of them makes; returns their names. */
export async function createNamespaces(api: ApiClient, manifests: readonly Manifest[]): Promise<string[]> {
  const made = new Set(
    manifests.filter(({ object }) => object.kind === 'Namespace').map(({ object }) => object.metadata.name),
  );
  const needed = new Set(manifests.flatMap(({ object }) => object.metadata.namespace ?? []));
  const names = [...needed].filter((name) => !made.has(name)).sort();
  for (const name of names) {
    await api.ensure({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  return names;
}
