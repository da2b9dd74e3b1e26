import { apisOf, crdsOfApis } from '../crossplane/api/api-registry';
import { updateProblems } from '../crossplane/api/changed-requests';
import { formerPlaceOf } from '../crossplane/resource/moved-from';
import type { DiffContext } from '../diff/tree-diff';
import { groupKindOf, namespaceOf, type PlainObject } from '../platform/placed-object';
import { valueAt } from '../references/fields';
import type { Crd } from '../schema/crd-kinds';
import { KindRegistry } from '../schema/kind-registry';
import { dataKindsOf, groupKindOfApi } from './data-kinds';
import type { RunApp } from './run';

/** What the platform of some apps knows of the objects that are compared with what they render. */
export function diffContextOf(apps: readonly RunApp[]): DiffContext {
  const apis = new Map(apps.flatMap(({ app }) => apisOf(app)).map((api) => [groupKindOfApi(api), api]));
  const data = dataKindsOf(apps);
  const objects = apps.flatMap(({ synthesis }) => synthesis.objects.map(({ object }) => object));
  const taken = new Map(
    objects.flatMap((object) => {
      const former = data.has(groupKindOf(object)) ? formerPlaceOf(object) : undefined;
      return former ? [[`${groupKindOf(object)} ${former.namespace} ${former.name}`, object.metadata.name]] : [];
    }),
  );
  const crds = apps.flatMap(({ app }) => [...(app.platform.crds as readonly Crd[]), ...crdsOfApis(app)]);
  return {
    kinds: new KindRegistry(crds),
    known: {
      isDataRequest: (object) => data.has(groupKindOf(object)),
      takenOverBy: (object: PlainObject) =>
        taken.get(`${groupKindOf(object)} ${namespaceOf(object)} ${object.metadata.name}`),
      accessOf(object) {
        const api = apis.get(groupKindOf(object));
        // APIs of access name what they give access to; they may be of another copy of the library.
        const { accessTo } = (api ?? {}) as { readonly accessTo?: { readonly kind: string } };
        const [verb, account, name] = ['verb', 'account', 'resource.name'].map((field) =>
          valueAt(object, 'spec', ...field.split('.')),
        );
        return accessTo && `lets the account ${account} ${verb} ${accessTo.kind} ${name}`;
      },
      updateProblems(before, after) {
        const api = apis.get(groupKindOf(after));
        return api ? updateProblems(api, before, after).map(({ path, problem }) => `${path} ${problem}`) : [];
      },
    },
  };
}
