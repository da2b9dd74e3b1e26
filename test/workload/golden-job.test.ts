import { synthObject, synthObjects, testEnvironment } from 'cdk8s-golden-path/testing';
import { cronJob, job, podOf, service } from './workloads';

const hook = (name: string) => [`argocd.argoproj.io/${name}`];

test.each([
  ['before-deploy', 'PreSync'],
  ['with-deploy', 'Sync'],
  ['after-deploy', 'PostSync'],
  ['after-failed-deploy', 'SyncFail'],
] as const)('a job that runs %s is a %s hook, made anew each time', (runs, phase) => {
  const { annotations } = synthObject(job({ runs }).job).metadata;
  expect(annotations).toHaveProperty(hook('hook'), phase);
  expect(annotations).toHaveProperty(hook('hook-delete-policy'), 'BeforeHookCreation');
});

test('a job is tried four times within an hour', () => {
  expect(synthObject(job().job).spec).toMatchObject({ backoffLimit: 3, activeDeadlineSeconds: 3600 });
  expect(podOf(job()).restartPolicy).toBe('Never');
});

test('every knob of a job reaches its field', () => {
  const { spec } = synthObject(job({ retries: 1, timeout: '5m', parallelism: 2, completions: 4, keepFor: '1d' }).job);
  expect(spec).toMatchObject({
    backoffLimit: 1,
    activeDeadlineSeconds: 300,
    parallelism: 2,
    completions: 4,
    ttlSecondsAfterFinished: 86_400,
  });
});

test('a cron job does not run twice at once, and keeps Kubernetes’ history', () => {
  expect(synthObject(cronJob().cronJob).spec).toMatchObject({
    schedule: '0 3 * * *',
    timeZone: 'Etc/UTC',
    concurrencyPolicy: 'Forbid',
    startingDeadlineSeconds: 300,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
    suspend: false,
  });
});

test('every knob of a cron job reaches its field', () => {
  const { spec } = synthObject(
    cronJob({
      schedule: '@hourly',
      timeZone: 'Europe/Berlin',
      concurrency: 'Replace',
      startingDeadline: '1m',
      history: { succeeded: 0, failed: 5 },
      suspend: true,
    }).cronJob,
  );
  expect(spec).toMatchObject({
    schedule: '@hourly',
    timeZone: 'Europe/Berlin',
    concurrencyPolicy: 'Replace',
    startingDeadlineSeconds: 60,
    successfulJobsHistoryLimit: 0,
    failedJobsHistoryLimit: 5,
    suspend: true,
  });
});

test.each(['*/5 * * * *', '0 6 * * MON-FRI', '0 0 29 2 *', '0 0 1,15 * *', '@daily', '0 0 * * 7', '0 0 ? * 1'])(
  'the schedule %s is taken',
  (schedule) => {
    expect(synthObject(cronJob({ schedule }).cronJob).spec.schedule).toBe(schedule);
  },
);

describe('what runs before a deployment', () => {
  const migrated = () => {
    const env = testEnvironment();
    const secret = env.secret('orders/db', 'url');
    return service(
      { config: { A: 1 }, env: { DB: secret }, beforeDeploy: { command: ['migrate'], args: ['up'] } },
      env,
    );
  };

  test('is a PreSync hook with its own name and the service’s image', () => {
    const { metadata, spec } = synthObject(migrated().migration?.job);
    expect(metadata.name).toBe('api-before-deploy');
    expect(metadata.annotations).toHaveProperty(hook('hook'), 'PreSync');
    expect(spec.template.spec.containers[0]).toMatchObject({
      image: 'ghcr.io/acme/api:1.2.3',
      command: ['migrate'],
      args: ['up'],
    });
  });

  test('is tried once within ten minutes', () => {
    expect(synthObject(migrated().migration?.job).spec).toMatchObject({ backoffLimit: 0, activeDeadlineSeconds: 600 });
  });

  test.each(['ServiceAccount', 'ExternalSecret', 'ConfigMap'])('has a %s of its own, there before it', (kind) => {
    const objects = synthObjects(migrated().migration as never);
    const needed = objects.find((object) => object.kind === kind);
    expect(needed?.metadata.name).toBe('api-before-deploy');
    expect(needed?.metadata.annotations).toHaveProperty(hook('hook'), 'PreSync');
    expect(needed?.metadata.annotations).toHaveProperty(hook('sync-wave'), '-1');
  });

  test('sees the variables that the service gets later', () => {
    const api = migrated();
    api.env('LATER', 'x');
    const [container] = synthObject(api.migration?.job).spec.template.spec.containers;
    expect(container.env).toContainEqual({ name: 'LATER', value: 'x' });
  });

  test('is not selected by the service', () => {
    const api = migrated();
    const labels = synthObject(api.migration?.job).spec.template.metadata.labels;
    expect(labels).not.toMatchObject(synthObject(api.service).spec.selector);
  });

  test('does not make the service a hook', () => {
    expect(synthObject(migrated().serviceAccount).metadata).not.toHaveProperty('annotations');
  });
});

describe('what runs after a deployment failed', () => {
  const restored = () => {
    const env = testEnvironment();
    const secret = env.secret('orders/db', 'url');
    return service({ config: { A: 1 }, env: { DB: secret }, afterFailedDeploy: { command: ['restore'] } }, env);
  };

  test('is a SyncFail hook with its own name, tried once within ten minutes', () => {
    const { metadata, spec } = synthObject(restored().afterFailure?.job);
    expect(metadata.name).toBe('api-after-failed-deploy');
    expect(metadata.annotations).toHaveProperty(hook('hook'), 'SyncFail');
    expect(spec).toMatchObject({ backoffLimit: 0, activeDeadlineSeconds: 600 });
    expect(spec.template.spec.containers[0]).toMatchObject({ image: 'ghcr.io/acme/api:1.2.3', command: ['restore'] });
  });

  test.each(['ServiceAccount', 'ExternalSecret', 'ConfigMap'])(
    'has a %s of its own: the failure may have kept that of the service away',
    (kind) => {
      const objects = synthObjects(restored().afterFailure as never);
      const needed = objects.find((object) => object.kind === kind);
      expect(needed?.metadata.name).toBe('api-after-failed-deploy');
      expect(needed?.metadata.annotations).toHaveProperty(hook('hook'), 'SyncFail');
      expect(needed?.metadata.annotations).toHaveProperty(hook('sync-wave'), '-1');
    },
  );

  test('sees the variables that the service gets later', () => {
    const api = restored();
    api.env('LATER', 'x');
    const [container] = synthObject(api.afterFailure?.job).spec.template.spec.containers;
    expect(container.env).toContainEqual({ name: 'LATER', value: 'x' });
  });

  test('is no part of the deployment itself', () => {
    expect(restored().migration).toBeUndefined();
    expect(service({}, testEnvironment()).afterFailure).toBeUndefined();
  });
});
