import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argoCdSettings } from '../../src/delivery/argo-cd-settings';
import type { KubeObject } from '../../src/dev/api-client';
import { argoCdPrograms } from '../../src/dev/argo-cd';
import { postgresInstance } from '../../xrds/postgres-instance';
import type { ClusterSetup } from './check-cluster';
import { type DeliveredSetup, withDelivery } from './delivery/delivered';
import { followsGit } from './delivery/follows-git';
import { GitopsRepository } from './delivery/gitops-repository';
import { keepsData } from './delivery/keeps-data';
import { namesImmutableField, namesRenumberedPort } from './delivery/names-refusals';
import { refusesStrangers } from './delivery/refuses-strangers';
import { waitsForPromotion } from './delivery/waits-for-promotion';
import { missingPrograms } from './missing-programs';
import type { Report } from './report';

/** The name of the checks in a report. */
export const deliveryCheck = 'argo cd';

const apps = ['test/conformance/delivery/apps/platform.ts', 'examples/orders/app.ts', 'examples/payments/app.ts'];

/**
 * The real Argo CD delivers the examples from a repository, to clusters of their own: one that follows what is published, and one that
 * is promoted to.
 */
export async function checkDelivery(report: Report, setup: ClusterSetup): Promise<void> {
  const missing = await missingPrograms(setup.binaries, argoCdPrograms);
  if (missing !== undefined) {
    report.skip(deliveryCheck, missing);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'golden-gitops-'));
  try {
    let repository: GitopsRepository | undefined;
    const isPublished = await report.check(`${deliveryCheck}: the examples are published`, async () => {
      repository = await GitopsRepository.make(folder);
      await repository.publish(apps, 'dev');
      await repository.promote(apps, 'production');
      return { counted: `${apps.length} apps`, problems: [] };
    });
    if (repository === undefined || !isPublished) {
      report.skip(deliveryCheck, 'the examples are not published');
      return;
    }
    const [dev, production] = [await repository.cluster('dev/eu-dev'), await repository.cluster('production/us-prod')];
    const failed = (name: string) => (error: Error) =>
      report.check(`${deliveryCheck} ${name}: the cluster and Argo CD work`, () => Promise.reject(error));
    // Both mostly wait for Argo CD, which waits for its rounds.
    await Promise.all([
      checkDev(report, { ...setup, repository, cluster: dev }).catch(failed(dev.name)),
      checkProduction(report, { ...setup, repository, cluster: production }).catch(failed(production.name)),
    ]);
  } finally {
    if (!setup.keep) rmSync(folder, { recursive: true, force: true });
  }
}

async function checkDev(report: Report, setup: DeliveredSetup): Promise<void> {
  const title = (what: string) => `${deliveryCheck} ${setup.cluster.name}: ${what}`;
  const apis = [postgresInstance];
  const made = apis.map((api) => api.crd() as unknown as KubeObject);
  const settings = argoCdSettings(apis);
  await withDelivery({ ...setup, made, settings }, async (delivered) => {
    if (!(await followsGit(report, title, delivered))) {
      report.skip(title('what comes after the first delivery'), 'the examples did not arrive');
      return;
    }
    await report.check(title('a port that somebody renumbers is named, and heals when its Service is deleted'), () =>
      namesRenumberedPort(delivered),
    );
    await report.check(title('a field that can’t change is named, and holds nothing else back'), () =>
      namesImmutableField(delivered),
    );
    await keepsData(report, title, delivered);
    await report.check(title('a project refuses what is not the team’s'), () => refusesStrangers(delivered));
  });
}

async function checkProduction(report: Report, setup: DeliveredSetup): Promise<void> {
  await withDelivery(setup, async (delivered) => {
    await report.check(
      `${deliveryCheck} ${setup.cluster.name}: each Application waits for somebody to sync it, and arrives then`,
      () => waitsForPromotion(delivered),
    );
  });
}
