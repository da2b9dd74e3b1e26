import type { IConstruct } from 'constructs';
import { refuse } from '../../platform/golden-error';
import { show } from '../../platform/rule';
import type { Api } from './api';
import type { CompositeCrd } from './crd';

/** An API that is used in an app. */
interface UsedApi extends Api {
  crd(): CompositeCrd;
}

const key = Symbol.for('cdk8s-golden-path.apis');

interface Root {
  [key]?: Map<string, UsedApi>;
}

/**
 * Notes that an app uses an API, so that its requests are checked.
 *
 * @throws GoldenError when the app uses another API of the same kind.
 */
export function useApi(scope: IConstruct, api: UsedApi): void {
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

/** The CRDs of the APIs that an app uses, as Crossplane makes them. */
export function crdsOfApis(scope: IConstruct): CompositeCrd[] {
  const root = scope.node.root as unknown as Root;
  return [...(root[key]?.values() ?? [])].map((api) => api.crd());
}
