import { diffContextOf } from '../app/platform-knowledge';
import type { RunApp } from '../app/run';
import { mergedPlaces } from '../diff/cluster-groups';
import { renderText } from '../diff/render-text';
import { diffTree, type PlaceDiff } from '../diff/tree-diff';
import type { PublishPlan } from '../gitops/publish-plan';
import { textOptions } from './text-options';

/**
 * What a publish is about to change, object by object.
 *
 * @param apps what was rendered, as far as it was: their platforms say what is at risk
 */
export function diffOf({ compared }: PublishPlan, apps: readonly RunApp[]): PlaceDiff[] {
  const context = diffContextOf(apps);
  return mergedPlaces(compared.map(({ render, source }) => diffTree(render, source, context).places));
}

/** What a publish is about to change, as a terminal shows it. */
export function planText({ apps }: PublishPlan, places: readonly PlaceDiff[]): string {
  if (places.some(({ changes }) => changes.length > 0)) return renderText(places, textOptions()).trimEnd();
  const folders = apps.flatMap((app) => app.folders).filter(({ change }) => change !== 'unchanged');
  return `no object changes; what the indexes record does:\n${folders.map(({ folder }) => `  ${folder}`).join('\n')}`;
}
