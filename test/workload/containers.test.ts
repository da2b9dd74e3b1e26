import { containerOf, furnished, podOf, service } from './workloads';

const image = 'ghcr.io/acme/tool:1.0.0';

test('a sidecar starts before the main container and lives as long', () => {
  expect(podOf(service({ sidecars: { proxy: { image } } })).initContainers[0]).toMatchObject({
    name: 'proxy',
    restartPolicy: 'Always',
  });
});

test('sidecars are there when init containers run', () => {
  const pod = podOf(service({ initContainers: { setup: { image } }, sidecars: { proxy: { image } } }));
  expect(pod.initContainers.map((c: { name: string }) => c.name)).toEqual(['proxy', 'setup']);
  expect(pod.initContainers[1]).not.toHaveProperty('restartPolicy');
});

test('an extra container stands beside the main one', () => {
  const pod = podOf(service({ extraContainers: { cache: { image, port: 6379, protocol: 'tcp' } } }));
  expect(pod.containers.map((c: { name: string }) => c.name)).toEqual(['api', 'cache']);
  expect(pod.containers[1].readinessProbe.tcpSocket).toEqual({ port: 'tcp' });
});

test('a container beside the main one is as hardened and small', () => {
  const pod = podOf(service({ extraContainers: { cache: { image } } }));
  expect(pod.containers[1].securityContext).toEqual(pod.containers[0].securityContext);
  expect(pod.containers[1].resources.requests.cpu).toBe('100m');
});

test('a container has the main one’s environment when it asks for it', () => {
  const initContainers = { a: { image, inheritEnv: true, env: { B: '2' } }, b: { image } };
  const [a, b] = podOf(service({ env: { A: '1' }, initContainers })).initContainers;
  expect(a.env).toEqual(
    expect.arrayContaining([
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ]),
  );
  expect(b).not.toHaveProperty('env');
});

test('a container sees the workload’s volumes where it wants', () => {
  const volumes = { data: { emptyDir: true, mountPath: '/data' } } as const;
  const pod = podOf(service({ volumes, sidecars: { log: { image, mounts: { data: '/logs' } } } }));
  expect(pod.initContainers[0].volumeMounts).toContainEqual({ name: 'data', mountPath: '/logs' });
});

test('command and arguments replace the image’s', () => {
  expect(containerOf(service({ command: ['node'], args: ['main.js'] }))).toMatchObject({
    command: ['node'],
    args: ['main.js'],
  });
});

test('registry credentials are named', () => {
  expect(podOf(service({ imagePullSecrets: ['registry'] }, furnished('Secret'))).imagePullSecrets).toEqual([
    { name: 'registry' },
  ]);
});
