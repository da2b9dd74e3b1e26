import { observe, type PlainObject, renderComposition } from '../../../src/crossplane/testing';
import type { KubeObject } from '../../../src/dev/api-client';
import { type ClusterSetup, withCluster } from '../check-cluster';
import { crdsOf } from '../crds';
import { dryRun } from '../dry-run';
import type { Report } from '../report';
import type { SteppedRender } from './stepped-render';
import { steppedSubjects } from './stepped-subjects';

/** An owner has to have one; there is nobody to look for it. */
const uid = '00000000-0000-4000-8000-000000000000';

/** What a request composes in its last step, as it is applied: named, owned, and without status. */
function composedObjects({ composition, request, steps }: SteppedRender): KubeObject[] {
  const owner: PlainObject = { ...request, metadata: { ...request.metadata, uid } };
  let made = renderComposition(composition, owner);
  for (const { statuses } of steps.slice(1)) made = renderComposition(composition, owner, observe(made, statuses));
  return observe(made).map((object) => object as unknown as KubeObject);
}

/** The name of the check in a report. */
export const admissionCheck = 'crossplane: every composed resource is admitted, and only defaults are added';

/** A server with the providers' CRDs takes what is composed. No program of Crossplane is needed. */
export async function checkAdmission(report: Report, setup: ClusterSetup): Promise<void> {
  await report.check(admissionCheck, async () => {
    const composed = steppedSubjects.map((subject) => ({ name: subject.name, objects: composedObjects(subject) }));
    const all = composed.flatMap(({ objects }) => objects);
    const problems: string[] = [];
    await withCluster({ ...setup, crds: crdsOf(all, setup.crds) }, async ({ api }) => {
      for (const { name, objects } of composed) {
        for (const { object, message } of await dryRun(api, objects)) problems.push(`${name}, ${object}: ${message}`);
      }
    });
    return { counted: `${composed.length} requests, ${all.length} composed resources`, problems };
  });
}
