import type { KubeObject } from '../../../../src/dev/api-client';
import type { Finding, Report } from '../../report';
import { eventually, type Fields } from '../applications';
import type { Delivered } from '../delivered';
import { scaleUp } from '../scale-up';
import { fluxObjects, inventoryOf, kustomization, reconcile, unready } from './kustomizations';

const platform = 'flux-system/cluster-dev.platform';
const teams = 'flux-system/teams.cluster-dev';

/** The Kustomizations of the examples: Flux's own, and a team's by folder, or by name with its data. */
const expected = [
  ...['flux-system/cluster-dev', platform, teams, 'orders-dev/apps'],
  ...['payments-dev/app.payments', 'payments-dev/app.ledger', 'payments-dev/data'],
];

/** What is published arrives, stays, and is what the cluster goes back to. */
export async function followsGit(
  report: Report,
  title: (what: string) => string,
  delivered: Delivered,
): Promise<boolean> {
  const { api, play } = delivered;
  const arrived = await report.check(
    title('every GitRepository and Kustomization becomes Ready, in order'),
    async () => {
      const problems = await eventually(() => unready(delivered, expected), 300, play);
      const early = problems.length > 0 ? [] : await tooEarly(delivered);
      const repositories = Object.keys(await fluxObjects(api, 'GitRepository')).length;
      return { counted: `${repositories} and ${expected.length}`, problems: [...problems, ...early] };
    },
  );
  if (!arrived) return false;
  await report.check(title('applying again changes nothing'), () => changesNothing(delivered));
  await report.check(title('replicas that an autoscaler sets are left alone'), () => leavesReplicas(delivered));
  await report.check(title('what somebody changes or deletes by hand is healed'), () => heals(delivered));
  return (await unready(delivered, expected)).length === 0;
}

/** Objects of teams that were made before what they need was ready: the platform's app comes first. */
async function tooEarly({ api }: Delivered): Promise<string[]> {
  const { status } = await kustomization(api, platform);
  const ready = Date.parse(status.conditions.find(({ type }: Fields) => type === 'Ready').lastTransitionTime);
  const made = [await kustomization(api, 'orders-dev/apps'), ...(await objectsOf(api, 'orders-dev/apps'))];
  return made
    .filter(({ metadata }) => Date.parse(metadata.creationTimestamp) < ready)
    .map(({ kind, metadata }) => `${kind} ${metadata.name} was made before the platform's own app was ready`);
}

/** What a Kustomization has applied, as it is. */
async function objectsOf(api: Delivered['api'], name: string): Promise<Fields[]> {
  const found: Fields[] = [];
  for (const object of inventoryOf(await kustomization(api, name))) found.push(await api.get(object));
  return found;
}

/** Applies everything once more: no object may be written. */
async function changesNothing(delivered: Delivered): Promise<Finding> {
  const before = await written(delivered);
  const waiting = await reconcile(delivered);
  const after = await written(delivered);
  const changed = [...before].filter(([key, fields]) => after.get(key) !== fields).map(([key]) => key);
  return {
    counted: `${before.size} objects`,
    problems: [...waiting, ...changed.map((key) => `${key} was written`), ...(await unready(delivered, expected))],
  };
}

/** What Flux is known to have written last of everything that it applied, with its time. */
async function written({ api }: Delivered): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const name of expected) {
    for (const { kind, metadata } of await objectsOf(api, name)) {
      const own = metadata.managedFields.filter(({ operation }: Fields) => operation === 'Apply');
      found.set(`${kind} ${metadata.namespace ?? ''}/${metadata.name}`, JSON.stringify(own));
    }
  }
  return found;
}

async function leavesReplicas(delivered: Delivered): Promise<Finding> {
  const { api } = delivered;
  const names = await scaleUp(api);
  if (names.length === 0) return { counted: '', problems: ['nothing scales here'] };
  const before = await replicas(api);
  const waiting = await reconcile(delivered);
  const after = await replicas(api);
  const reset = names
    .filter((name) => after[name] !== before[name])
    .map((name) => `Deployment ${name} has ${after[name]} replicas, and not ${before[name]}`);
  return { counted: names.join(', '), problems: [...waiting, ...reset, ...(await unready(delivered, expected))] };
}

async function replicas(api: Delivered['api']): Promise<Record<string, number>> {
  const all = (await api.list('apps/v1', 'Deployment')) as Fields[];
  return Object.fromEntries(all.map(({ metadata, spec }) => [metadata.name, spec.replicas]));
}

/** Changes a Service, and deletes another: both are as they were once Flux has applied again. */
async function heals(delivered: Delivered): Promise<Finding> {
  const { api } = delivered;
  const [service] = (await api.list('v1', 'Service', 'orders-dev')) as Fields[];
  const path = await api.pathOf(service);
  const { selector } = service.spec;
  await api.call('PATCH', path, {
    contentType: 'application/merge-patch+json',
    body: { spec: { selector: Object.fromEntries(Object.keys(selector).map((key) => [key, 'nothing'])) } },
  });
  const [deleted] = (await api.list('v1', 'Service', 'payments-dev')) as KubeObject[];
  await api.call('DELETE', await api.pathOf(deleted));
  const waiting = await reconcile(delivered);
  const live = (await api.call('GET', path)).spec.selector;
  const again = await api.get(deleted);
  return {
    counted: '1 changed, 1 deleted',
    problems: [
      ...waiting,
      ...(JSON.stringify(live) === JSON.stringify(selector) ? [] : [`Service selects ${JSON.stringify(live)}`]),
      ...(again === undefined ? [`Service ${deleted.metadata.name} is gone`] : []),
      ...(await unready(delivered, expected)),
    ],
  };
}
