import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { CompositeCrd } from '../../src/crossplane/api/crd';
import type { DefinedApi } from '../../src/crossplane/api/defined-api';
import type { ApiClient, KubeObject } from '../../src/dev/api-client';
import { crossplaneGroups, startCrossplaneCore } from '../../src/dev/crossplane-core';
import { findCrossplane } from '../../src/dev/crossplane-programs';
import { type ClusterSetup, withCluster } from './check-cluster';
import type { Finding, Report } from './report';

const madeWithinSeconds = 60;

/** The name of the check in a report. */
export const madeCrdsCheck = 'APIs: the real Crossplane makes the CRDs that requests are checked with';

/** Where Crossplane's programs are, beside what every cluster gets. */
export interface MadeCrdsSetup extends ClusterSetup {
  readonly ready?: string;
}

/** The CRD of each API is, field by field, the one that the real Crossplane makes of its XRD. */
export async function checkMadeCrds(
  report: Report,
  setup: MadeCrdsSetup,
  apis: readonly DefinedApi[],
  title: string = madeCrdsCheck,
): Promise<void> {
  let programs: ReturnType<typeof findCrossplane>;
  try {
    programs = findCrossplane(setup.ready);
  } catch (error) {
    report.skip(title, (error as Error).message);
    return;
  }
  const groups: readonly string[] = crossplaneGroups;
  const crds = setup.crds.filter(({ spec }) => groups.includes((spec as { group: string }).group));
  await report.check(title, async () => {
    const problems: string[] = [];
    await withCluster({ ...setup, crds }, async (plane, host) => {
      await startCrossplaneCore(host, plane, programs);
      for (const api of apis) problems.push(...(await checkMadeCrdsOf(plane.api, api)));
    });
    const made = apis.reduce((sum, api) => sum + api.crds().length, 0);
    return { counted: `${made} CRDs`, problems } satisfies Finding;
  });
}

async function checkMadeCrdsOf(server: ApiClient, api: DefinedApi): Promise<string[]> {
  await server.ensure(api.xrd() as unknown as KubeObject);
  const problems: string[] = [];
  for (const ours of api.crds()) {
    const made = await untilEstablished(server, ours as unknown as KubeObject);
    problems.push(...differencesOf(ours.spec, (made as unknown as CompositeCrd).spec, ours.metadata.name));
  }
  return problems;
}

/** Established means that the API server compiled every rule and found the schema to be structural. */
async function untilEstablished(server: ApiClient, crd: KubeObject): Promise<KubeObject> {
  const deadline = performance.now() + madeWithinSeconds * 1000;
  let live: KubeObject | undefined;
  while (performance.now() < deadline) {
    live = await server.get(crd);
    const { conditions } = (live?.status ?? {}) as { conditions?: { type: string; status: string }[] | null };
    if (live && conditions?.some(({ type, status }) => type === 'Established' && status === 'True')) return live;
    await sleep(200);
  }
  throw new Error(
    `${crd.metadata.name}: not established within ${madeWithinSeconds} s: ${JSON.stringify(live?.status)}`,
  );
}

/** What the API server fills into any CRD. */
const filledIn: readonly RegExp[] = [/\.names\.(listKind|singular)$/, /\.conversion$/];

/** Every place where what was made is not what we say; the order of lists that are sets is no difference. */
function differencesOf(ours: unknown, made: unknown, path: string): string[] {
  if (filledIn.some((pattern) => pattern.test(path)) && ours === undefined) return [];
  if (isRecord(ours) && isRecord(made)) {
    const keys = [...new Set([...Object.keys(ours), ...Object.keys(made)])];
    return keys.flatMap((key) => differencesOf(ours[key], made[key], `${path}.${key}`));
  }
  if (Array.isArray(ours) && Array.isArray(made) && ours.length === made.length) {
    const [a, b] = path.endsWith('.required') ? [ours.toSorted(), made.toSorted()] : [ours, made];
    return a.flatMap((item, i) => differencesOf(item, b[i], `${path}[${i}]`));
  }
  return isDeepStrictEqual(ours, made)
    ? []
    : [`${path}: we say ${JSON.stringify(ours)}, Crossplane made ${JSON.stringify(made)}`];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
