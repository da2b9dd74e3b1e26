import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolloutFile } from '../../src/delivery/rollout-program';
import type { ApiClient } from '../../src/dev/api-client';
import { argoCdPrograms } from '../../src/dev/argo-cd';
import type { ClusterSetup } from './check-cluster';
import { applications, eventually, type Fields, isDelivered, refresh, stateOf } from './delivery/applications';
import { GitopsRepository } from './delivery/gitops-repository';
import { judgesHealth } from './delivery/judges-health';
import { type TwoClusters, withTwoClusters } from './delivery/two-clusters';
import { missingPrograms } from './missing-programs';
import type { Finding, Report } from './report';

const folder = 'test/conformance/delivery/rolled-out';
const platformApp = `${folder}/platform.ts`;
const app = `${folder}/orders.ts`;

const rollout = 'orders-production.orders';
const [inFirst, inSecond] = ['eu-prod', 'us-prod'].map((cluster) => `${rollout}.${cluster}`);

/** The name of the checks in a report. */
export const rolloutCheck = 'argo cd roll-out';

/** The real Argo CD brings an app to two clusters, to the second only what is healthy in the first. */
export async function checkRollOut(report: Report, setup: ClusterSetup): Promise<void> {
  const missing = await missingPrograms(setup.binaries, argoCdPrograms);
  if (missing !== undefined) {
    report.skip(rolloutCheck, missing);
    return;
  }
  await report.check(`${rolloutCheck}: an Application that is pinned counts as healthy only at its pin`, () =>
    judgesHealth(setup.binaries),
  );
  const scratch = mkdtempSync(join(tmpdir(), 'golden-rollout-'));
  try {
    const repository = await GitopsRepository.make(scratch);
    await repository.write({ [rolloutFile.path]: rolloutFile.content });
    await repository.publish([platformApp, app], 'production', { ORDERS: '1.0.0' });
    await withTwoClusters({ ...setup, repository }, ['production/eu-prod', 'production/us-prod'], (clusters) =>
      rollsOut(report, clusters),
    );
  } catch (error) {
    await report.check(`${rolloutCheck}: the clusters and Argo CD work`, () => Promise.reject(error));
  } finally {
    if (!setup.keep) rmSync(scratch, { recursive: true, force: true });
  }
}

async function rollsOut(report: Report, clusters: TwoClusters): Promise<void> {
  const title = (what: string) => `${rolloutCheck}: ${what}`;
  const arrived = await report.check(title('an app arrives in one cluster after the other'), () => arrives(clusters));
  if (!arrived) {
    report.skip(title('what comes after the first delivery'), 'the app did not arrive');
    return;
  }
  await report.check(title('what is broken in the first cluster never reaches the second'), () => holds(clusters));
  await report.check(title('what mends it reaches both, and nothing else does'), () => goesOn(clusters));
  await report.check(title('a commit of somebody else moves no pin, and leaves nothing OutOfSync'), () =>
    stays(clusters),
  );
  await report.check(title('what somebody changes by hand is healed'), () => heals(clusters));
}

async function arrives({ first, second }: TwoClusters): Promise<Finding> {
  const early: string[] = [];
  const problems = await eventually(
    () => undelivered(first),
    240,
    async () => {
      const live = await applications(first);
      const isReady = live[inFirst] !== undefined && isDelivered(live[inFirst]);
      if (live[inSecond] !== undefined && !isReady) early.push(`${inSecond} is there before ${inFirst} is healthy`);
    },
  );
  const versions = [await versionsOf(first), await versionsOf(second)].map(String);
  const wrong = versions.filter((version) => version !== '1.0.0').map((version) => `runs ${version}`);
  return { counted: '2 clusters', problems: [...problems, ...new Set(early), ...wrong] };
}

