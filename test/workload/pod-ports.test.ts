import { Chart, Testing } from 'cdk8s';
import { GoldenWorker, type GoldenWorkerProps } from '../../src/index';

const image = 'registry.example/app:1';

function worker(props: Partial<GoldenWorkerProps>): GoldenWorker {
  return new GoldenWorker(new Chart(Testing.app(), 'chart'), 'worker', { image, port: 8080, ...props });
}

test.each(['sidecars', 'extraContainers'] as const)('a port name of the main container is refused in %s', (group) => {
  expect(() => worker({ [group]: { proxy: { image, port: 9000 } } })).toThrow(
    `port name "http" of ${group}.proxy is used by the main container too`,
  );
});

test('two containers can not listen on one number', () => {
  expect(() => worker({ sidecars: { proxy: { image, ports: { proxy: 8080 } } } })).toThrow(
    'port 8080 of sidecars.proxy is used by the main container too; give one of them another number',
  );
});

test('one number can be a TCP and a UDP port', () => {
  worker({ sidecars: { dns: { image, ports: { dns: { port: 8080, protocol: 'udp' } } } } });
});

test('a container that has ended before the others start may have listened on their ports', () => {
  worker({ initContainers: { before: { image, port: 8080 } } });
});
