import * as fc from 'fast-check';
import type { KubeObject } from '../../src/dev/api-client';
import { validSubject } from '../properties/arbitraries';
import { synthesizeSubject } from '../properties/subject';
import { type ClusterSetup, withCluster } from './check-cluster';
import { crdsOf } from './crds';
import { dryRun } from './dry-run';
import type { Report } from './report';

const renders = 200;
const seed = 20_260_101;

/** What random valid props render to is admitted by a real API server, without an error or a warning. */
export async function checkRandomProps(report: Report, setup: ClusterSetup): Promise<void> {
  await report.check('random props: every render is admitted, and only defaults are added', async () => {
    const subjects = fc.sample(validSubject, { numRuns: renders, seed });
    const rendered = subjects.map((subject) =>
      synthesizeSubject(subject).objects.map(({ object }) => object as unknown as KubeObject),
    );
    const problems: string[] = [];
    await withCluster({ ...setup, crds: crdsOf(rendered.flat(), setup.crds) }, async ({ api }) => {
      for (const [i, objects] of rendered.entries()) {
        for (const { object, message } of await dryRun(api, objects)) {
          problems.push(`seed ${seed}, render ${i} (${subjects[i].kind}), ${object}: ${message}`);
        }
      }
    });
    return { counted: `${renders} renders, ${rendered.flat().length} objects`, problems };
  });
}
