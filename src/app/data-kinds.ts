import { apisOf } from '../crossplane/api/api-registry';
import { backendsIn } from '../crossplane/resource/backend-of';
import type { RunApp } from './run';

/** An API as far as it is told apart from others. */
interface NamedApi {
  readonly group: string;
  readonly kind: string;
}

/**
 * Group and kind of everything that the platform gives to apps and that stands for data: also of APIs that the apps used to use, as
 * far as the platform says how they are fulfilled.
 */
export function dataKindsOf(apps: readonly RunApp[]): ReadonlySet<string> {
  const apis = apps.flatMap(({ app }) => apisOf(app));
  const without = new Set(apis.filter(({ props }) => props.holdsData === false).map(groupKindOfApi));
  const backends = apps.flatMap(({ app: { platform, environments } }) =>
    environments
      .flatMap((environment) => platform.topology.environments[environment].clusters)
      .flatMap((cluster) => backendsIn(platform, cluster)),
  );
  const all = [...apis, ...backends.map(({ api }) => api)].filter((api) => !isDataless(api)).map(groupKindOfApi);
  return new Set(all.filter((kind) => !without.has(kind)));
}

/** Backends hold the APIs themselves, as far as they were made by `defineApi`. */
function isDataless(api: NamedApi & { readonly props?: { readonly holdsData?: boolean } }): boolean {
  return api.props?.holdsData === false;
}

/** Group and kind of an API, as those of an object are written. */
export function groupKindOfApi({ group, kind }: NamedApi): string {
  return `${group}/${kind}`;
}
