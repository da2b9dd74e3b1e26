import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ApiClient } from '../../src/dev/api-client';
import { type ControlPlane, startWorkloads } from '../../src/dev/control-plane';
import type { EngineHost } from '../../src/dev/engine-host';
import { isOccasionalHook } from '../../src/live/occasional-hook';
import type { PlainObject } from '../../src/platform/placed-object';
import { createNamespaces } from './apply';
import { type ClusterSetup, withCluster } from './check-cluster';
import { kubectlProgram } from './check-kubectl-diff';
import { checkReady } from './check-ready';
import { scaledWorkloads } from './check-scaling';
import { crdsOf } from './crds';
import { copyLabels } from './live/copy-labels';
import { deliver, versionsOf } from './live/deliver';
import { GoldenDiff } from './live/golden-diff';
import { createNodes } from './nodes';
import { render } from './render';
import type { Finding, Report } from './report';
import { createPrerequisites } from './stand-ins';
import { type Manifest, readTree } from './tree';

/** The name of the checks in a report. */
export const liveDiffCheck = 'golden diff --against live';

const root = resolve(__dirname, '../..');
const shop = 'test/conformance/live/shop.ts';

/** An app that is delivered, and compared. */
const apps: readonly {
  readonly file: string;
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
}[] = [
  { file: 'examples/orders/app.ts', name: 'orders', env: {} },
  { file: shop, name: 'shop', env: {} },
  { file: shop, name: 'shelf', env: { SHOP_NAME: 'shelf' } },
];

/** What was changed since, the changes that show, and what the API server says to each that it refuses. */
const cases: readonly [what: string, env: string, changes: readonly string[], refusals?: readonly RegExp[]][] = [
  [
    'a changed image shows, and nothing else',
    'image',
    ['changed Deployment shop-web: spec.template.spec.containers[shop-web].image'],
  ],
  [
    'a changed setting shows, and nothing else',
    'config',
    ['shop-web', 'shop-web-before-deploy'].map((name) => `changed ConfigMap ${name}: data.MODE`),
  ],
  [
    'what is no longer rendered shows as removed, and nothing else',
    'no-mailer',
    ['Deployment', 'HorizontalPodAutoscaler', 'NetworkPolicy', 'PodDisruptionBudget', 'ServiceAccount'].map(
      (kind) => `removed ${kind} shop-mailer:`,
    ),
  ],
  [
    'a selector that cannot be changed is named in the words of the API server',
    'selector',
    ['changed Deployment shop-web: spec.selector.matchLabels.track, spec.template.metadata.labels.track'],
    [/^is refused: spec\.selector: Invalid value: .* field is immutable$/],
  ],
  [
    'a changed Secret is named without its values, and a fixed one is refused',
    'secret',
    ['changed Secret shop-fixed: data.token (hidden)', 'changed Secret shop-free: data.token (hidden)'],
    [/^is refused: data: Forbidden: field is immutable when `immutable` is set$/],
  ],
];

/**
 * `golden diff --against live` of apps that were applied as Argo CD applies them, while controllers act on what they made: nothing
 * differs until something of the render does, and then that alone.
 */
export async function checkLiveDiff(report: Report, setup: ClusterSetup): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'golden-live-'));
  try {
    const trees: Manifest[][] = [];
    for (const { file, name, env } of apps) {
      await render(root, [file, '--environment', 'dev'], join(folder, name), env);
      const all = readTree(join(folder, name)).flatMap(({ manifests }) => manifests);
      // No deployment fails here, so what runs then is not there.
      trees.push(all.filter(({ object }) => !isOccasionalHook(object as PlainObject)));
    }
    const manifests = trees.flat();
    const objects = manifests.map(({ object }) => object);
    await withCluster({ ...setup, crds: crdsOf(objects, setup.crds) }, async (plane, host) => {
      const { api } = plane;
      await createNamespaces(api, manifests);
      for (const [n, { name }] of apps.entries()) await deliver(api, trees[n], name);
      await createPrerequisites(api, manifests);
      await createNodes(api, manifests);
      await startWorkloads(host, plane);
      await report.check(`${liveDiffCheck}: every workload of the apps becomes ready`, () =>
        checkReady(api, manifests),
      );
      await copyLabels(api, objects);
      await checkDiffs(report, await goldenDiff(plane, host), api, manifests);
    });
  } finally {
    if (!setup.keep) rmSync(folder, { recursive: true, force: true });
  }
}

