import { writeTrees } from '../gitops/owned-tree';
import type { FolderPlan } from '../gitops/plan-tree';
import { renderProblems } from '../gitops/tree-render';
import type { Problem } from '../platform/golden-error';
import { asGoldenError, treeProblems } from './as-golden-error';
import type { RenderedApp } from './rendered-app';
import type { AppReport, PlaceReport } from './report';

/** How apps are brought to a tree. */
export interface WriteOptions {
  /** Whether files are written, or only checked. */
  readonly write: boolean;
  /**
   * Whether files that were edited by hand are overwritten.
   * @default false
   */
  readonly force?: boolean;
}

/** What bringing apps to a tree came to. */
export interface WrittenApps {
  /** One for each app that could be written. */
  readonly reports: readonly AppReport[];
  /** What stands against the others. */
  readonly problems: readonly Problem[];
}

/**
 * Brings apps to the tree below `outdir`, as one write of those that nothing stands against; a run that does not write only
 * counts, and refuses what no tree takes.
 *
 * @throws GoldenError when none of them can be written.
 */
export function writeApps(apps: readonly RenderedApp[], outdir: string, { write, force }: WriteOptions): WrittenApps {
  const trees = apps.map(({ tree }) => tree);
  const plans = write
    ? asGoldenError(outdir, () => writeTrees(outdir, trees, { force }))
    : trees.map((tree) => ({ folders: [], problems: renderProblems(tree) }));
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
