import type { PlainObject } from '../../src/schema/placed-object';
import { type Case, holds, problemsOf } from './reference-cases';
import { apiWith, container, type Overrides, object, workload } from './reference-objects';

const config = object('ConfigMap', 'config', { data: { URL: 'x' }, binaryData: { 'logo.png': '' } });
const secret = object('Secret', 'secret', { stringData: { TOKEN: 'x' } });

/** A Deployment whose container has one variable. */
function variable(valueFrom: object): PlainObject {
  return apiWith({ env: [{ name: 'A', valueFrom }] });
}

function configKey(key: string, name = 'config', optional?: boolean): object {
  return { configMapKeyRef: { name, key, optional } };
}

function secretKey(key: string, name = 'secret', optional?: boolean): object {
  return { secretKeyRef: { name, key, optional } };
}

/** A Deployment with one volume. */
function volume(source: object, mount: object = {}): PlainObject {
  return apiWith({ volumeMounts: [{ name: 'v', mountPath: '/v', ...mount }] }, { volumes: [{ name: 'v', ...source }] });
}

describe('what pods name exists', () => {
  const at = 'spec\\.template\\.spec';
  holds([
    [
      'ConfigMap of a variable',
      [config, variable(configKey('URL'))],
      [config, variable(configKey('URL', 'cofnig'))],
      new RegExp(
        `^Deployment "api": ${at}\\.containers\\[api\\]\\.env\\[A\\]\\.valueFrom\\.configMapKeyRef names ConfigMap "cofnig".*did you mean "config"`,
      ),
    ],
    [
      'key of a ConfigMap',
      [config, variable(configKey('logo.png'))],
      [config, variable(configKey('URI'))],
      /names the key "URI" of ConfigMap "config" \(did you mean "URL"\?\), which has "URL" or "logo.png"/,
    ],
    [
      'Secret of a variable',
      [secret, variable(secretKey('TOKEN'))],
      [secret, variable(secretKey('TOKEN', 'regcred'))],
      /secretKeyRef names Secret "regcred".*external: \[\{ kind: 'Secret', name: 'regcred' \}\]/,
    ],
    [
      'key of a Secret',
      [secret, variable(secretKey('TOKEN'))],
      [secret, variable(secretKey('T'))],
      /the key "T" of Secret/,
    ],
    [
      'all of a ConfigMap',
      [config, apiWith({ envFrom: [{ configMapRef: { name: 'config' } }] })],
      [config, apiWith({ envFrom: [{ configMapRef: { name: 'x' } }] })],
      /containers\[api\]\.envFrom\[0\]\.configMapRef names ConfigMap "x"/,
    ],
    [
      'all of a Secret',
      [secret, apiWith({ envFrom: [{ secretRef: { name: 'secret' } }] })],
      [secret, apiWith({ envFrom: [{ secretRef: { name: 'x' } }] })],
      /envFrom\[0\]\.secretRef names Secret "x"/,
    ],
    [
      'what init containers name',
      [secret, workload('api', { initContainers: [{ name: 'i', envFrom: [{ secretRef: { name: 'secret' } }] }] })],
      [secret, workload('api', { initContainers: [{ name: 'i', envFrom: [{ secretRef: { name: 'x' } }] }] })],
      /initContainers\[i\]\.envFrom\[0\]\.secretRef names Secret "x"/,
    ],
    [
      'unless it is optional',
      [
        variable(secretKey('K', 'x', true)),
        object('Pod', 'p', { spec: { containers: [{ envFrom: [{ configMapRef: { name: 'x', optional: true } }] }] } }),
        object('Pod', 'q', { spec: { volumes: [{ name: 'v', secret: { secretName: 'x', optional: true } }] } }),
      ],
      [variable(secretKey('K', 'x', false))],
      /names Secret "x"/,
    ],
    [
      'ConfigMap of a volume',
      [config, volume({ configMap: { name: 'config' } })],
      [config, volume({ configMap: { name: 'x' } })],
      /volumes\[v\]\.configMap names ConfigMap "x"/,
    ],
    [
      'key of a volume item',
      [config, volume({ configMap: { name: 'config', items: [{ key: 'URL', path: 'u' }] } })],
      [config, volume({ configMap: { name: 'config', items: [{ key: 'URI', path: 'u' }] } })],
      /volumes\[v\]\.configMap\.items\[0\] names the key "URI"/,
    ],
    [
      'Secret of a volume',
      [secret, volume({ secret: { secretName: 'secret' } })],
      [secret, volume({ secret: { secretName: 'x' } })],
      /volumes\[v\]\.secret names Secret "x"/,
    ],
    [
      'sources of a projected volume',
      [
        config,
        secret,
        volume({ projected: { sources: [{ configMap: { name: 'config' } }, { secret: { name: 'secret' } }] } }),
      ],
      [
        config,
        secret,
        volume({ projected: { sources: [{ configMap: { name: 'config' } }, { secret: { name: 'x' } }] } }),
      ],
      /volumes\[v\]\.projected\.sources\[1\]\.secret names Secret "x"/,
    ],
    [
      'pull Secrets',
      [object('Secret', 'regcred'), workload('api', { imagePullSecrets: [{ name: 'regcred' }] })],
      [object('Secret', 'regcred'), workload('api', { imagePullSecrets: [{ name: 'regcrd' }] })],
      /imagePullSecrets\[0\] names Secret "regcrd".*did you mean "regcred"/,
    ],
    [
      'service account',
      [
        object('ServiceAccount', 'api'),
        workload('api', { serviceAccountName: 'api' }),
        workload('b', { serviceAccountName: 'default' }),
      ],
      [object('ServiceAccount', 'api'), workload('api', { serviceAccountName: 'x' })],
      /serviceAccountName names ServiceAccount "x"/,
    ],
    [
      'claim',
      [object('PersistentVolumeClaim', 'data'), volume({ persistentVolumeClaim: { claimName: 'data' } })],
      [object('PersistentVolumeClaim', 'data'), volume({ persistentVolumeClaim: { claimName: 'date' } })],
      /volumes\[v\]\.persistentVolumeClaim names PersistentVolumeClaim "date".*did you mean "data"/,
    ],
    [
      'claim of a StatefulSet',
      [stateful(), claimOf('data-db-0')],
      [stateful(), claimOf('data-db')],
      /names PersistentVolumeClaim "data-db"/,
    ],
    [
      'in the same namespace',
      [secret, variable(secretKey('TOKEN'))],
      [{ ...secret, metadata: { name: 'secret', namespace: 'other' } }, variable(secretKey('TOKEN'))],
      /in namespace "shop"; it makes no Secret there/,
    ],
    [
      'the certificate of the API server is in every namespace',
      [volume({ configMap: { name: 'kube-root-ca.crt' } })],
      [volume({ configMap: { name: 'kube-root-ca' } })],
      /names ConfigMap "kube-root-ca"/,
    ],
    [
      'external by name',
      [variable(secretKey('K', 'theirs'))],
      [variable(secretKey('K', 'other'))],
      /names Secret "other"/,
      [
        { kind: 'Secret', name: 'theirs' },
        { kind: 'ConfigMap', name: 'other' },
      ],
    ],
    [
      'external by kind and namespace',
      [variable(secretKey('K', 'theirs'))],
      [{ ...variable(secretKey('K', 'theirs')), metadata: { name: 'api', namespace: 'b' } }],
      /in namespace "b"/,
      [{ kind: 'Secret', name: '*', namespace: 'shop' }],
    ],
  ]);
});

