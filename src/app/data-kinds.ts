import { apisOf } from '../crossplane/api/api-registry';
import { backendsIn } from '../crossplane/resource/backend-of';
import type { RunApp } from './run';

/** An API as far as it is told apart from others. */
interface NamedApi {
  readonly group: string;
  readonly kind: string;
  /** Backends hold the APIs themselves, as far as they were made by `defineApi`. */
  readonly props?: { readonly holdsData?: boolean };
}

/**
 * Group and kind of everything that the platform gives to apps and that stands for data: also of APIs that the apps used to use, as
 * far as the platform says how they are fulfilled.
 */
export function dataKindsOf(apps: readonly RunApp[]): ReadonlySet<string> {
  const backends = apps.flatMap(({ app: { platform, environments } }) =>
    environments
      .flatMap((environment) => platform.topology.environments[environment].clusters)
      .flatMap((cluster) => backendsIn(platform, cluster)),
  );
  const all: readonly NamedApi[] = [...apps.flatMap(({ app }) => apisOf(app)), ...backends.map(({ api }) => api)];
  const without = new Set(all.filter(({ props }) => props?.holdsData === false).map(groupKindOfApi));
  return new Set(all.map(groupKindOfApi).filter((kind) => !without.has(kind)));
}

/** Group and kind of an API, as those of an object are written. */
export function groupKindOfApi({ group, kind }: NamedApi): string {
  return `${group}/${kind}`;
}
