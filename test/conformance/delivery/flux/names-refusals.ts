import { parse, stringify } from 'yaml';
import type { KubeObject } from '../../../../src/dev/api-client';
import type { Finding } from '../../report';
import { eventually, type Fields } from '../applications';
import type { Delivered } from '../delivered';
import { isReady, kustomization, reconcile, saysOfItself } from './kustomizations';

const name = 'orders-dev/apps';
const folder = 'dev/eu-dev/orders-dev/orders';

/** A change by hand that server-side apply can't take back is said as long as it stands, and heals when its Service is deleted. */
export async function namesRenumberedPort(delivered: Delivered): Promise<Finding> {
  const { api, repository } = delivered;
  const service: KubeObject = parse(await repository.read(`${folder}/service-orders-api.yaml`));
  const path = await api.pathOf(service);
  const before = portsOf(await api.call('GET', path));
  await api.call('PATCH', path, {
    contentType: 'application/json-patch+json',
    body: [{ op: 'replace', path: '/spec/ports/0/port', value: 81 }],
  });
  const said = await says(delivered, /Service\/orders-dev\/orders-api .*Duplicate value/s);
  await api.call('DELETE', path);
  const healed = await heals(delivered);
  const again = await api.get(service);
  const asBefore = again !== undefined && portsOf(again) === before ? [] : ['Service orders-api is not as it was'];
  return { counted: '1 Service', problems: [...said, ...healed, ...asBefore] };
}

/** What the API server refuses, an immutable field, is said; nothing of its Kustomization is applied until git says something else. */
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
  const said = await says(delivered, /Deployment\/orders-dev\/orders-mailer .*field is immutable/s);
  const live: Fields = await api.get(beside);
  const arrived = live?.data.BATCH_SIZE === '51' ? ['the ConfigMap beside it was applied'] : [];
  await repository.write({ [deployment]: before, [config]: values });
  return { counted: '1 Deployment', problems: [...said, ...arrived, ...(await heals(delivered))] };
}

/** What never becomes ready is waited for, and does not hold the commit that mends it. */
export async function takesWhatMends(delivered: Delivered): Promise<Finding> {
  const { api, repository, play } = delivered;
  const file = `${folder}/deployment-orders-mailer.yaml`;
  const before = await repository.read(file);
  const changed: Fields = parse(before);
  changed.spec.template.spec.nodeSelector = { 'example.com/there-is': 'none' };
  await repository.write({ [file]: stringify(changed) });
  const problems = [...(await reconcile(delivered, []))];
  const waits = async () => {
    const said = saysOfItself(await kustomization(api, name));
    const live: Fields = await api.get(changed);
    return live.spec.template.spec.nodeSelector && /Running health checks/.test(said) ? [] : [`${name}: ${said}`];
  };
  problems.push(...(await eventually(waits, 60, play)));
  await repository.write({ [file]: before });
  problems.push(...(await reconcile(delivered, [])));
  // Its own patience is five minutes.
  const mended = async () => {
    const live = await kustomization(api, name);
    return isReady(live) ? [] : [`${name} is not mended: ${saysOfItself(live)}`];
  };
  problems.push(...(await eventually(mended, 90, play)));
  return { counted: '1 Deployment', problems };
}

/** A Job, which nobody can change, is made anew when git says something else of it. */
export async function makesJobsAnew(delivered: Delivered): Promise<Finding> {
  const { api, repository } = delivered;
  const file = `${folder}/job-orders-api-before-deploy.yaml`;
  const before = await repository.read(file);
  const changed: Fields = parse(before);
  const [container] = changed.spec.template.spec.containers;
  container.command = ['node', 'migrate.js', '--again'];
  const old: Fields = await api.get(changed);
  await repository.write({ [file]: stringify(changed) });
  const waiting = await heals(delivered);
  const made: Fields = await api.get(changed);
  const isNew =
    made !== undefined &&
    made.metadata.uid !== old.metadata.uid &&
    made.spec.template.spec.containers[0].command.length === container.command.length;
  await repository.write({ [file]: before });
  return {
    counted: '1 Job',
    problems: [
      ...waiting,
      ...(isNew ? [] : ['Job orders-api-before-deploy is the old one']),
      ...(await heals(delivered)),
    ],
  };
}

/** The Kustomization is not ready and says why, each time that it is applied. */
async function says(delivered: Delivered, reason: RegExp): Promise<string[]> {
  const problems: string[] = [];
  for (let look = 0; look < 2; look += 1) {
    problems.push(...(await reconcile(delivered, [name])));
    const live = await kustomization(delivered.api, name);
    const said = saysOfItself(live);
    if (isReady(live) || !reason.test(said)) problems.push(`${name} does not say ${reason}: ${said}`);
  }
  return problems;
}

/** Applied once more, the Kustomization is ready. */
async function heals(delivered: Delivered): Promise<string[]> {
  const waiting = await reconcile(delivered, [name]);
  const live = await kustomization(delivered.api, name);
  return [...waiting, ...(isReady(live) ? [] : [`${name} does not heal: ${saysOfItself(live)}`])];
}

function portsOf({ spec }: KubeObject): string {
  return JSON.stringify((spec as { ports: readonly object[] }).ports);
}
