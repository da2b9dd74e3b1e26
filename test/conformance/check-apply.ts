import type { ApiClient, KubeObject } from '../../src/dev/api-client';
import { type Applied, apply, fieldManager } from './apply';
import { differences } from './differences';
import type { Finding } from './report';
import type { Manifest } from './tree';

/** Everything is admitted with strict field validation: no error and no warning. */
export function checkAdmitted(applied: readonly Applied[]): Finding {
  return { counted: `${applied.length} objects`, problems: applied.flatMap(({ problems }) => problems) };
}

/** A second apply changes nothing: every object keeps its resource version. */
export async function checkUnchanged(
  api: ApiClient,
  manifests: readonly Manifest[],
  first: readonly Applied[],
): Promise<Finding> {
  const second = await apply(api, manifests);
  const before = new Map(first.map(({ manifest, live }) => [manifest.file, live?.metadata.resourceVersion]));
  const problems = second.flatMap(({ manifest, live, problems }) =>
    problems.length === 0 && live?.metadata.resourceVersion !== before.get(manifest.file)
      ? [`${manifest.file}: changed by the second apply`]
      : problems,
  );
  return { counted: `${second.length} objects`, problems };
}

/**
 * A dry run on the server gives back what was rendered: each rendered field has its value, and what there is besides is
 * nobody's, so a default of the server.
 */
export async function checkOnlyDefaults(api: ApiClient, manifests: readonly Manifest[]): Promise<Finding> {
  const answers = await apply(api, manifests, { dryRun: true });
  const problems = answers.flatMap(({ manifest, live, problems }) => [
    ...problems,
    ...(live === undefined
      ? []
      : [...differences(manifest.object, live), ...otherOwners(live)].map((text) => `${manifest.file}: ${text}`)),
  ]);
  return { counted: `${answers.length} objects`, problems };
}

/** Whoever else owns fields of an object: a field with an owner is no default. */
function otherOwners({ metadata }: KubeObject): string[] {
  const entries = (metadata.managedFields ?? []) as { manager: string; subresource?: string; fieldsV1: object }[];
  return entries
    .filter(({ manager, subresource }) => manager !== fieldManager && subresource === undefined)
    .map(({ manager, fieldsV1 }) => `${manager} owns ${JSON.stringify(fieldsV1)}`);
}
