import { parse, stringify } from 'yaml';
import type { KubeObject } from '../../../src/dev/api-client';
import type { Finding } from '../report';
import { application, eventually, type Fields, isDelivered, refresh, stateOf } from './applications';
import type { Delivered } from './delivered';

const name = 'orders-dev.orders';
const folder = 'dev/eu-dev/orders-dev/orders';
const service: KubeObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'orders-api', namespace: 'orders-dev' },
};

/**
 * The one change by hand that server-side apply can't take back: Kubernetes tells ports of a Service apart by their number, so that a port
 * of another number stays beside the one in git, under the same name. The Application goes on saying so, and a Service that is deleted
 * comes back as it was.
 */
export async function namesRenumberedPort(delivered: Delivered): Promise<Finding> {
  const { api } = delivered;
  const path = await api.pathOf(service);
  const before = portsOf(await api.call('GET', path));
  await api.call('PATCH', path, {
    contentType: 'application/json-patch+json',
    body: [{ op: 'replace', path: '/spec/ports/0/port', value: 81 }],
  });
  const said = await keepsSaying(delivered, /Service "orders-api" is invalid: \S+ Duplicate value/);
  await api.call('DELETE', path);
  const healed = await until(delivered, async () => {
    const again = await api.get(service);
    return again !== undefined && portsOf(again) === before ? [] : ['Service orders-api is not as it was'];
  });
  return { counted: '1 Service', problems: [...said, ...healed] };
}

/**
 * What git says and the API server refuses, an immutable field, is said as long as it stands there, while what was changed beside it
 * arrives; and all is well once git says something else.
 */
export async function namesImmutableField(delivered: Delivered): Promise<Finding> {
  const { api, repository } = delivered;
  const [deployment, config] = [`${folder}/deployment-orders-mailer.yaml`, `${folder}/configmap-orders-mailer.yaml`];
  const [before, values] = [await repository.read(deployment), await repository.read(config)];
  const changed = parse(before);
  const label = { 'app.kubernetes.io/instance': 'other' };
  Object.assign(changed.spec.selector.matchLabels, label);
  Object.assign(changed.spec.template.metadata.labels, label);
  const beside = parse(values);
  beside.data.BATCH_SIZE = '51';
  await repository.write({ [deployment]: stringify(changed), [config]: stringify(beside) });
  await refresh(api, [name]);
  const said = await keepsSaying(delivered, /Deployment\S* "orders-mailer" is invalid: .*field is immutable/s);
  const live: Fields = await api.get(beside);
  const arrived = live?.data.BATCH_SIZE === '51' ? [] : ['the ConfigMap beside it did not arrive'];
  await repository.write({ [deployment]: before, [config]: values });
  await refresh(api, [name]);
  const healed = await until(delivered, async () => {
    const restored: Fields = await api.get(beside);
    return restored.data.BATCH_SIZE === parse(values).data.BATCH_SIZE ? [] : ['the ConfigMap is not as it was'];
  });
  return { counted: '1 Deployment', problems: [...said, ...arrived, ...healed] };
}

/** Waits until the Application is not synced and says why; and looks once more after it was compared from what is cached. */
async function keepsSaying(delivered: Delivered, reason: RegExp): Promise<readonly string[]> {
  const { api, play } = delivered;
  const look = async () => {
    const live = await application(api, name);
    const state = stateOf(live);
    return live.status.sync.status !== 'Synced' && reason.test(state)
      ? []
      : [`${name} does not say ${reason}: ${state}`];
  };
  const first = await eventually(look, 120, play);
  if (first.length > 0) return first;
  const { reconciledAt } = (await application(api, name)).status;
  const again = await eventually(
    async () => ((await application(api, name)).status.reconciledAt === reconciledAt ? ['was not compared again'] : []),
    120,
    play,
  );
  return again.length > 0 ? again : look();
}

/** Waits until something holds and the Application is synced and healthy. */
function until({ api, play }: Delivered, look: () => Promise<readonly string[]>): Promise<readonly string[]> {
  return eventually(
    async () => {
      const live = await application(api, name);
      return [...(await look()), ...(isDelivered(live) ? [] : [`${name} does not heal: ${stateOf(live)}`])];
    },
    240,
    play,
  );
}

function portsOf({ spec }: KubeObject): string {
  return JSON.stringify((spec as { ports: readonly object[] }).ports);
}
