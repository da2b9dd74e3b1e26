import type { ApiClient, KubeObject } from '../../src/dev/api-client';
import { toYaml } from '../../src/gitops/yaml';
import { apply, createNamespaces } from './apply';
import { differences } from './differences';
import type { Finding } from './report';
import type { Manifest } from './tree';

/** What the server has against an object. */
export interface Problem {
  /** `Kind namespace/name` */
  readonly object: string;
  readonly message: string;
}

/**
 * Asks a running API server what it would do with objects, without keeping them: refusals and warnings of strict field
 * validation, and fields that would not be as asked for. Namespaces that objects are in are made for real.
 */
export async function dryRun(api: ApiClient, objects: readonly KubeObject[]): Promise<Problem[]> {
  const manifests = objects.map((object): Manifest => {
    const { kind, metadata } = object;
    const file = [`${kind} ${metadata.namespace ?? ''}`.trim(), metadata.name].join(metadata.namespace ? '/' : ' ');
    return { file, bytes: Buffer.from(toYaml(object)), object };
  });
  await createNamespaces(api, manifests);
  const answers = await apply(api, manifests, { dryRun: true });
  return answers.flatMap(({ manifest, live, problems }) =>
    [...problems, ...(live === undefined ? [] : differences(manifest.object, live))].map((message) => ({
      object: manifest.file,
      message,
    })),
  );
}

/** What a running API server has against objects, but for warnings that are expected. */
export async function admitted(api: ApiClient, objects: readonly KubeObject[], expected?: RegExp): Promise<Finding> {
  const problems = await dryRun(api, objects);
  return {
    counted: `${objects.length} objects`,
    problems: problems
      .filter(({ message }) => !expected?.test(message))
      .map(({ object, message }) => `${object}: ${message}`),
  };
}
