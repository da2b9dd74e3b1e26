import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubeObject } from '../../src/dev/api-client';
import { fluxPrograms } from '../../src/dev/flux';
import { postgresInstance } from '../../xrds/postgres-instance';
import type { ClusterSetup } from './check-cluster';
import { type FluxSetup, withFlux } from './delivery/flux/delivered';
import { followsGit } from './delivery/flux/follows-git';
import { arrivesWhenPromoted, staysSuspended } from './delivery/flux/holds-back';
import { keepsData } from './delivery/flux/keeps-data';
import {
  makesJobsAnew,
  namesImmutableField,
  namesRenumberedPort,
  takesWhatMends,
} from './delivery/flux/names-refusals';
import { refusesStrangers } from './delivery/flux/refuses-strangers';
import { GitopsRepository } from './delivery/gitops-repository';
import { type GitReader, serveGit } from './delivery/serve-git';
import type { Report } from './report';

/** The name of the checks in a report. */
export const fluxCheck = 'flux delivers';

const apps = ['test/conformance/delivery/apps/flux.ts', 'examples/orders/app.ts', 'examples/payments/app.ts'];
const ledger = 'test/conformance/delivery/apps/ledger.ts';

const reader: GitReader = { username: 'flux', password: 'reads' };

/**
 * The real Flux delivers the examples from a repository that a web server asks a password for, to clusters of their own: one that follows
 * what is published, and one that is promoted to.
 */
export async function checkFlux(report: Report, setup: ClusterSetup): Promise<void> {
  const missing = await missingPrograms(setup);
  if (missing !== undefined) {
    report.skip(fluxCheck, missing);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'golden-gitops-'));
  const server = await serveGit(folder, reader);
  try {
    let repository: GitopsRepository | undefined;
    const isPublished = await report.check(`${fluxCheck}: the examples are published`, async () => {
      repository = await GitopsRepository.make(folder, server.urlOf('gitops.git'));
      await repository.publish(apps, 'dev');
      await repository.publish([ledger], 'dev', { LEDGER: 'web', LEDGER_TEAM: 'payments' });
      await repository.promote(apps, 'production');
      return { counted: `${apps.length + 1} apps`, problems: [] };
    });
    if (repository === undefined || !isPublished) {
      report.skip(fluxCheck, 'the examples are not published');
      return;
    }
    const [dev, production] = [await repository.cluster('dev/eu-dev'), await repository.cluster('production/us-prod')];
    const failed = (name: string) => (error: Error) =>
      report.check(`${fluxCheck} ${name}: the cluster and Flux work`, () => Promise.reject(error));
    const made = [postgresInstance.crd() as unknown as KubeObject];
    const place = { ...setup, repository, reader, made };
    // Both mostly wait for Flux, which waits for its rounds.
    await Promise.all([
      checkDev(report, { ...place, cluster: dev }).catch(failed(dev.name)),
      checkProduction(report, { ...place, cluster: production }).catch(failed(production.name)),
    ]);
  } finally {
    await server.close();
    if (!setup.keep) rmSync(folder, { recursive: true, force: true });
  }
}

/** Why Flux can't be run here; undefined when it can. */
async function missingPrograms({ binaries }: ClusterSetup): Promise<string | undefined> {
  try {
    for (const program of fluxPrograms) await binaries.find(program);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

async function checkDev(report: Report, setup: FluxSetup): Promise<void> {
  const title = (what: string) => `${fluxCheck} ${setup.cluster.name}: ${what}`;
  await withFlux(setup, async (delivered) => {
    if (!(await followsGit(report, title, delivered))) {
      report.skip(title('what comes after the first delivery'), 'the examples did not arrive');
      return;
    }
    await report.check(title('a port that somebody renumbers is named, and heals when its Service is deleted'), () =>
      namesRenumberedPort(delivered),
    );
    await report.check(title('a field that can’t change is named, and holds the rest of its Kustomization'), () =>
      namesImmutableField(delivered),
    );
    await report.check(title('what never becomes ready does not hold the commit that mends it'), () =>
      takesWhatMends(delivered),
    );
    await report.check(title('a Job is made anew when it changes'), () => makesJobsAnew(delivered));
    await report.check(title('what is suspended stays as it is until it is resumed'), () => staysSuspended(delivered));
    await keepsData(report, title, delivered);
    await report.check(title('what is not the team’s is refused to its account'), () => refusesStrangers(delivered));
  });
}

async function checkProduction(report: Report, setup: FluxSetup): Promise<void> {
  await withFlux(setup, async (delivered) => {
    await report.check(
      `${fluxCheck} ${setup.cluster.name}: what is promoted arrives, and stays when its Kustomization is deleted`,
      () => arrivesWhenPromoted(delivered),
    );
  });
}