function stateful(): PlainObject {
  const mounts = { containers: [container({ volumeMounts: [{ name: 'data', mountPath: '/data' }] })] };
  return workload('db', mounts, 'StatefulSet', { volumeClaimTemplates: [{ metadata: { name: 'data' } }] });
}

function claimOf(claimName: string): PlainObject {
  return object('Job', 'backup', {
    spec: { template: { spec: { volumes: [{ name: 'd', persistentVolumeClaim: { claimName } }] } } },
  });
}

function externalSecret(spec: object, name = 'secret'): PlainObject {
  return object('ExternalSecret', name, { spec });
}

const fetched = { data: [{ secretKey: 'TOKEN' }] };

test('what is missing is reported once for a pod, however many fields name it', () => {
  const env = ['A', 'B', 'C'].map((name) => ({ name, valueFrom: secretKey(name) }));
  expect(problemsOf([apiWith({ env })]).map(({ message }) => message)).toEqual([
    expect.stringMatching(/env\[A\]\.valueFrom\.secretKeyRef \(and 2 more\) names Secret "secret"/),
  ]);
});

describe('Secrets that something in the app makes', () => {
  holds([
    [
      'ExternalSecret, by its own name',
      [externalSecret(fetched), variable(secretKey('TOKEN'))],
      [externalSecret(fetched, 'x'), variable(secretKey('TOKEN'))],
      /names Secret "secret"/,
    ],
    [
      'ExternalSecret, by the name of its target',
      [externalSecret({ ...fetched, target: { name: 'secret' } }, 'x'), variable(secretKey('TOKEN'))],
      [externalSecret({ ...fetched, target: { name: 'x' } }), variable(secretKey('TOKEN'))],
      /names Secret "secret"/,
    ],
    [
      'ExternalSecret, not when it merges into one',
      [externalSecret({ ...fetched, target: { creationPolicy: 'Orphan' } }), variable(secretKey('TOKEN'))],
      [externalSecret({ ...fetched, target: { creationPolicy: 'Merge' } }), variable(secretKey('TOKEN'))],
      /names Secret "secret"/,
    ],
    [
      'keys of an ExternalSecret',
      [externalSecret({ ...fetched, dataFrom: [{ extract: {} }] }), variable(secretKey('OTHER'))],
      [externalSecret(fetched), variable(secretKey('TOKE'))],
      /names the key "TOKE" of Secret "secret" \(did you mean "TOKEN"\?\)/,
    ],
    [
      'keys of an ExternalSecret with templates of the cluster',
      [externalSecret({ ...fetched, target: { template: { templateFrom: [{}] } } }), variable(secretKey('OTHER'))],
      [externalSecret({ ...fetched, target: { template: {} } }), variable(secretKey('OTHER'))],
      /the key "OTHER"/,
    ],
    [
      'keys of an ExternalSecret whose template replaces them',
      [
        externalSecret({ ...fetched, target: { template: { mergePolicy: 'Merge', data: { A: '' } } } }),
        variable(secretKey('TOKEN')),
      ],
      [externalSecret({ ...fetched, target: { template: { data: { A: '' } } } }), variable(secretKey('TOKEN'))],
      /the key "TOKEN" of Secret "secret", which has "A"/,
    ],
    [
      'SealedSecret',
      [object('SealedSecret', 'secret', { spec: { encryptedData: { TOKEN: 'x' } } }), variable(secretKey('TOKEN'))],
      [object('SealedSecret', 'x', { spec: { encryptedData: { TOKEN: 'x' } } }), variable(secretKey('TOKEN'))],
      /names Secret "secret"/,
    ],
    [
      'Certificate',
      [object('Certificate', 'c', { spec: { secretName: 'secret' } }), volume({ secret: { secretName: 'secret' } })],
      [object('Certificate', 'secret', { spec: { secretName: 'c' } }), volume({ secret: { secretName: 'secret' } })],
      /names Secret "secret"/,
    ],
    [
      'SecretProviderClass',
      [
        object('SecretProviderClass', 'c', { spec: { secretObjects: [{ secretName: 'secret' }] } }),
        variable(secretKey('A')),
      ],
      [
        object('SecretProviderClass', 'c', { spec: { secretObjects: [{ secretName: 'x' }] } }),
        variable(secretKey('A')),
      ],
      /names Secret "secret"/,
    ],
    [
      'connection Secret of a Crossplane resource',
      [resource({ name: 'secret' }), variable(secretKey('endpoint'))],
      [resource({ name: 'secret', namespace: 'crossplane' }), variable(secretKey('endpoint'))],
      /names Secret "secret"/,
    ],
    [
      'two makers of one Secret give it the keys of both',
      [
        secret,
        externalSecret({ data: [{ secretKey: 'MORE' }] }),
        variable(secretKey('MORE')),
        workload('b', variableOnly('TOKEN')),
      ],
      [secret, externalSecret({ data: [{ secretKey: 'MORE' }] }), variable(secretKey('NONE'))],
      /which has "TOKEN" or "MORE"/,
    ],
  ]);

  test('the keys of a token Secret are filled in by the cluster', () => {
    const token = object('Secret', 'secret', { type: 'kubernetes.io/service-account-token' });
    expect(problemsOf([token, variable(secretKey('token'))])).toEqual([]);
  });
});

