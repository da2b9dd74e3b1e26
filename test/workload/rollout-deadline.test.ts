import { Chart, Testing } from 'cdk8s';
import { GoldenWorker, type GoldenWorkerProps } from '../../src/index';

function worker(props: Partial<GoldenWorkerProps>): GoldenWorker {
  const chart = new Chart(Testing.app(), 'chart');
  return new GoldenWorker(chart, 'worker', { image: 'registry.example/app:1', ...props });
}

test.each([{ minReady: '600s' }, { minReady: '10s', deadline: '10s' }] as const)(
  'the rollout %j is refused, because it could never be done in time',
  (rollout) => {
    expect(() => worker({ rollout })).toThrow('is not below rollout.deadline');
  },
);

test('a volume can not take the name of the one that holds secret files', () => {
  expect(() => worker({ volumes: { 'secret-files': { emptyDir: true, mountPath: '/a' } } })).toThrow(
    'volume name "secret-files" is taken by the workload itself',
  );
});
