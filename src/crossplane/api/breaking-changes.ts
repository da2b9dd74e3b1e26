import { show } from '../../platform/rule';
import type { Api, ApiVersion } from './api';
import { narrowings } from './narrowings';
import type { SchemaSnapshot, VersionSnapshot } from './schema-snapshot';

/**
 * What changed in an API since its committed snapshot that would break requests that are stored or rendered, each with what
 * to do instead. A field may be added, widened, deprecated or given another default without any.
 */
export function breakingChanges(snapshot: SchemaSnapshot, api: Api): string[] {
  return [
    ...identityChanges(snapshot, api),
    ...connectionChanges(snapshot, api),
    ...Object.entries(snapshot.versions).flatMap(([name, before]) => versionChanges(name, before, api)),
  ];
}

/** What Kubernetes cannot change in a CRD. */
function identityChanges(snapshot: SchemaSnapshot, api: Api): string[] {
  const changes = (['group', 'kind', 'plural', 'scope'] as const)
    .filter((part) => snapshot[part] !== api[part])
    .map(
      (part) =>
        `${part} was ${show(snapshot[part])} and is ${show(api[part])}; it can't be changed, so define a second API beside this one`,
    );
  if (api.maxNameLength < snapshot.maxNameLength) {
    changes.push(
      `maxNameLength was ${snapshot.maxNameLength} and is ${api.maxNameLength}; requests with longer names exist, so raise it again`,
    );
  }
  return changes;
}

function connectionChanges({ connection }: SchemaSnapshot, api: Api): string[] {
  return connection
    .filter((key) => !Object.hasOwn(api.connection, key))
    .map((key) => `connection key ${show(key)} is gone; workloads read it, so keep it`);
}

function versionChanges(name: string, before: VersionSnapshot, { versions }: Api): string[] {
  const version = versions.find((candidate) => candidate.name === name);
  const retired = retirement(name, before, version);
  if (retired !== undefined) return [retired];
  if (!version?.served) return [];
  const next = nextVersion(name);
  return (['spec', 'status'] as const).flatMap((part) =>
    narrowings(before[part], version.schema[part], part).map(
      ({ path, change }) => `${name}: ${path} ${change}; leave ${name} as it was and make the change in ${next}`,
    ),
  );
}

/** A version goes in three steps: deprecated, no longer served, removed. */
function retirement(name: string, before: VersionSnapshot, now: ApiVersion | undefined): string | undefined {
  if (!now && before.referenceable) {
    return `${name} is gone, but requests are stored in it; keep it and make another version referenceable first`;
  }
  if (!now && before.served) return `${name} is gone, but it was served; set served: false first`;
  if (before.served && now && !now.served && !before.deprecated) {
    return `${name} is no longer served, but was not deprecated; deprecate it first, so that its users are told`;
  }
  return undefined;
}

/** The name after a version's: `v1` gives `v2`, `v1beta1` gives `v1beta2`. */
function nextVersion(name: string): string {
  return name.replace(/\d+$/, (number) => String(Number(number) + 1));
}
