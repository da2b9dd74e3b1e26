import { writeTrees } from '../gitops/owned-tree';
import type { FolderPlan, TreeOptions, TreePlan } from '../gitops/plan-tree';
import { renderProblems, type TreeRender } from '../gitops/tree-render';
import type { Problem } from '../platform/golden-error';
import { asGoldenError, treeProblems } from './as-golden-error';
import type { RenderedApp } from './rendered-app';
import type { AppReport, PlaceReport } from './report';

/** What bringing apps to a tree came to. */
export interface WrittenApps {
  /** One for each app that could be written. */
  readonly reports: readonly AppReport[];
  /** What stands against the others. */
  readonly problems: readonly Problem[];
}

/**
 * Brings apps to the tree below `outdir`, as one write of those that nothing stands against.
 *
 * @throws GoldenError when none of them can be written.
 */
export function writeApps(
  apps: readonly RenderedApp<TreeRender>[],
  outdir: string,
  options: TreeOptions = {},
): WrittenApps {
  const trees = apps.map(({ tree }) => tree);
  return writtenApps(
    apps,
    outdir,
    asGoldenError(outdir, () => writeTrees(outdir, trees, options)),
  );
}

/** Counts what apps would bring to a tree, and refuses what no tree takes. */
export function countApps(apps: readonly RenderedApp[], outdir: string): WrittenApps {
  const plans = apps.map(({ tree }) => ({ folders: [], problems: renderProblems(tree) }));
  return writtenApps(apps, outdir, plans);
}

/** What bringing apps to a tree came to, by what was planned for each. */
export function writtenApps(apps: readonly RenderedApp[], outdir: string, plans: readonly TreePlan[]): WrittenApps {
  const fit = apps.flatMap((app, n) => (plans[n].problems.length === 0 ? [{ app, plan: plans[n] }] : []));
  return {
    reports: fit.map(({ app, plan }) => {
      const { name, warnings } = app;
      return { app: name, outdir, places: places(app, plan.folders), warnings };
    }),
    problems: plans.flatMap(({ problems }) => treeProblems(outdir, problems)),
  };
}

/** Sums folders up by environment and cluster. */
function places({ name, places, tree }: RenderedApp, planned: readonly FolderPlan[]): PlaceReport[] {
  return places.map(({ environment, cluster }) => {
    const here = ({ folder }: { readonly folder: string }) => folder.startsWith(`${environment}/${cluster}/`);
    const changes = planned.filter(here);
    const sum = (key: 'added' | 'changed' | 'removed' | 'unchanged') =>
      changes.reduce((count, change) => count + change[key].length, 0);
    return {
      environment,
      cluster,
      app: name,
      objects: tree.folders.filter(here).reduce((count, { files }) => count + files.length, 0),
      files: { added: sum('added'), changed: sum('changed'), removed: sum('removed'), unchanged: sum('unchanged') },
    };
  });
}
