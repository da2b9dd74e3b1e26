import {
  type Environment,
  GoldenApp,
  GoldenCronJob,
  GoldenError,
  GoldenJob,
  GoldenService,
  GoldenStatefulService,
  GoldenWorker,
} from 'cdk8s-golden-path';
import { type Manifest, synthObjects, testPlatform } from 'cdk8s-golden-path/testing';
import * as fc from 'fast-check';
import { matches, selectorOf } from '../../src/references/selectors';
import { image } from '../workload/workloads';

type Kind = 'service' | 'worker' | 'cron' | 'job' | 'stateful';

interface AnyWorkload {
  readonly kind: Kind;
  readonly name: string;
  readonly rich: boolean;
}

// Few and similar words, so that a name of one is often a name of another with the id; and names too long for a suffix.
const word = fc.constantFrom('a', 'b', 'pr-1', 'files', 'data', 'tls', 'pods', 'before-deploy');
const name = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join('-')),
  fc.constantFrom('l'.repeat(52), `${'l'.repeat(51)}m`, `${'l'.repeat(40)}-pr-1`),
);
const workload: fc.Arbitrary<AnyWorkload> = fc.record({
  kind: fc.constantFrom<Kind>('service', 'worker', 'cron', 'job', 'stateful'),
  name,
  rich: fc.boolean(),
});
const workloads = fc.uniqueArray(workload, { selector: (each) => each.name, minLength: 1, maxLength: 4 });
const id = fc.oneof(word, fc.constantFrom('a-b', 'x'.repeat(20)));

function render(env: Environment, all: readonly AnyWorkload[]): void {
  for (const { kind, name, rich } of all) {
    const props = {
      image,
      ...(rich && {
        files: { '/etc/a': 'a' },
        config: { A: 1 },
        env: { KEY: env.secret('orders/key') },
        volumes: { data: { mountPath: '/data', claim: { size: '1Gi' } } },
        metrics: { port: 9100 },
        permissions: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }],
      }),
    } as const;
    const { metrics, ...quiet } = { metrics: undefined, ...props };
    if (kind === 'service') {
      const host = `${name.slice(0, 40).replace(/-$/, '')}.${env.domain}`;
      new GoldenService(env, name, {
        ...props,
        port: 8080,
        ...(rich && { host, beforeDeploy: { command: ['migrate'] } }),
      });
    } else if (kind === 'worker') new GoldenWorker(env, name, props);
    else if (kind === 'cron') new GoldenCronJob(env, name, { ...quiet, schedule: '@daily' });
    else if (kind === 'job') new GoldenJob(env, name, quiet);
    else new GoldenStatefulService(env, name, { ...props, port: 5432, protocol: 'tcp' });
  }
}

/** What an app and a preview of it render; undefined where the app itself, or the two together, are refused. */
function pair(all: readonly AnyWorkload[], previewId: string) {
  const app = new GoldenApp({ platform: testPlatform, team: 'orders', system: 'shop', environments: ['dev'] });
  app.forEachEnvironment((env) => render(env, all));
  const objects = refusable(() => synthObjects(app));
  if (!objects) return undefined;
  const preview = app.preview({ id: previewId, ttl: '1h' });
  return { app: objects, preview: refusable(() => synthObjects(preview)) };
}

function refusable<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (
      error instanceof GoldenError &&
      error.problems.every(({ message }) => /is there already|is taken/.test(message))
    )
      return undefined;
    throw error;
  }
}

const identity = ({ apiVersion, kind, metadata }: Manifest) =>
  `${apiVersion.split('/').slice(0, -1)} ${kind} ${metadata.namespace} ${metadata.name}`;

/** Labels of all pods that objects make. */
function pods(objects: readonly Manifest[]): Record<string, string>[] {
  return objects.flatMap(({ kind, spec }) => {
    if (['Deployment', 'StatefulSet', 'Job'].includes(kind)) return [spec.template.metadata.labels];
    return kind === 'CronJob' ? [spec.jobTemplate.spec.template.metadata.labels] : [];
  });
}

/** Every selector of pods in objects, or, for monitors of Services, of Services; peers of policies select on purpose. */
function selectors(objects: readonly Manifest[]) {
  return objects.flatMap(({ kind, spec }): unknown[] => {
    if (kind === 'Service') return [{ matchLabels: spec.selector }];
    if (kind === 'NetworkPolicy') return [spec.podSelector];
    if (kind === 'CiliumNetworkPolicy') return [spec.endpointSelector];
    const spread = spec?.template?.spec?.topologySpreadConstraints ?? [];
    return [
      ...(spec?.selector && kind !== 'PersistentVolumeClaim' ? [spec.selector] : []),
      ...spread.map(({ labelSelector }: { labelSelector: unknown }) => labelSelector),
    ];
  });
}

test('app and preview share no name, the preview is labelled, and no selector reaches over', () => {
  let rendered = 0;
  fc.assert(
    fc.property(workloads, id, (all, previewId) => {
      const both = pair(all, previewId);
      if (!both?.preview) return;
      rendered++;
      const names = new Set(both.app.map(identity));
      expect(both.preview.map(identity).filter((each) => names.has(each))).toEqual([]);

      const label = 'acme.io/preview';
      const labels = [...both.preview.map(({ metadata }) => metadata.labels), ...pods(both.preview)];
      expect(labels.filter((each) => each?.[label] !== previewId)).toEqual([]);
      expect(JSON.stringify(both.app)).not.toContain(label);
      expect(JSON.stringify(selectors(both.preview))).not.toContain(label);

      for (const [one, other] of [
        [both.app, both.preview],
        [both.preview, both.app],
      ]) {
        const reached = [...pods(other), ...other.map(({ metadata }) => metadata.labels ?? {})];
        const over = selectors(one).filter((each) => reached.some((each2) => matches(selectorOf(each), each2)));
        expect(over).toEqual([]);
        // Each side selects pods of its own, so that the comparison compares something.
        expect(selectors(one).every((each) => pods(one).some((own) => matches(selectorOf(each), own)))).toBe(true);
      }
    }),
    { numRuns: 150 },
  );
  expect(rendered).toBeGreaterThan(50);
});

test('a preview is refused for its names only where the app has one that ends with the id', () => {
  const own = ['files', 'data', 'tls', 'pods', 'before-deploy'];
  fc.assert(
    fc.property(
      workloads,
      id.filter((each) => !own.includes(each)),
      (all, previewId) => {
        fc.pre(!all.some((each) => each.name.endsWith(`-${previewId}`)));
        const both = pair(all, previewId);
        fc.pre(both !== undefined);
        expect(both?.preview).toBeDefined();
      },
    ),
    { numRuns: 100 },
  );
});
