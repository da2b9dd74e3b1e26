import {
  GoldenCronJob,
  GoldenError,
  GoldenJob,
  GoldenService,
  GoldenStatefulService,
  GoldenWorker,
} from 'cdk8s-golden-path';
import { synthObjects, testEnvironment } from 'cdk8s-golden-path/testing';
import { image } from './workloads';

const values = [
  null,
  0,
  -1,
  1.5,
  Number.NaN,
  '',
  'x',
  true,
  false,
  [],
  [null],
  ['x'],
  {},
  { a: null },
  { a: 'x' },
  { a: {} },
  { a: [] },
];
const kinds = { GoldenService, GoldenWorker, GoldenCronJob, GoldenJob, GoldenStatefulService };
const names = [
  'image command args labels annotations podAnnotations imagePullSecrets objects size env config files secretsFrom',
  'existingSecrets secretFiles secretTemplates secretRefresh restartOnRotation volumes initContainers sidecars',
  'extraContainers security architecture nodePool tolerations priority spread identity permissions port protocol',
  'servicePort ports metrics health probes scale rollout stopDelay stopTimeout host hosts paths via redirects',
  'beforeDeploy schedule timeZone concurrency startingDeadline history suspend retries timeout parallelism',
  'completions keepFor runs podManagement',
].flatMap((line) => line.split(' '));
const nested: [string, string[]][] = [
  ['scale', 'min max cpu memory metrics queue cron prometheus stabilizeUp stabilizeDown behavior'.split(' ')],
  ['rollout', 'maxSurge maxUnavailable minReady deadline history'.split(' ')],
  ['metrics', 'port path interval'.split(' ')],
  ['probes', 'readiness liveness startup'.split(' ')],
  ['security', 'reason runAsUser runAsGroup fsGroup readOnlyRootFilesystem capabilities seccomp privileged'.split(' ')],
  ['identity', 'aws gcp azure'.split(' ')],
  ['beforeDeploy', 'command args image retries timeout'.split(' ')],
  ['history', 'succeeded failed'.split(' ')],
];
const cases = [
  ...names.map((name) => [name, (value: unknown) => ({ [name]: value })] as const),
  ...nested.flatMap(([outer, keys]) =>
    keys.map(
      (key) => [`${outer}.${key}`, (value: unknown) => ({ [outer]: { ...valid[outer], [key]: value } })] as const,
    ),
  ),
];
const valid: Record<string, object> = { scale: { min: 1, max: 2 }, beforeDeploy: { command: ['x'] } };

/** Renders the props with each kind of workload, and says what else than a GoldenError comes of it. */
function accidents(props: object): string[] {
  return Object.entries(kinds).flatMap(([kind, Kind]) => {
    try {
      const env = testEnvironment();
      new Kind(env, 'api', { image, port: 8080, schedule: '@daily', ...props } as never);
      synthObjects(env);
      return [];
    } catch (error) {
      return error instanceof GoldenError ? [] : [`${kind} ${JSON.stringify(props)}: ${error}`];
    }
  });
}

test.each(cases)('whatever %s is, it is rendered or refused by a GoldenError', (_, props) => {
  expect(values.flatMap((value) => accidents(props(value)))).toEqual([]);
});
