import type { KubeObject } from '../../../../src/dev/api-client';
import type { Finding } from '../../report';
import { eventually, type Fields } from '../applications';
import type { Delivered } from '../delivered';
import { strangers } from '../refuses-strangers';
import { isReady, kustomization, reconcile, saysOfItself } from './kustomizations';

const { application: _, ...ofKubernetes } = strangers;

/** What would be applied with the rights of Flux itself, or of the platform. */
const ofFlux: Readonly<Record<string, KubeObject>> = {
  'own-kustomization': {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'own', namespace: 'orders-dev' },
    spec: {
      ...{ interval: '1m', prune: true, path: './dev/eu-dev/orders-dev/secret' },
      sourceRef: { kind: 'GitRepository', name: 'cluster-dev', namespace: 'flux-system' },
    },
  },
  'own-source': {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: 'own', namespace: 'orders-dev' },
    spec: { interval: '1m', url: 'https://example.com/anything' },
  },
};

const apps = 'orders-dev/apps';
const account = 'system:serviceaccount:orders-dev:gitops';

/**
 * Somebody of a team pushes what is not the team's: the API server refuses it to the team's account, the Kustomization says so, and
 * nothing of it arrives. Other Kustomizations go on.
 */
export async function refusesStrangers(delivered: Delivered): Promise<Finding> {
  const { api, repository, play } = delivered;
  const all = Object.entries({ ...ofKubernetes, ...ofFlux });
  const problems: string[] = [];
  for (const [app, object] of all) {
    const file = `dev/eu-dev/orders-dev/${app}/object.yaml`;
    await repository.write({ [file]: JSON.stringify(object) });
    problems.push(...(await reconcile(delivered, [apps, 'payments-dev/app.payments'])));
    const live = await kustomization(api, apps);
    const said = saysOfItself(live);
    if (isReady(live) || !said.includes('forbidden') || !said.includes(account)) problems.push(`${app}: ${said}`);
    if ((await api.get(object)) !== undefined) problems.push(`${app}: ${object.kind} is in the cluster`);
    const other: Fields = await kustomization(api, 'payments-dev/app.payments');
    if (!isReady(other)) problems.push(`${app} holds payments-dev/app.payments: ${saysOfItself(other)}`);
    await repository.write({ [file]: undefined });
  }
  problems.push(...(await reconcile(delivered, [apps])));
  const healed = await eventually(
    async () => {
      const live = await kustomization(api, apps);
      return isReady(live) ? [] : [`${apps} does not heal: ${saysOfItself(live)}`];
    },
    60,
    play,
  );
  return { counted: `${all.length} objects`, problems: [...problems, ...healed] };
}
