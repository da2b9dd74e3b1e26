import { writeTree } from '../gitops/owned-tree';
import type { TreePlan } from '../gitops/plan-tree';
import { TreeError } from '../gitops/tree-error';
import { type RenderedFolder, renderProblems, type TreeRender } from '../gitops/tree-render';
import { asGoldenError } from './as-golden-error';
import type { AppReport, PlaceReport } from './report';
import type { Synthesis, SynthesizedApp } from './synthesize';

/** How an app is brought to a tree. */
export interface WriteOptions {
  /** Whether files are written, or only checked. */
  readonly write: boolean;
  /**
   * Whether files that were edited by hand are overwritten.
   * @default false
   */
  readonly force?: boolean;
}

/**
 * Brings a synthesized app to the tree below `outdir`; a run that does not write only counts, and refuses what no tree takes.
 *
 * @throws GoldenError when the tree can't be written, with every obstacle.
 */
export function writeApp(app: SynthesizedApp, synthesis: Synthesis, outdir: string, options: WriteOptions): AppReport {
  const { folders, warnings } = synthesis;
  const tree = treeRenderOf(app, synthesis);
  const plan = asGoldenError(outdir, () =>
    options.write ? writeTree(outdir, tree, { force: options.force }) : refuseUnfit(outdir, tree),
  );
  return { app: app.name, outdir, places: places(app, folders, plan), warnings };
}

/** All that a synthesized app brings to a tree. */
export function treeRenderOf(app: SynthesizedApp, { folders }: Synthesis): TreeRender {
  return { app: ownerOf(app), folderName: app.name, environments: app.environments, folders };
}

/** Who owns the folders of an app in a tree, as their indexes say. */
export function ownerOf({ owner, team, name }: Pick<SynthesizedApp, 'owner' | 'team' | 'name'>): string {
  return owner ?? `${team}/${name}`;
}

function refuseUnfit(outdir: string, tree: TreeRender): undefined {
  const problems = renderProblems(tree);
  if (problems.length > 0) throw new TreeError(outdir, problems);
}

/** Sums folders up by environment and cluster, in the order of the topology. */
function places(app: SynthesizedApp, folders: readonly RenderedFolder[], plan: TreePlan | undefined): PlaceReport[] {
  return app.environments.flatMap((environment) => {
    const clusters =
      app.cluster === undefined ? app.platform.topology.environments[environment].clusters : [app.cluster];
    return clusters.map((cluster) => {
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
    });
  });
}
