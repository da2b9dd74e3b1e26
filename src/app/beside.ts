import type { ImageLock } from '../platform/image-lock';
import type { EnvironmentTopology, Topology } from '../platform/topology';
import type { RunApp } from './run';
import type { Synthesis, SynthesizedApp } from './synthesize';

/** The environments of an app, in the topology's order, that are changed in another way than the one that a command is for. */
export function otherEnvironments(
  { environments }: Topology,
  declared: readonly string[],
  promotion: EnvironmentTopology['promotion'],
): string[] {
  return Object.keys(environments).filter(
    (name) => declared.includes(name) && (environments[name].promotion ?? 'auto') !== promotion,
  );
}

/**
 * The images that a promotion would bring to an environment: those of the last environment before it that is published to, and its
 * own where that has none.
 */
export function promotedImages(lock: ImageLock, to: string, { environments }: Topology): ImageLock {
  const names = Object.keys(environments);
  const published = names.filter((name) => (environments[name].promotion ?? 'auto') === 'auto');
  const from = published.filter((name) => names.indexOf(name) < names.indexOf(to)).pop() ?? published[0];
  return from === undefined ? lock : { ...lock, [to]: { ...lock[to], ...lock[from] } };
}

/** Tells what was rendered beside an app's own environments from what it renders for these. */
export function apart(app: SynthesizedApp, synthesis: Synthesis): RunApp {
  const isOwn = (environment: string) => app.environments.includes(environment);
  const own = synthesis.folders.filter(({ folder }) => isOwn(folder.split('/')[0]));
  if (own.length === synthesis.folders.length) return { app, synthesis };
  return {
    app,
    synthesis: {
      ...synthesis,
      folders: own,
      objects: synthesis.objects.filter(({ environment }) => isOwn(environment.name)),
    },
    beside: synthesis.folders.filter((folder) => !own.includes(folder)),
  };
}