function variableOnly(key: string): Overrides {
  return { containers: [container({ env: [{ name: 'A', valueFrom: secretKey(key) }] })] };
}

function resource(writeConnectionSecretToRef: object): PlainObject {
  return { ...object('Instance', 'db', { spec: { writeConnectionSecretToRef } }), apiVersion: 'rds.example.com/v1' };
}

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
    ['volumes have names of their own', [volumes('v', 'w')], [volumes('v', 'v')], /volumes has two volumes "v"/],
    [
      'containers have names of their own, init containers too',
      [workload('api', { initContainers: [{ name: 'init' }] })],
      [workload('api', { initContainers: [{ name: 'api' }] })],
      /has two containers "api"/,
    ],
    [
      'variables have names of their own',
      [apiWith({ env: [{ name: 'A' }, { name: 'B' }] })],
      [apiWith({ env: [{ name: 'A' }, { name: 'A' }] })],
      /containers\[api\]\.env has two variables "A"/,
    ],
    [
      'ports have names of their own among containers that run together',
      [workload('api', { initContainers: [{ name: 'i', ports: [{ name: 'http', containerPort: 1 }] }] })],
      [workload('api', { containers: [container(), container({ name: 'b' })] })],
      /has two ports "http"/,
    ],
    ...['a-name-too-long1', 'Http', '8080', '-a', 'a-', 'a--b'].map(
      (name): Case => [
        `port name ${name}`,
        [apiWith({ ports: [{ name: 'a-name-so-long1', containerPort: 1 }] })],
        [apiWith({ ports: [{ name, containerPort: 1 }] })],
        new RegExp(`ports\\[0\\]\\.name "${name}" is no port name; use at most 15`),
      ],
    ),
  ]);
});

function mounts(...paths: string[]): PlainObject {
  const volumeMounts = paths.map((mountPath) => ({ name: 'v', mountPath }));
  return apiWith({ volumeMounts }, { volumes: [{ name: 'v', emptyDir: {} }] });
}

function volumes(...names: string[]): PlainObject {
  return workload('api', { volumes: names.map((name) => ({ name, emptyDir: {} })) });
}
