import { parse, stringify } from 'yaml';
import type { Finding } from '../../report';
import { eventually, type Fields } from '../applications';
import type { Delivered } from '../delivered';
import { fluxObjects, isReady, kustomization, patch, reconcile, saysOfItself, unready } from './kustomizations';

const apps = 'orders-dev/apps';
const config = 'dev/eu-dev/orders-dev/orders/configmap-orders-mailer.yaml';

/** What somebody suspends stays as it is, through everything that delivers it, until somebody resumes it. */
export async function staysSuspended(delivered: Delivered): Promise<Finding> {
  const { api, repository } = delivered;
  const before = await repository.read(config);
  const changed: Fields = parse(before);
  changed.data.BATCH_SIZE = '52';
  const size = async () => ((await api.get(changed)) as Fields).data.BATCH_SIZE;
  const problems: string[] = [];
  await patch(api, 'Kustomization', apps, { spec: { suspend: true } });
  await repository.write({ [config]: stringify(changed) });
  const others = Object.keys(await fluxObjects(api, 'Kustomization')).filter((name) => name !== apps);
  problems.push(...(await reconcile(delivered, others)));
  const { spec } = await kustomization(api, apps);
  if (spec.suspend !== true) problems.push(`${apps} was resumed by what delivers it`);
  if ((await size()) === '52') problems.push('a change arrived although its Kustomization is suspended');
  await patch(api, 'Kustomization', apps, { spec: { suspend: false } });
  problems.push(...(await reconcile(delivered, [apps])));
  if ((await size()) !== '52') problems.push('a change did not arrive after its Kustomization was resumed');
  await repository.write({ [config]: before });
  problems.push(...(await reconcile(delivered)), ...(await unready(delivered)));
  return { counted: '1 Kustomization', problems };
}

const promoted = 'orders-production/apps';

/** What a promotion committed arrives; nothing goes with a Kustomization that somebody deletes, and the platform's tree brings it back. */
export async function arrivesWhenPromoted(delivered: Delivered): Promise<Finding> {
  const { api, play } = delivered;
  const expected = [
    ...['flux-system/cluster-production', 'flux-system/cluster-production.platform'],
    ...['flux-system/teams.cluster-production', promoted, 'payments-production/app.payments'],
  ];
  const arrived = await eventually(() => unready(delivered, expected), 300, play);
  if (arrived.length > 0) return { counted: '', problems: [...arrived] };
  const before = await deployments(delivered);
  const live = await kustomization(api, promoted);
  await api.call('DELETE', await api.pathOf(live));
  const leaves = await eventually(
    async () => ((await kustomization(api, promoted)) === undefined ? [] : [`${promoted} does not go`]),
    60,
  );
  const after = await deployments(delivered);
  const gone = before
    .filter((uid) => !after.includes(uid))
    .map((uid) => `Deployment ${uid} went with its Kustomization`);
  const waiting = await reconcile(delivered, ['flux-system/teams.cluster-production']);
  const back = await eventually(
    async () => {
      const again = await kustomization(api, promoted);
      return again !== undefined && isReady(again) ? [] : [`${promoted} does not come back: ${saysOfItself(again)}`];
    },
    60,
    play,
  );
  return {
    counted: `${expected.length} Kustomizations, ${before.length} Deployments`,
    problems: [...leaves, ...gone, ...waiting, ...back],
  };
}

async function deployments({ api }: Delivered): Promise<string[]> {
  const all = await api.list('apps/v1', 'Deployment', 'orders-production');
  return all.map(({ metadata }) => `${metadata.name} ${metadata.uid}`);
}
