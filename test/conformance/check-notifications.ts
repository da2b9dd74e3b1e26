import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argoCdPrograms, startArgoCd } from '../../src/dev/argo-cd';
import { argoCdGroups } from '../../src/dev/argo-cd-installation';
import { startArgoCdNotifications } from '../../src/dev/argo-cd-notifications';
import { startWorkloads } from '../../src/dev/control-plane';
import { apply } from './apply';
import { type ClusterSetup, withCluster } from './check-cluster';
import { crdsOfGroups } from './crds';
import { GitopsRepository } from './delivery/gitops-repository';
import { createNodes } from './nodes';
import { Inbox } from './notifications/inbox';
import {
  type Told,
  tellsOfDeployments,
  tellsOfFailure,
  tellsOfRepair,
  tellsOncePerReason,
} from './notifications/tells-teams';
import { credentials, toldPlatform, toldTeams } from './notifications/told-teams';
import { triggersHold } from './notifications/trigger-cases';
import type { Finding, Report } from './report';

/** The name of the checks in a report. */
export const notificationsCheck = 'argo cd notifications';

/** The real Argo CD delivers two teams' apps, and tells each team, and nobody else, how its own fares. */
export async function checkNotifications(report: Report, setup: ClusterSetup): Promise<void> {
  try {
    for (const program of argoCdPrograms) await setup.binaries.find(program);
  } catch (error) {
    report.skip(notificationsCheck, (error as Error).message);
    return;
  }
  const title = (what: string) => `${notificationsCheck}: ${what}`;
  await withTold(setup, async (told, triggers) => {
    await report.check(title('each trigger holds when it should, and says what it should'), triggers);
    const arrived = await report.check(title('each team hears once that its app is deployed'), () =>
      tellsOfDeployments(told),
    );
    if (!arrived) {
      report.skip(title('what comes after the first deployment'), 'the apps did not arrive');
      return;
    }
    await report.check(title('a sync that fails is told to its team alone, with the reason, and runs its Job'), () =>
      tellsOfFailure(told),
    );
    await report.check(title('the same failure is told once, whoever commits; another reason is told'), () =>
      tellsOncePerReason(told),
    );
    await report.check(title('what mends it is told, and runs no Job'), () => tellsOfRepair(told));
  }).catch((error: Error) => report.check(title('the cluster and Argo CD work'), () => Promise.reject(error)));
}

/** Runs `work` on a new cluster with Argo CD, two teams, and an inbox that stands for every service. */
async function withTold(
  setup: ClusterSetup,
  work: (told: Told, triggers: () => Promise<Finding>) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'golden-told-'));
  const inbox = await Inbox.open();
  try {
    const repository = await GitopsRepository.make(folder);
    const platform = toldPlatform(repository.url);
    const manifests = toldTeams(platform, inbox);
    await withCluster({ ...setup, crds: crdsOfGroups(argoCdGroups, setup.crds) }, async (plane, host) => {
      const { api } = plane;
      await createNodes(api, []);
      await Promise.all([startWorkloads(host, plane), startArgoCd(host, plane)]);
      const refused = (await apply(api, manifests)).flatMap(({ problems }) => problems);
      if (refused.length > 0) throw new Error(refused.join('\n'));
      await startArgoCdNotifications(host, plane, credentials);
      await work({ api, platform, repository, inbox }, () => triggersHold(host, platform, plane.server.kubeconfig));
    });
  } finally {
    await inbox.close();
    if (!setup.keep) rmSync(folder, { recursive: true, force: true });
  }
}
