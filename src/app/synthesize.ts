import type { App } from 'cdk8s';
import { crdsOfApis } from '../crossplane/api/api-registry';
import { writeTree } from '../gitops/owned-tree';
import type { TreePlan } from '../gitops/plan-tree';
import { TreeError } from '../gitops/tree-error';
import { type RenderedFolder, renderProblems, type TreeRender } from '../gitops/tree-render';
import type { Environment } from '../platform/environment';
import { GoldenError, type Problem } from '../platform/golden-error';
import type { Platform } from '../platform/platform';
import type { External } from '../references/placed-object';
import { referenceProblems } from '../references/references';
import type { Crd } from '../schema/crd-kinds';
import { KindRegistry } from '../schema/kind-registry';
import { asGoldenError } from './as-golden-error';
import { checkObjects } from './check-objects';
import { libraryVersion } from './library';
import { placeObjects } from './place-objects';
import { type RenderedObject, render } from './render';
import type { AppReport, PlaceReport, Run } from './run';

/** What synthesis asks of an app. */
export interface SynthesizedApp extends App {
  readonly name: string;
  readonly team: string;
  readonly system: string;
  readonly platform: Platform;
  /** The environments to render, in the topology's order. */
  readonly environments: readonly string[];
  /** Objects outside of the app that its own objects may name. */
  readonly external: readonly External[];
}

/** What an app renders to, checked. */
export interface Synthesis {
  readonly objects: readonly RenderedObject[];
  readonly folders: readonly RenderedFolder[];
  readonly warnings: readonly Problem[];
}

/**
 * Renders an app and checks every object, once each.
 *
 * @throws GoldenError with all problems of all objects, or when there is nothing to render.
 */
export function synthesize(app: SynthesizedApp): Synthesis {
  const { objects, problems } = render(app);
  const findings = checkObjects(
    objects,
    new KindRegistry([...(app.platform.crds as readonly Crd[]), ...crdsOfApis(app)]),
  );
  const all = [...problems, ...findings.problems, ...brokenReferences(objects, app.external)];
  if (all.length > 0) throw new GoldenError(all);
  if (objects.length === 0) {
    throw new GoldenError([
      { path: app.name, message: 'renders nothing; make at least one workload in forEachEnvironment' },
    ]);
  }
  const folders = placeObjects(app.name, objects, ({ environment }) => ({
    library: `cdk8s-golden-path@${libraryVersion()}`,
    team: app.team,
    system: app.system,
    kubernetes: environment.kubernetes,
  }));
  return { objects, folders, warnings: findings.warnings };
}

/** What objects name and no object of the same cluster is. */
function brokenReferences(objects: readonly RenderedObject[], external: readonly External[]): Problem[] {
  const clusters = new Map<Environment, RenderedObject[]>();
  for (const rendered of objects) {
    const members = clusters.get(rendered.environment);
    if (members) members.push(rendered);
    else clusters.set(rendered.environment, [rendered]);
  }
  return [...clusters].flatMap(([{ externals }, members]) => referenceProblems(members, [...external, ...externals]));
}

/**
 * Brings a synthesized app to the tree below `outdir`; a run that does not write only counts, and refuses what no tree takes.
 *
 * @throws GoldenError when the tree can't be written, with every obstacle.
 */
export function writeApp(
  app: SynthesizedApp,
  { folders, warnings }: Synthesis,
  outdir: string,
  run: Pick<Run, 'write' | 'force'>,
): AppReport {
  const tree = { app: `${app.team}/${app.name}`, environments: app.environments, folders };
  const plan = asGoldenError(outdir, () =>
    run.write ? writeTree(outdir, tree, { force: run.force }) : refuseUnfit(outdir, tree),
  );
  return { app: app.name, outdir, places: places(app, folders, plan), warnings };
}

function refuseUnfit(outdir: string, tree: TreeRender): undefined {
  const problems = renderProblems(tree);
  if (problems.length > 0) throw new TreeError(outdir, problems);
}

/** Sums folders up by environment and cluster, in the order of the topology. */
function places(app: SynthesizedApp, folders: readonly RenderedFolder[], plan: TreePlan | undefined): PlaceReport[] {
  return app.environments.flatMap((environment) =>
    app.platform.topology.environments[environment].clusters.map((cluster) => {
      const here = (folder: string) => folder.startsWith(`${environment}/${cluster}/`);
      const planned = (plan?.folders ?? []).filter((f) => here(f.folder));
      const sum = (key: 'added' | 'changed' | 'removed' | 'unchanged') =>
        planned.reduce((n, f) => n + f[key].length, 0);
      return {
        environment,
        cluster,
        app: app.name,
        objects: folders.filter((f) => here(f.folder)).reduce((n, f) => n + f.files.length, 0),
        files: { added: sum('added'), changed: sum('changed'), removed: sum('removed'), unchanged: sum('unchanged') },
      };
    }),
  );
}
