import type { Finding, Report } from '../report';
import { applications, eventually, type Fields, isDelivered, refresh, stateOf } from './applications';
import type { Delivered } from './delivered';
import { scaleUp } from './scale-up';

const minutes = 60;

/** The Applications of the examples: the platform's, and one for each app of a team. */
const expected = ['cluster-dev', 'cluster-dev.platform', 'orders-dev.orders', 'payments-dev.payments'];

/** What is published arrives, stays, and is what the cluster goes back to. */
export async function followsGit(
  report: Report,
  title: (what: string) => string,
  delivered: Delivered,
): Promise<boolean> {
  const { api, play } = delivered;
  const arrived = await report.check(
    title('every Application becomes Synced and Healthy, in the order of its wave'),
    async () => {
      const problems = await eventually(() => undelivered(delivered), 5 * minutes, play);
      const early = problems.length > 0 ? [] : tooEarly(await applications(api));
      return { counted: `${expected.length} Applications`, problems: [...problems, ...early] };
    },
  );
  if (!arrived) return false;
  await report.check(title('a hard refresh leaves them Synced'), () => staysSynced(delivered));
  await report.check(title('replicas that an autoscaler sets are no difference'), async () => {
    const names = await scaleUp(delivered.api);
    if (names.length === 0) return { counted: '', problems: ['nothing scales here'] };
    const { problems } = await staysSynced(delivered);
    return { counted: names.join(', '), problems };
  });
  await report.check(title('what somebody changes or deletes by hand is healed'), () => heals(delivered));
  return (await undelivered({ api })).length === 0;
}

/** Applications that are not there, not synced or not healthy, with their reasons. */
async function undelivered({ api }: Pick<Delivered, 'api'>): Promise<string[]> {
  const live = await applications(api);
  return [...new Set([...expected, ...Object.keys(live)])]
    .filter((name) => live[name] === undefined || !isDelivered(live[name]))
    .map((name) => `${name}: ${stateOf(live[name])}`);
}

/** Apps of teams that were made before what they need was there: the platform's apps come first. */
function tooEarly(live: Record<string, Fields>): string[] {
  const platform = Date.parse(live['cluster-dev.platform'].status.history[0].deployedAt);
  return Object.values(live)
    .filter(({ metadata }) => !metadata.name.startsWith('cluster-'))
    .filter(({ metadata }) => Date.parse(metadata.creationTimestamp) < platform)
    .map(({ metadata }) => `${metadata.name} was made before the platform's own app was synced`);
}

/** Has Argo CD compare everything again, without what it had cached: nothing may differ, and nothing may be synced. */
async function staysSynced(delivered: Delivered): Promise<Finding> {
  const { api, play } = delivered;
  const before = await applications(api);
  // Times are kept to the second: one that is the same may be that of a later look.
  const asked = await changedSecond(before);
  await refresh(api, expected, 'hard');
  const compared = async () => {
    const live = await applications(api);
    return expected.filter(
      (name) =>
        live[name].metadata.annotations?.['argocd.argoproj.io/refresh'] !== undefined ||
        Date.parse(live[name].status.reconciledAt) < asked,
    );
  };
  const waiting = await eventually(compared, 2 * minutes, play);
  if (waiting.length > 0) return { counted: '', problems: waiting.map((name) => `${name} was not compared again`) };
  // A sync that had just been started would have healed a difference: it counts as one.
  const after = await applications(api);
  const synced = expected.filter((name) => startOf(after[name]) !== startOf(before[name]));
  return {
    counted: `${expected.length} Applications`,
    problems: [...(await undelivered(delivered)), ...synced.map((name) => `${name} had to be synced again`)],
  };
}

/** Waits for a second in which nothing was compared yet; milliseconds since 1970. */
async function changedSecond(live: Record<string, Fields>): Promise<number> {
  const last = Math.max(...expected.map((name) => Date.parse(live[name].status.reconciledAt)));
  await eventually(async () => (Date.now() > last + 1000 ? [] : ['the same second']), 5);
  return last + 1000;
}

function startOf({ status }: Fields): string | undefined {
  return status.operationState?.startedAt;
}

/** Changes a Service, and deletes another: both are as they were soon after. */
async function heals({ api, play }: Delivered): Promise<Finding> {
  const [service] = (await api.list('v1', 'Service', 'orders-dev')) as Fields[];
  const path = await api.pathOf(service);
  const { selector } = service.spec;
  await api.call('PATCH', path, {
    contentType: 'application/merge-patch+json',
    body: { spec: { selector: Object.fromEntries(Object.keys(selector).map((key) => [key, 'nothing'])) } },
  });
  const [deleted] = (await api.list('v1', 'Service', 'payments-dev')) as Fields[];
  await api.call('DELETE', await api.pathOf(deleted));
  const problems = await eventually(
    async () => {
      const live = (await api.call('GET', path)).spec.selector;
      const again = await api.get(deleted);
      return [
        ...(JSON.stringify(live) === JSON.stringify(selector) ? [] : [`Service selects ${JSON.stringify(live)}`]),
        ...(again === undefined ? [`Service ${deleted.metadata.name} is gone`] : []),
        ...(await undelivered({ api })),
      ];
    },
    3 * minutes,
    play,
  );
  return { counted: '1 changed, 1 deleted', problems };
}
