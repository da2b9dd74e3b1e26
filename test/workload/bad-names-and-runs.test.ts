import { GoldenCronJob, GoldenJob, GoldenService, GoldenStatefulService, GoldenWorker } from 'cdk8s-golden-path';
import { testEnvironment } from 'cdk8s-golden-path/testing';
import { refusals } from '../platform/refusals';
import { image } from './workloads';

type Props = Record<string, unknown>;

const service = (props: Props, id = 'api') =>
  refusals(() => new GoldenService(testEnvironment(), id, { image, port: 8080, ...props } as never));
test.each([
  ['Orders', 'name "Orders" is no DNS label; use lower-case letters, digits and "-"'],
  ['1api', 'is no DNS label'],
  ['api-', 'is no DNS label'],
  ['a_b', 'is no DNS label'],
  ['a'.repeat(64), 'has 64 characters; use 63 at most'],
])('the name %s is refused', (id, message) => {
  expect(service({}, id)).toEqual([expect.stringContaining(message)]);
});

test('the longest name is taken', () => {
  expect(service({ config: { A: 1 }, files: { '/a': '' } }, 'a'.repeat(63))).toEqual([]);
});

const longName = 'a'.repeat(53);
test.each<[string, () => unknown]>([
  ['cron job', () => new GoldenCronJob(testEnvironment(), longName, { image, schedule: '@daily' })],
  ['stateful service', () => new GoldenStatefulService(testEnvironment(), longName, { image, port: 80 })],
])('a %s has a shorter name, because its controller adds to it', (_, make) => {
  expect(refusals(make)).toEqual([expect.stringContaining('has 53 characters; use 52 at most')]);
});

test('two services of one name are refused', () => {
  const env = testEnvironment();
  new GoldenService(env, 'api', { image, port: 8080 });
  expect(refusals(() => new GoldenService(env, 'api', { image, port: 8080 }))).toEqual([
    expect.stringContaining('"api"'),
  ]);
});

test.each<[Props, string]>([
  [{ schedule: undefined }, 'is no cron expression; write five fields, like "0 3 * * *"'],
  [{ schedule: '* * * *' }, 'write minute, hour, day, month and weekday'],
  [{ schedule: '0 0 3 * * *' }, 'is no cron expression that Kubernetes takes'],
  [{ schedule: '61 * * * *' }, 'is no cron expression'],
  [{ schedule: '0 0 30 2 *' }, 'schedule "0 0 30 2 *" never comes; choose a day that exists in its month'],
  [{ schedule: '0 0 L * *' }, 'is no cron expression that Kubernetes takes'],
  [{ schedule: '@never' }, 'is no cron expression'],
  [{ schedule: 'TZ=Europe/Berlin 0 3 * * *' }, 'names a time zone; set timeZone instead'],
  [{ timeZone: 'Mars/Olympus' }, 'timeZone "Mars/Olympus" is no IANA time zone'],
  [{ timeZone: 'Local' }, 'timeZone "Local" is no IANA time zone'],
  [{ concurrency: 'Never' }, 'concurrency "Never" is unknown; use Allow, Forbid, Replace'],
  [{ startingDeadline: '5s' }, 'startingDeadline "5s" is out of range; use 10s'],
  [{ history: { failed: -1 } }, 'history.failed -1 is no count'],
  [{ retries: -1 }, 'retries -1 is no count'],
  [{ timeout: 60 }, 'timeout 60 is no duration'],
  [{ parallelism: 0 }, 'parallelism 0 is no count; use a whole number from 1'],
  [{ completions: 0.5 }, 'completions 0.5 is no count'],
  [{ keepFor: '1' }, 'keepFor "1" is no duration'],
])('a cron job with %j is refused: %s', (props, message) => {
  const make = () => new GoldenCronJob(testEnvironment(), 'report', { image, schedule: '@daily', ...props } as never);
  expect(refusals(make).join('\n')).toContain(message);
});

test('a phase that a job can not run in is refused', () => {
  expect(refusals(() => new GoldenJob(testEnvironment(), 'import', { image, runs: 'never' } as never))).toEqual([
    'runs "never" is unknown; use before-deploy, with-deploy, after-deploy, after-failed-deploy',
  ]);
});

test('an order of pods that a stateful service has not is refused', () => {
  const make = () =>
    new GoldenStatefulService(testEnvironment(), 'db', { image, port: 1, podManagement: 'x' } as never);
  expect(refusals(make)).toEqual(['podManagement "x" is unknown; use OrderedReady or Parallel']);
});

test.each<[Props, string]>([
  [{ metrics: true }, 'metrics has no port to be read from; set port, or metrics: { port: 9090 }'],
  [{ health: '/healthz' }, 'has no port to ask at; set port'],
  [{ probes: { liveness: { tcp: true } } }, 'has no port to ask at; set port'],
])('a worker without a port and with %j is refused: %s', (props, message) => {
  const make = () => new GoldenWorker(testEnvironment(), 'mailer', { image, ...props } as never);
  expect(refusals(make).join('\n')).toContain(message);
});

test.each([undefined, null, {}])('props %p are refused as a whole', (props) => {
  const make = () => new GoldenService(testEnvironment(), 'api', props as never);
  expect(refusals(make)).toEqual(expect.arrayContaining([expect.stringContaining('image undefined')]));
});

test('all violations of one construct come in one error, at its path', () => {
  const make = () => new GoldenService(testEnvironment(), 'Api', { image: 'x', port: 0, size: 'big', scale: -1 });
  expect(refusals(make)).toHaveLength(5);
  expect(make).toThrow('[team/dev/eu-dev/Api] ');
});
