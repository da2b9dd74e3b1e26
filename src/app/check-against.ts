import { apisOf } from '../crossplane/api/api-registry';
import { changedRequests } from '../crossplane/api/changed-requests';
import { movedRequests, type OwnedRequest } from '../crossplane/api/moved-requests';
import type { ServedApi } from '../crossplane/api/served-api';
import { parseObject } from '../gitops/parse-object';
import { readTree } from '../gitops/read-tree';
import type { Problem } from '../platform/golden-error';
import { grouped } from '../platform/grouped';
import { groupKindOf } from '../platform/placed-object';
import { asGoldenError } from './as-golden-error';
import { dataKindsOf, groupKindOfApi } from './data-kinds';
import { ownerOf } from './rendered-app';
import type { RunApp } from './run';

/** What a render would do to the data of the tree before it. */
export interface DataCheck {
  /** What the API server would refuse, and what would begin without the data that it had. */
  readonly problems: readonly Problem[];
  /** Requests that are gone. */
  readonly warnings: readonly Problem[];
}

/**
 * Compares what apps request of the platform's APIs with the tree that they were rendered to before: fields that can't change,
 * numbers that only grow, and requests that were renamed or moved without `movedFrom`. A request that is gone is a warning.
 *
 * @param root the previous tree; only files of the APIs' kinds are read
 * @throws GoldenError when there is no tree, or a write is under way.
 */
export function checkAgainst(apps: readonly RunApp[], root: string): DataCheck {
  const apis = apps.flatMap(({ app }) => apisOf(app));
  const data = dataKindsOf(apps);
  const kinds = new Set([...data, ...apis.map(groupKindOfApi)]);
  const environments = [...new Set(apps.flatMap(({ app }) => app.environments))];
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const isKnown = ({ object }: Pick<OwnedRequest, 'object'>) => kinds.has(groupKindOf(object));
  const before = previousRequests(root, environments, kinds, problems).filter(isKnown);
  for (const environment of environments) {
    const after = apps.flatMap((app) => requestsOf(app, environment)).filter(isKnown);
    // Only what is rendered for this environment can be gone from it.
    const owners = new Set(
      apps.filter(({ app }) => app.environments.includes(environment)).map(({ app }) => ownerOf(app)),
    );
    const found = compare(
      apis,
      data,
      before.filter(({ environment: its }) => its === environment),
      after,
      owners,
    );
    problems.push(...found.problems);
    warnings.push(...found.warnings);
  }
  return { problems, warnings };
}

/** A request of the previous tree, with the environment that it is for. */
type PreviousRequest = OwnedRequest & { readonly environment: string };

function compare(
  apis: readonly ServedApi[],
  data: ReadonlySet<string>,
  before: readonly OwnedRequest[],
  after: readonly (OwnedRequest & { readonly isPreview: boolean })[],
  owners: ReadonlySet<string>,
): DataCheck {
  const clusters = grouped(after, ({ cluster }) => cluster);
  const changed = [...clusters].flatMap(([cluster, requests]) =>
    changedRequests(
      apis,
      before.filter((request) => request.cluster === cluster),
      requests,
    ),
  );
  const holdsData = ({ object }: OwnedRequest) => data.has(groupKindOf(object));
  const { problems, gone, moved } = movedRequests(
    before.filter(holdsData),
    // A preview has names that nothing was renamed to.
    after.filter((request) => holdsData(request) && !request.isPreview),
    owners,
  );
  // What is taken over is what it was, under another name.
  const takenOver = moved.flatMap(([was, is]) =>
    changedRequests(apis, [{ ...was, object: { ...was.object, metadata: is.object.metadata } }], [is]),
  );
  return {
    problems: [...changed, ...takenOver, ...problems],
    warnings: gone.map(({ path, object: { kind, metadata } }) => ({
      path,
      message: `${kind} ${JSON.stringify(metadata.name)} is not requested any more; what it stands for is left behind in the cloud, and deleted where it lived in the cluster`,
    })),
  };
}

/** What an app requests in an environment; other objects too. */
function requestsOf({ app, synthesis }: RunApp, environment: string) {
  return synthesis.objects
    .filter((rendered) => rendered.environment.name === environment)
    .map(({ object, path, environment: { cluster, preview } }) => ({
      ...{ object, path, cluster, isPreview: preview !== undefined },
      ...{ owner: ownerOf(app), app: app.name },
    }));
}

/** The requests of a tree, found by the names of their files. */
function previousRequests(
  root: string,
  environments: readonly string[],
  kinds: ReadonlySet<string>,
  problems: Problem[],
): PreviousRequest[] {
  const stems = [...kinds].map((kind) => kind.slice(kind.lastIndexOf('/') + 1).toLowerCase());
  // `<kind>-<name>.yaml`, or `<kind>.<group>-<name>.yaml` where two kinds are spelled alike.
  const only = (name: string) => stems.some((stem) => name.startsWith(stem) && /^[-.]/.test(name.slice(stem.length)));
  const folders = asGoldenError(root, () => readTree(root, { environments, only }));
  return folders.flatMap((folder) =>
    folder.files.flatMap(({ name, content }) => {
      const path = `${folder.folder}/${name}`;
      const object = content === undefined ? undefined : parseObject(content).object;
      if (typeof folder.index !== 'object') return [];
      if (!object) {
        problems.push({
          path,
          message: 'is no Kubernetes object, so nothing can be compared with it; render it again',
        });
        return [];
      }
      const { environment, cluster, name: app } = folder;
      return [{ path, object, environment, cluster, owner: folder.index.app, app }];
    }),
  );
}
