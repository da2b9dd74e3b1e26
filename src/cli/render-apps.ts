import { availableParallelism } from 'node:os';
import { type RenderedApp, renderedApp } from '../app/rendered-app';
import type { TreeRender } from '../gitops/tree-render';
import type { Problem } from '../platform/golden-error';
import { disagreements, distinct, type LoadOptions, loadEach } from './load-apps';
import type { RenderProcesses } from './render-apart';

/** What app files render to. */
export type RenderedApps = RenderedHere | RenderedApart;

/** Apps that were rendered by this process. */
export interface RenderedHere {
  readonly apps: readonly RenderedApp<TreeRender>[];
  /** What stands in the way of some of them, or of the files that should have made them. */
  readonly problems: readonly Problem[];
  readonly held?: undefined;
}

/** Apps that were rendered by other processes. */
export interface RenderedApart {
  readonly apps: readonly RenderedApp[];
  readonly problems: readonly Problem[];
  /** Who holds what is in their files. Whoever asked for the render ends them. */
  readonly held: RenderProcesses;
}

/** Files that are worth a process of its own: to start one costs as much as some ten apps of a usual size. */
const filesOfProcess = 16;

/** How many processes render so many files best; one means this one. */
export function processesFor(files: number): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(files / filesOfProcess)));
}

/**
 * Renders app files here, or in several processes at once, and holds what their apps say of each other against each other.
 *
 * @param onFile called after each file
 */
export async function renderApps(
  files: readonly string[],
  options: LoadOptions,
  processes = processesFor(files.length),
  onFile: () => void = () => {},
): Promise<RenderedApps> {
  if (processes === 1) return renderHere(distinct(files), options, onFile);
  const { RenderProcesses } = require('./render-apart') as typeof import('./render-apart');
  const held = new RenderProcesses(processes, options);
  const answers = await held.render(distinct(files), onFile).catch((error) => {
    held.end();
    throw error;
  });
  const apps = answers.flatMap((answer) => answer.apps);
  return { apps, problems: [...answers.flatMap(({ problems }) => problems), ...disagreements(apps)], held };
}

/** One file after the other: what an app was made of goes before the next one is. */
async function renderHere(files: readonly string[], options: LoadOptions, onFile: () => void): Promise<RenderedHere> {
  const apps: RenderedApp<TreeRender>[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const loaded = await loadEach([file], options, onFile);
    apps.push(...loaded.apps.map(renderedApp));
    problems.push(...loaded.problems);
  }
  return { apps, problems: [...problems, ...disagreements(apps)] };
}
