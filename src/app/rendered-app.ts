import type { TreeOutline, TreeRender } from '../gitops/tree-render';
import type { GraphService } from '../network/call-graph';
import type { Problem } from '../platform/golden-error';
import type { RunApp } from './run';
import type { Synthesis, SynthesizedApp } from './synthesize';

/** What an app renders to, as plain data: it can come from another process. */
export interface RenderedApp<Tree extends TreeOutline = TreeOutline> {
  readonly name: string;
  /** The environments and clusters that it is rendered for, in the order of the topology. */
  readonly places: readonly { readonly environment: string; readonly cluster: string }[];
  /** What it brings to a tree; what is in its files may be held by another process. */
  readonly tree: Tree;
  readonly warnings: readonly Problem[];
  /** Its workloads, and whom they call. */
  readonly graph: readonly GraphService[];
}

/** The plain data of an app. */
export function renderedApp({ app, synthesis }: RunApp): RenderedApp<TreeRender> {
  const { name, environments, cluster, platform } = app;
  const { warnings, graph } = synthesis;
  const clustersOf = (environment: string) =>
    cluster === undefined ? platform.topology.environments[environment].clusters : [cluster];
  return {
    name,
    places: environments.flatMap((environment) => clustersOf(environment).map((cluster) => ({ environment, cluster }))),
    tree: treeRenderOf(app, synthesis),
    warnings,
    graph,
  };
}

/** All that a synthesized app brings to a tree. */
export function treeRenderOf(app: SynthesizedApp, { folders }: Synthesis): TreeRender {
  return { app: ownerOf(app), folderName: app.name, environments: app.environments, folders };
}

/** Who owns the folders of an app in a tree, as their indexes say. */
export function ownerOf({ owner, team, name }: Pick<SynthesizedApp, 'owner' | 'team' | 'name'>): string {
  return owner ?? `${team}/${name}`;
}
