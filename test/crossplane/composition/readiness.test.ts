import { Deployment, Secret } from '../../../imports/kubernetes';
import { RabbitmqCluster } from '../../../imports/rabbitmq.com';
import { Queue } from '../../../imports/sqs.aws.m.upbound.io';
import {
  always,
  condition,
  equals,
  exists,
  judgedByState,
  type Readiness,
} from '../../../src/crossplane/composition/readiness';
import { available, observe, renderComposition } from '../../../src/crossplane/testing';
import { healthChecks } from '../../../src/crossplane/testing/health-checks';
import { requestOf } from '../request-of';
import { build, problemsOf } from './build';

const spec = { forProvider: { region: 'eu-west-1' } };
const pod = { selector: {}, template: {} } as never;

/** What is said of a resource whose author says when it is ready. */
const said = {
  queue: (ready: (self: never) => Readiness) => problemsOf((c) => c.add('it', Queue, { spec }, { ready } as never)),
  deployment: (ready: (self: never) => Readiness) =>
    problemsOf((c) => c.add('it', Deployment, { spec: pod }, { ready } as never)),
  secret: (ready: (self: never) => Readiness) => problemsOf((c) => c.add('it', Secret, {}, { ready } as never)),
  rabbit: (ready: (self: never) => Readiness) =>
    problemsOf((c) => c.add('it', RabbitmqCluster, { spec: {} }, { ready } as never)),
};

type Self = {
  readonly metadata: { readonly annotations: Readonly<Record<string, never>> };
  readonly status: { readonly atProvider: { readonly url: never } };
  readonly data: Readonly<Record<string, never>>;
};

const instead = 'leave ready out, or read metadata or spec, which may say that there is nothing to wait for';

describe('readiness that function-auto-ready would overrule', () => {
  test.each<[string, string[], string]>([
    [
      'a field of the status beside a condition Ready',
      said.queue((self: Self) => exists(self.status.atProvider.url)),
      `status.atProvider.url, but function-auto-ready takes a Queue for ready by its condition Ready whatever else is checked; ${instead}`,
    ],
    [
      'another condition as well',
      said.queue(() => [condition('Ready'), condition('Synced')]),
      `the condition Synced, but function-auto-ready takes a Queue for ready by its condition Ready whatever else is checked; ${instead}`,
    ],
    [
      'a condition of a kind whose state it knows',
      said.deployment(() => condition('Progressing')),
      `the condition Progressing, but function-auto-ready takes a Deployment for ready by its state whatever else is checked; ${instead}`,
    ],
    [
      'what is in a Secret, which is ready as soon as it is there',
      said.secret((self: Self) => exists(self.data.password)),
      `data.password, but function-auto-ready takes a Secret for ready by its state whatever else is checked; ${instead}`,
    ],
  ])('is refused: %s', (_, problems, message) => {
    expect(problems).toEqual([`it: readiness reads ${message}`]);
  });

  test.each<[string, string[]]>([
    ['ready at once', said.queue(() => always)],
    ['the condition that it looks at', said.queue(() => condition('Ready'))],
    ['nothing to wait for', said.queue((self: Self) => equals(self.metadata.annotations.asked, 'none' as never))],
    ['a kind that it knows nothing of', said.rabbit(() => condition('ClusterAvailable'))],
  ])('is none of these: %s', (_, problems) => {
    expect(problems).toEqual([]);
  });

  test('would be overruled: the request is ready before its check holds', () => {
    const made = build((c) => c.add('queue', Queue, { spec }));
    const { spec: pipelined, ...rest } = structuredClone(made.manifest);
    const [step, ...others] = pipelined.pipeline as never as { input: { resources: { readinessChecks: unknown }[] } }[];
    step.input.resources[0].readinessChecks = [{ type: 'NonEmpty', fieldPath: 'status.atProvider.url' }];
    const request = requestOf(made, {});
    const isReady = (pipeline: readonly unknown[]) => {
      const manifest = { ...rest, spec: { ...pipelined, pipeline } };
      const first = renderComposition(manifest, request);
      return renderComposition(manifest, request, observe(first, { queue: available() })).ready;
    };
    expect([isReady([step, ...others]), isReady([step])]).toEqual([true, false]);
  });

  test('is about the kinds that the function knows', () => {
    const known = Object.keys(healthChecks).map((key) => {
      const [kind, , group = ''] = key.split('/').reverse();
      return `${group} ${kind}`;
    });
    expect([...judgedByState].sort()).toEqual(known.sort());
  });
});
