import type { IConstruct } from 'constructs';
import { refuse } from '../../platform/golden-error';
import { show } from '../../platform/rule';
import type { CompositeCrd } from './crd';
import type { ServedApi } from './served-api';

const key = Symbol.for('cdk8s-golden-path.apis');

interface Root {
  [key]?: Map<string, ServedApi>;
}

/**
 * Notes that an app uses an API, so that its requests are checked.
 *
 * @throws GoldenError when the app uses another API of the same kind.
 */
export function useApi(scope: IConstruct, api: ServedApi): void {
  const root = scope.node.root as unknown as Root;
  root[key] ??= new Map();
  const name = `${api.kind}.${api.group}`;
  const known = root[key].get(name);
  // A second copy of a package defines the same API once more.
  if (known && known !== api && JSON.stringify(known.crd()) !== JSON.stringify(api.crd())) {
    refuse(
      scope,
      `there are two APIs of kind ${show(api.kind)} in group ${show(api.group)}; rename one, or take both from one version of their package`,
    );
  }
  if (!known) root[key].set(name, api);
}

/** The APIs that an app uses. */
export function apisOf(scope: IConstruct): ServedApi[] {
  return [...((scope.node.root as unknown as Root)[key]?.values() ?? [])];
}

/** The CRDs of the APIs that an app uses, as Crossplane makes them. */
export function crdsOfApis(scope: IConstruct): CompositeCrd[] {
  return apisOf(scope).map((api) => api.crd());
}
