import type { PlainObject } from '../../src/platform/placed-object';
import { type Case, holds, problemsOf } from './reference-cases';
import { apiWith, config, container, object, secret, stateful, volume, workload } from './reference-objects';

describe('parts of volumes', () => {
  const projected = [{ configMap: { name: 'config' } }, { secret: { name: 'secret' } }];
  const items = [{ key: 'URL', path: 'conf/url' }];
  holds([
    [
      'a part of a ConfigMap is one of its keys',
      [config, volume({ configMap: { name: 'config' } }, { subPath: 'URL' })],
      [config, volume({ configMap: { name: 'config' } }, { subPath: 'URI' })],
      /containers\[api\]\.volumeMounts\[\/v\]\.subPath "URI" is no file of volume "v" \(did you mean "URL"\?\)/,
    ],
    [
      'a part of a volume with items is the path of one, or a folder of it',
      [config, volume({ configMap: { name: 'config', items } }, { subPath: 'conf' })],
      [config, volume({ configMap: { name: 'config', items } }, { subPath: 'URL' })],
      /subPath "URL" is no file of volume "v".*"conf\/url"/,
    ],
    [
      'a part of a projected volume is a file of any source',
      [config, secret, volume({ projected: { sources: projected } }, { subPath: 'TOKEN' })],
      [config, secret, volume({ projected: { sources: projected } }, { subPath: 'TOKE' })],
      /subPath "TOKE" is no file.*did you mean "TOKEN"/,
    ],
  ]);

  test.each([
    ['of other kinds', { emptyDir: {} }],
    ['with a source that only the cluster knows', { projected: { sources: [{ serviceAccountToken: { path: 't' } }] } }],
    ['that may be missing', { configMap: { name: 'config', optional: true } }],
  ])('parts of volumes %s are not looked for', (_, source) => {
    expect(problemsOf([config, volume(source, { subPath: 'anything' })])).toEqual([]);
  });
});

describe('inside a pod', () => {
  const probe = (form: string, port: unknown) => apiWith({ readinessProbe: { [form]: { port } } });
  holds([
    ...(['httpGet', 'tcpSocket', 'grpc'] as const).map(
      (form): Case => [
        `${form}: a probe calls a declared port, by number`,
        [probe(form, 8080)],
        [probe(form, 8081)],
        new RegExp(
          `containers\\[api\\]\\.readinessProbe\\.${form}\\.port 8081 is no port of its container.*"http" or "8080"`,
        ),
      ],
    ),
    [
      'a probe calls a declared port, by name',
      [probe('httpGet', 'http')],
      [probe('httpGet', 'htp')],
      /port "htp".*did you mean "http"/,
    ],
    ...['startupProbe', 'livenessProbe'].map(
      (name): Case => [
        `${name} too`,
        [apiWith({ [name]: { httpGet: { port: 'http' } } })],
        [apiWith({ [name]: { httpGet: { port: 'x' } } })],
        new RegExp(`${name}\\.httpGet\\.port "x"`),
      ],
    ),
    [
      'a hook calls a declared port, or another host',
      [
        apiWith({
          lifecycle: { preStop: { httpGet: { port: 8080 } }, postStart: { httpGet: { host: 'example.com', port: 1 } } },
        }),
      ],
      [apiWith({ lifecycle: { preStop: { httpGet: { port: 1 } } } })],
      /lifecycle\.preStop\.httpGet\.port 1 is no port/,
    ],
    [
      'a probe calls its own container, not its neighbour',
      [workload('api', { containers: [container({ livenessProbe: { httpGet: { port: 'http' } } })] })],
      [workload('api', { containers: [container(), { name: 'b', livenessProbe: { httpGet: { port: 'http' } } }] })],
      /containers\[b\]\.livenessProbe\.httpGet\.port "http" is no port of its container, which has nothing/,
    ],
    [
      'a mount names a volume',
      [stateful(), volume({ emptyDir: {} })],
      [volume({ emptyDir: {} }, { name: 'w' })],
      /containers\[api\]\.volumeMounts\[\/v\] names volume "w", which the pod has not \(did you mean "v"\?\)/,
    ],
    [
      'a device names a volume',
      [apiWith({ volumeDevices: [{ name: 'v', devicePath: '/d' }] }, { volumes: [{ name: 'v', emptyDir: {} }] })],
      [apiWith({ volumeDevices: [{ name: 'v', devicePath: '/d' }] })],
      /volumeDevices\[\/d\] names volume "v"/,
    ],
    [
      'two mounts have two paths',
      [mounts('/a', '/b')],
      [mounts('/a', '/a/')],
      /containers\[api\]\.volumeMounts has two mounts at "\/a"/,
    ],
    [
      'containers have names of their own, init containers too',
      [workload('api', { initContainers: [{ name: 'init' }] })],
      [workload('api', { initContainers: [{ name: 'api' }] })],
      /has two containers "api"/,
    ],
    [
      'ports have names of their own among containers that run together',
      [workload('api', { initContainers: [{ name: 'i', ports: [{ name: 'http', containerPort: 1 }] }] })],
      [workload('api', { containers: [container(), container({ name: 'b' })] })],
      /has two ports "http"/,
    ],
  ]);
});

describe('inside the pods of a CRD whose schema does not say so', () => {
  const rollout = (spec: object) => workload('api', { ...spec }, 'Rollout');
  const withPort = (kind: string, name: string) => {
    const template = { spec: { containers: [container({ ports: [{ name, containerPort: 1 }] })] } };
    return kind === 'Rollout' ? rollout(template.spec) : object(kind, 'api', { spec: { jobTargetRef: { template } } });
  };
  holds([
    [
      'volumes have names of their own',
      [rollout({ volumes: [{ name: 'v' }, { name: 'w' }] })],
      [rollout({ volumes: [{ name: 'v' }, { name: 'v' }] })],
      /volumes has two volumes "v"/,
    ],
    ...['Rollout', 'ScaledJob'].flatMap((kind) =>
      ['a-name-too-long1', 'Http', '8080', '-a', 'a-', 'a--b'].map(
        (name): Case => [
          `port name ${name} of a ${kind}`,
          [withPort(kind, 'a-name-so-long1')],
          [withPort(kind, name)],
          new RegExp(`ports\\[0\\]\\.name "${name}" is no port name; use at most 15`),
        ],
      ),
    ),
  ]);
});

function mounts(...paths: string[]): PlainObject {
  const volumeMounts = paths.map((mountPath) => ({ name: 'v', mountPath }));
  return apiWith({ volumeMounts }, { volumes: [{ name: 'v', emptyDir: {} }] });
}
