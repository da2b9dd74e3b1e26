import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Environment, environmentOf } from '../../platform/environment';
import { show } from '../../platform/rule';
import type { Placement } from './placement';

/** A request, as far as finding it in another chart concerns it. */
interface PlacedRequest extends IConstruct {
  readonly api: { readonly group: string; readonly kind: string };
  readonly name: string;
}

const asked = new WeakMap<IConstruct, Set<string>>();

/**
 * Notes a request where it is made. Anywhere else it is only pulled what the request provides, so that an app has to make it in the
 * home cluster too: what a branch of the code asks for in another cluster alone, nobody would ever make.
 */
export function askedAtHome(request: PlacedRequest, { home, isHome }: Placement): void {
  const { root } = request.node;
  const known = asked.get(root) ?? new Set();
  asked.set(root, known);
  const { api, name } = request;
  const environment = environmentOf(request).name;
  const key = JSON.stringify([environment, api.group, api.kind, Chart.of(request).namespace, name]);
  if (isHome) {
    known.add(key);
    return;
  }
  request.node.addValidation({
    validate: () =>
      known.has(key) || !isRendered(root, environment, home)
        ? []
        : [
            `is requested in the cluster ${show(home)}, where the app does not ask for ${api.kind}/${name}; make it there too, and whatever uses it with a verb`,
          ],
  });
}

/** Whether an app renders anything of an environment for a cluster. */
function isRendered(root: IConstruct, environment: string, cluster: string): boolean {
  const near = root.node.children.flatMap((child) => [child, ...child.node.children]);
  return near
    .filter((one) => Environment.isEnvironment(one))
    .some((one) => one.name === environment && one.cluster === cluster && one.node.children.length > 0);
}