/** A version that no node takes: the roll-out says so, and the second cluster goes on with what it has. */
async function holds({ repository, first, second }: TwoClusters): Promise<Finding> {
  const before = (await applications(first))[inSecond].spec.source.targetRevision;
  await repository.publish([app], 'production', { ORDERS: '1.1.0,gpu' });
  await refresh(first, [rollout]);
  const problems = await eventually(async () => {
    const live = await applications(first);
    const isHeld = live[rollout].status.operationState?.retryCount > 0;
    return isHeld && live[inFirst].status.health.status === 'Degraded'
      ? []
      : [`${rollout} is not held: ${stateOf(live[rollout])}`, `${inFirst}: ${stateOf(live[inFirst])}`];
  }, 180);
  const live = await applications(first);
  const moved = live[inSecond].spec.source.targetRevision === before ? [] : [`${inSecond} moved its pin`];
  const reached = (await versionsOf(second)).includes('1.1.0') ? ['the second cluster got 1.1.0'] : [];
  const arrived = (await versionsOf(first)).includes('1.1.0') ? [] : ['the first cluster did not get 1.1.0'];
  const told = await repository.status('orders', Object.values(live));
  const why = told.includes(`waits until the roll-out ${rollout} moves it on`) ? [] : [`golden status says: ${told}`];
  return { counted: '1 version', problems: [...problems, ...moved, ...reached, ...arrived, ...why] };
}

/** Old ReplicaSets tell which versions a cluster ever had. */
async function goesOn({ repository, first, second }: TwoClusters): Promise<Finding> {
  await repository.publish([app], 'production', { ORDERS: '1.2.0' });
  const problems = await eventually(async () => {
    const isThere = (await versionsOf(second)).includes('1.2.0');
    return [...(isThere ? [] : ['the second cluster does not get 1.2.0']), ...(await undelivered(first))];
  }, 240);
  const had = (await versionsOf(second)).join(', ');
  return { counted: had, problems: had === '1.0.0, 1.2.0' ? problems : [...problems, `the second cluster had ${had}`] };
}

async function stays({ repository, first }: TwoClusters): Promise<Finding> {
  const before = await pins(first);
  await repository.write({ 'README.md': 'What is delivered, in other words.\n' });
  const { reconciledAt } = (await applications(first))[rollout].status;
  await refresh(first, [rollout, inFirst, inSecond], 'hard');
  const waiting = await eventually(async () => {
    const live = (await applications(first))[rollout];
    return live.status.reconciledAt === reconciledAt ? [`${rollout} was not compared again`] : [];
  }, 60);
  const problems = await undelivered(first);
  const after = await pins(first);
  const moved = after === before ? [] : [`the pins moved from ${before} to ${after}`];
  return { counted: '1 commit', problems: [...waiting, ...problems, ...moved] };
}

async function heals({ first, second }: TwoClusters): Promise<Finding> {
  const [deployment] = await deployments(second);
  const path = await second.pathOf({ ...deployment, apiVersion: 'apps/v1', kind: 'Deployment' });
  const body = { spec: { template: { spec: { terminationGracePeriodSeconds: 77 } } } };
  await second.ask('PATCH', path, { contentType: 'application/merge-patch+json', body });
  const problems = await eventually(async () => {
    const [{ spec }] = await deployments(second);
    const isHealed = spec.template.spec.terminationGracePeriodSeconds !== 77;
    return [...(isHealed ? [] : ['the Deployment is not healed']), ...(await undelivered(first))];
  }, 120);
  return { counted: '1 field', problems };
}

async function undelivered(api: ApiClient): Promise<string[]> {
  const live = await applications(api);
  return [...new Set([rollout, inFirst, inSecond, ...Object.keys(live)])]
    .filter((name) => live[name] === undefined || !isDelivered(live[name]))
    .map((name) => `${name}: ${stateOf(live[name])}`);
}

async function pins(api: ApiClient): Promise<string> {
  const live = await applications(api);
  return [inFirst, inSecond].map((name) => live[name].spec.source.targetRevision).join(', ');
}

async function deployments(api: ApiClient): Promise<Fields[]> {
  return api.list('apps/v1', 'Deployment', 'orders-production');
}

/** The versions that a cluster has run, by the ReplicaSets that are left of them. */
async function versionsOf(api: ApiClient): Promise<string[]> {
  const sets: Fields[] = await api.list('apps/v1', 'ReplicaSet', 'orders-production');
  return [...new Set(sets.map(({ spec }) => spec.template.spec.containers[0].image.split(':')[1]))].sort();
}
