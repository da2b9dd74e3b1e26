import { observe } from '../../../src/crossplane/testing';
import type { KubeObject } from '../../../src/dev/api-client';
import { findCrossplane } from '../../../src/dev/crossplane-programs';
import { CrossplaneRender } from '../../../src/dev/crossplane-render';
import { EngineHost } from '../../../src/dev/engine-host';
import { withCluster } from '../check-cluster';
import { crdsOf } from '../crds';
import { admitted } from '../dry-run';
import { inParallel } from '../in-parallel';
import type { Report } from '../report';
import type { CrossplaneSetup } from './check-crossplane';
import { renderSteps, type SteppedOutcome, type SteppedRender } from './stepped-render';

/** The compositions of one backend, with requests that try them. */
export interface ComposedBackend {
  /** As a report names it: `AWS`. */
  readonly name: string;
  readonly cases: readonly SteppedRender[];
  /**
   * A warning that the server gives for what only an older Crossplane knows.
   * @default - none is expected
   */
  readonly expected?: RegExp;
}

/**
 * Follows requests from nothing to ready: real functions give what `renderComposition` gives in every step, and a real API
 * server with the providers' CRDs takes every object that is composed.
 */
export async function checkCompositions(
  report: Report,
  setup: CrossplaneSetup,
  backends: readonly ComposedBackend[],
): Promise<void> {
  const titles = ({ name }: ComposedBackend) => ({
    rendered: `compositions on ${name}: requests become ready as in renderComposition, step by step`,
    admitted: `compositions on ${name}: every composed object is admitted, without a warning`,
  });
  let programs: ReturnType<typeof findCrossplane>;
  try {
    programs = findCrossplane(setup.ready);
  } catch (error) {
    for (const title of backends.flatMap((one) => Object.values(titles(one)))) {
      report.skip(title, (error as Error).message);
    }
    return;
  }
  const outcomes = new Map<ComposedBackend, readonly SteppedOutcome[]>();
  const host = new EngineHost({ binaries: setup.binaries, keep: setup.keep });
  try {
    const render = await CrossplaneRender.start(host, programs);
    for (const backend of backends) {
      await report.check(titles(backend).rendered, async () => {
        const made = await inParallel(backend.cases, (one) => renderSteps(render, one), 3);
        outcomes.set(backend, made);
        const renders = made.reduce((sum, { rendered }) => sum + rendered.length, 0);
        return {
          counted: `${made.length} requests, ${renders} renders`,
          problems: made.flatMap((one) => one.problems),
        };
      });
    }
  } finally {
    await host.stop();
  }
  const all = [...outcomes.values()].flatMap(composedObjects);
  await withCluster({ ...setup, crds: crdsOf(all, setup.crds) }, async ({ api }) => {
    for (const backend of backends) {
      const objects = composedObjects(outcomes.get(backend) ?? []);
      await report.check(titles(backend).admitted, () => admitted(api, objects, backend.expected));
    }
  });
}

/** What was composed in any step, each different object once. */
function composedObjects(outcomes: readonly SteppedOutcome[]): KubeObject[] {
  const objects = outcomes.flatMap(({ rendered }) => rendered.flatMap((made) => observe(made)));
  return [...new Map(objects.map((object) => [JSON.stringify(object), object as unknown as KubeObject])).values()];
}