async function goldenDiff({ server }: ControlPlane, host: EngineHost): Promise<GoldenDiff> {
  const programs = join(host.folder('golden-diff'), 'bin');
  mkdirSync(programs);
  symlinkSync(await host.binary(kubectlProgram), join(programs, 'kubectl'));
  return new GoldenDiff(root, programs, server.kubeconfig, host.folder('golden-diff'));
}

async function checkDiffs(
  report: Report,
  diff: GoldenDiff,
  api: ApiClient,
  manifests: readonly Manifest[],
): Promise<void> {
  const check = (what: string, run: () => Promise<Finding>) => report.check(`${liveDiffCheck}: ${what}`, run);
  const empty = async (): Promise<Finding> => {
    const found = await Promise.all(apps.map(({ file, env }) => diff.run([file, '-e', 'dev', '--exit-code'], env)));
    return {
      counted: `${manifests.length} objects of ${apps.length} apps`,
      problems: found
        .filter(({ code, stdout, stderr }) => code !== 0 || stdout !== 'nothing differs\n' || stderr !== '')
        .map(({ code, stdout, stderr }) => `exit code ${code}\n${stdout}${stderr}`),
    };
  };
  await check('what was applied does not differ, nor do two apps of a team meet', empty);
  await check('nor once an autoscaler has scaled', async () => {
    const scaled = scaledWorkloads(manifests);
    for (const { manifest, max } of scaled) {
      const path = await api.pathOf(manifest.object, 'scale');
      const scale = await api.call('GET', path);
      const body = { ...scale, spec: { ...scale.spec, replicas: max } };
      await api.call('PUT', path, { body, query: { fieldManager: 'kube-controller-manager' } });
    }
    const { counted, problems } = await empty();
    return { counted: `${scaled.length} scaled workloads, ${counted}`, problems };
  });

  const before = await versionsOf(api, manifests);
  for (const [what, env, changes, refusals = []] of cases) {
    await check(what, () => diff.shows([shop, '-e', 'dev'], { SHOP: env }, changes, refusals));
  }

  await check('nothing was changed by any of them', async () => {
    const after = await versionsOf(api, manifests);
    const changed = [...before].filter(([object, version]) => after.get(object) !== version).map(([object]) => object);
    return { counted: `${before.size} objects`, problems: changed };
  });
  await check('a kind that the cluster does not serve is named, with the context', () =>
    diff.ends([shop, '-e', 'dev'], { SHOP: 'strange' }, 'golden', 14, /"golden" does not serve TriggerAuthentication/),
  );
  await check('an account that may only read is told so', async () => {
    const [user, kind] = ['reader', 'ClusterRole'];
    const rules = [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list'] }];
    const apiVersion = 'rbac.authorization.k8s.io/v1';
    await api.ensure({ apiVersion, kind, metadata: { name: user }, rules });
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind, name: user };
    const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }];
    await api.ensure({ apiVersion, kind: 'ClusterRoleBinding', metadata: { name: user }, roleRef, subjects });
    return diff.ends([shop, '-e', 'dev'], {}, 'reader', 14, /"reader", reader, may not try an apply: .* patch /);
  });
  await check('a stranger is told so', () =>
    diff.ends([shop, '-e', 'dev'], {}, 'stranger', 14, /may not read what is rendered: it has no right to get/),
  );
  await check('an unknown token, a cluster that is down, and a context that is not there are told apart', async () => {
    const ended = [
      await diff.ends([shop, '-e', 'dev'], {}, 'unknown', 3, /"unknown" does not let us in; log in again/),
      await diff.ends([shop, '-e', 'dev'], {}, 'down', 3, /"down" can't be reached \(kubectl says: /),
      await diff.ends([shop, '-e', 'dev'], {}, '--server=x', 2, /kubectl has no context "--server=x"/),
    ];
    return { counted: `${ended.length} contexts`, problems: ended.flatMap(({ problems }) => problems) };
  });
}
