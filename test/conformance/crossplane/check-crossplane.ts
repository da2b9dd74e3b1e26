import * as fc from 'fast-check';
import type { KubeObject } from '../../../src/dev/api-client';
import { crossplaneGroups } from '../../../src/dev/crossplane-core';
import { findCrossplane } from '../../../src/dev/crossplane-programs';
import { CrossplaneRender } from '../../../src/dev/crossplane-render';
import { CrossplaneValidate } from '../../../src/dev/crossplane-validate';
import { EngineHost } from '../../../src/dev/engine-host';
import type { ClusterSetup } from '../check-cluster';
import { crdsOfGroups } from '../crds';
import { inParallel } from '../in-parallel';
import type { Finding, Report } from '../report';
import { aws } from './aws';
import { checkValidate } from './check-validate';
import { compareRender, isRefused } from './compare-render';
import { type RenderCase, renderCases } from './composition-arbitraries';
import { edgeCases, edgeCopies } from './edge-cases';
import { gcp } from './gcp';
import { onprem } from './onprem';
import { servedApis } from './served-apis';
import { renderSteps, type SteppedRender } from './stepped-render';
import { steppedSubjects } from './stepped-subjects';
import { structureCases } from './structure-cases';
import { validateBackends } from './validate-backends';

const randomCases = 250;
const seed = 20_260_102;

/** The checks below, by the names that a report gives them. */
const names = {
  edges: 'crossplane render: numbers, formats, paths and mistakes come out as in renderComposition',
  structures: 'crossplane render: steps, Secrets and readiness come out as in renderComposition',
  random: 'crossplane render: random compositions come out as in renderComposition',
  steps: 'crossplane render: requests followed from nothing to ready come out as in renderComposition',
  validate: 'crossplane beta validate: an API and what it renders are valid, broken twins are found',
  backends:
    'crossplane beta validate: all that the APIs are composed of is valid on every backend, a wrong field is found',
};

/** Where Crossplane's programs and CRDs come from. */
export interface CrossplaneSetup extends ClusterSetup {
  /** Folder of ready binaries, when there is one. */
  readonly ready: string | undefined;
}

/** What needs no cluster: `renderComposition` gives what `crossplane render` gives with the real functions, and validation works offline. */
export async function checkCrossplane(report: Report, { binaries, crds, ready, keep }: CrossplaneSetup): Promise<void> {
  let programs: ReturnType<typeof findCrossplane>;
  try {
    programs = findCrossplane(ready);
  } catch (error) {
    for (const name of Object.values(names)) report.skip(name, (error as Error).message);
    return;
  }
  const host = new EngineHost({ binaries, keep });
  try {
    const render = await CrossplaneRender.start(host, programs);
    const random = fc.sample(renderCases, { numRuns: randomCases, seed });
    await report.check(names.edges, () => compare(render, edgeCases, `${edgeCopies} copies`));
    await report.check(names.structures, () => compare(render, structureCases));
    await report.check(names.random, () =>
      compare(
        render,
        random.map((one, index) => ({ ...one, name: `seed ${seed}, case ${index}` })),
      ),
    );
    await report.check(names.steps, () => follow(render, steppedSubjects));
    const own = crdsOfGroups(crossplaneGroups, crds);
    const program = new CrossplaneValidate(programs.crossplane, host.folder('crossplane-validate'), own);
    await report.check(names.validate, () => checkValidate(program, crds));
    const definitions = servedApis.map((api) => api.xrd() as unknown as KubeObject);
    await report.check(names.backends, () => validateBackends(program, definitions, crds, [aws, gcp, onprem]));
  } finally {
    await host.stop();
  }
}

async function follow(render: CrossplaneRender, subjects: readonly SteppedRender[]): Promise<Finding> {
  const outcomes = await inParallel(subjects, (subject) => renderSteps(render, subject), 3);
  const steps = outcomes.reduce((sum, { rendered }) => sum + rendered.length, 0);
  return {
    counted: `${subjects.length} requests, ${steps} steps`,
    problems: outcomes.flatMap(({ problems }) => problems),
  };
}

async function compare(render: CrossplaneRender, cases: readonly RenderCase[], more?: string): Promise<Finding> {
  // A render is a process that waits as much as it works.
  const differences = await inParallel(cases, (one) => compareRender(render, one), 3);
  const refused = cases.filter(isRefused).length;
  return {
    counted: [more, `${cases.length} renders`, `${refused} of them refused`].filter(Boolean).join(', '),
    problems: differences.filter((difference) => difference !== undefined),
  };
}
