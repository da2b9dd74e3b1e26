import type { Composition } from '../../../src/crossplane/composition/composition';
import type { ApiClient, KubeObject } from '../../../src/dev/api-client';
import { findCrossplane } from '../../../src/dev/crossplane-programs';
import { CrossplaneRender } from '../../../src/dev/crossplane-render';
import { withCluster } from '../check-cluster';
import { crdsOf } from '../crds';
import { dryRun } from '../dry-run';
import { inParallel } from '../in-parallel';
import type { Finding, Report } from '../report';
import type { CrossplaneSetup } from './check-crossplane';
import { renderSteps, type SteppedRender } from './stepped-render';

/** A composition and the requests that are made of it. */
export interface CompositionCases {
  readonly composition: Composition;
  /** At least six, each followed from nothing to ready. */
  readonly cases: readonly SteppedRender[];
}

const rendered = 'crossplane render: each composition gives what renderComposition gives, step by step, for';
const admitted = 'compositions: an API server admits what they compose, strictly, for';

/**
 * Follows requests of compositions with the real functions, and asks a real API server, with the CRDs of providers and
 * operators, to take everything that is composed on the way.
 */
export async function checkCompositions(
  report: Report,
  setup: CrossplaneSetup,
  subjects: readonly CompositionCases[],
): Promise<void> {
  let programs: ReturnType<typeof findCrossplane>;
  try {
    programs = findCrossplane(setup.ready);
  } catch (error) {
    for (const { composition } of subjects) report.skip(`${rendered} ${composition.name}`, (error as Error).message);
    return;
  }
  const kinds = subjects.flatMap(({ composition }) => composition.kinds as unknown as KubeObject[]);
  const manifests = subjects.map(({ composition }) => composition.manifest as unknown as KubeObject);
  await withCluster({ ...setup, crds: crdsOf([...kinds, ...manifests], setup.crds) }, async ({ api }, host) => {
    const render = await CrossplaneRender.start(host, programs);
    for (const { composition, cases } of subjects) {
      const objects: KubeObject[] = [composition.manifest as unknown as KubeObject];
      await report.check(`${rendered} ${composition.name}`, async () => {
        const outcomes = await inParallel(cases, (one) => renderSteps(render, one), 3);
        const steps = outcomes.flatMap((outcome) => outcome.rendered);
        objects.push(...steps.flatMap(({ resources }) => resources as unknown as KubeObject[]));
        const few = cases.length < 6 ? [`${cases.length} requests are too few to say anything; give 6`] : [];
        const problems = [...few, ...outcomes.flatMap((outcome) => outcome.problems)];
        return { counted: `${cases.length} requests, ${steps.length} steps`, problems };
      });
      await report.check(`${admitted} ${composition.name}`, () => admit(api, objects));
    }
  });
}

/** Names and status are what Crossplane and controllers add: a name is made up here, and status left out. */
async function admit(api: ApiClient, objects: readonly KubeObject[]): Promise<Finding> {
  const named = objects.map(({ status: _, ...object }, i): KubeObject => {
    const { generateName, ...metadata } = object.metadata as KubeObject['metadata'] & { generateName?: string };
    return { ...object, metadata: { ...metadata, name: metadata.name ?? `${generateName}${i}` } } as KubeObject;
  });
  const problems = await dryRun(api, named);
  const messages = [...new Set(problems.map(({ object, message }) => `${object}: ${message}`))];
  return { counted: `${objects.length} objects`, problems: messages };
}
