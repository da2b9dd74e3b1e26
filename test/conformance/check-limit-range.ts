import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import type { LimitRangeSpec } from '../../imports/kubernetes';
import type { ApiClient, KubeObject } from '../../src/dev/api-client';
import { demandOf } from '../../src/team/demand';
import { fitProblems } from '../../src/team/fits';
import { inParallel } from './in-parallel';
import type { Finding } from './report';

/** Few and round amounts, so that they often meet: equal, or the one just above the other. */
const amounts = sparse({
  cpu: fc.constantFrom(undefined, '10m', '100m', '200m', '1'),
  memory: fc.constantFrom(undefined, '16Mi', '128Mi', '256Mi', '512Mi', '1Gi'),
});
const container = sparse({ resources: sparse({ requests: maybe(amounts), limits: maybe(amounts) }) });
const wholePod = sparse({
  requests: maybe(fc.constantFrom({ cpu: '2' }, { memory: '2Gi' }, { cpu: '100m', memory: '256Mi' })),
  limits: maybe(fc.constantFrom({ cpu: '2' }, { memory: '2Gi' }, { cpu: '200m', memory: '512Mi' })),
});
const podSpec = sparse({
  containers: fc.array(container, { minLength: 1, maxLength: 2 }).map(numbered('main')),
  initContainers: fc
    .array(fc.tuple(container, fc.constantFrom({}, { restartPolicy: 'Always' })), { maxLength: 1 })
    .map((list) => numbered('init')(list.map(([fields, role]) => ({ ...fields, ...role })))),
  resources: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: wholePod }),
});
const bounds = {
  max: maybe(fc.constantFrom({ memory: '512Mi' }, { memory: '2Gi' }, { cpu: '1' })),
  min: maybe(fc.constantFrom({ memory: '128Mi' }, { cpu: '10m' }, { cpu: '10m', memory: '16Mi' })),
  maxLimitRequestRatio: fc.constantFrom(undefined, undefined, undefined, { memory: '2' }, { cpu: '4' }),
};
const item = fc.oneof(
  sparse({ type: fc.constant('Container'), default: maybe(amounts), defaultRequest: maybe(amounts), ...bounds }),
  sparse({ type: fc.constant('Pod'), ...bounds }),
);
const namespace = fc.record({
  limitRange: item.map((limit) => ({ limits: [limit] }) as unknown as LimitRangeSpec),
  pods: fc.array(podSpec, { minLength: 12, maxLength: 12 }),
});

/**
 * What is said to fit a LimitRange is admitted, and what is said not to fit is refused, for 12 random pods in each of 120
 * namespaces with a random LimitRange. LimitRanges that the server refuses are left out.
 */
export async function checkLimitRange(api: ApiClient): Promise<Finding> {
  const random = fc.sample(namespace, { numRuns: 120, seed: 11 });
  const held = await inParallel([...random.entries()], async ([i, { limitRange, pods }]) => {
    const name = `limits-${i}`;
    await api.ensure({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    await api.ensure({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } });
    const body = { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'bounds' }, spec: limitRange };
    const { status } = await api.ask('POST', `/api/v1/namespaces/${name}/limitranges`, { body });
    return status < 400 ? pods.map((spec) => ({ name, limitRange, spec })) : [];
  });
  // Admission reads LimitRanges from a cache that follows a moment later.
  await sleep(3000);
  let admitted = 0;
  const verdicts = await inParallel(held.flat(), async ({ name, limitRange, spec }) => {
    const pod: KubeObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod', namespace: name }, spec };
    const said = fitProblems(demandOf([pod], { limitRange }), { limitRange });
    const { status, body } = await api.ask('POST', `/api/v1/namespaces/${name}/pods`, {
      body: pod,
      query: { dryRun: 'All' },
    });
    if (status < 400) admitted += 1;
    if (status < 400 === (said.length === 0)) return [];
    return [
      `${JSON.stringify(spec)} in ${JSON.stringify(limitRange)}: ${said[0] ?? 'fits'}, and: ${body.message ?? 'admitted'}`,
    ];
  });
  return { counted: `${verdicts.length} pods, ${admitted} of them admitted`, problems: verdicts.flat() };
}

function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined });
}

/** A record without the keys whose value is undefined. */
function sparse(model: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .record(model)
    .map((fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));
}

function numbered(prefix: string): (list: readonly object[]) => object[] {
  return (list) => list.map((fields, i) => ({ name: `${prefix}-${i}`, image: 'registry.example/any:1', ...fields }));
}
