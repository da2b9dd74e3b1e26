import type { ApiClient, KubeObject } from '../../src/dev/api-client';
import { type Applied, apply, fieldManager } from './apply';
import { differences } from './differences';
import type { Finding } from './report';
import type { Manifest } from './tree';

/** Everything is admitted with strict field validation: no error and no warning. */
export function checkAdmitted(applied: readonly Applied[]): Finding {
  return { counted: `${applied.length} objects`, problems: applied.flatMap(({ problems }) => problems) };
}

/**
 * A second apply changes nothing: every object keeps its resource version. The server writes some kinds once more with
 * the same content (PersistentVolumeClaim, since it stores a new one in another form than an old one); such an object
 * has to keep its version at the third apply.
 */
export async function checkUnchanged(
  api: ApiClient,
  manifests: readonly Manifest[],
  first: readonly Applied[],
): Promise<Finding> {
  const second = await apply(api, manifests);
  const before = new Map(first.map(({ manifest, live }) => [manifest, live]));
  const moved = second.filter(({ manifest, live }) => version(live) !== version(before.get(manifest)));
  const rewritten = moved.filter(({ manifest, live }) => content(live) === content(before.get(manifest)));
  const third = await apply(
    api,
    rewritten.map(({ manifest }) => manifest),
  );
  const changed = [
    ...moved.filter((each) => !rewritten.includes(each)),
    ...third.filter(({ live }, index) => version(live) !== version(rewritten[index].live)),
  ];
  return {
    counted: `${second.length} objects, ${rewritten.length} rewritten by the server with the same content`,
    problems: [
      ...second.flatMap(({ problems }) => problems),
      ...changed.map(({ manifest }) => `${manifest.file}: changed by the second apply`),
    ],
  };
}

function version(live: KubeObject | undefined): unknown {
  return live?.metadata.resourceVersion;
}

/** An object without what changes at every write of it. */
function content(live: KubeObject | undefined): string {
  return JSON.stringify(live, (key, value) => (key === 'resourceVersion' || key === 'time' ? undefined : value));
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
