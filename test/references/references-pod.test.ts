import type { PlainObject } from '../../src/platform/placed-object';
import { holds, problemsOf } from './reference-cases';
import {
  apiWith,
  config,
  configKey,
  object,
  secret,
  secretKey,
  stateful,
  variable,
  volume,
  workload,
} from './reference-objects';

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

function claimOf(claimName: string): PlainObject {
  return object('Job', 'backup', {
    spec: { template: { spec: { volumes: [{ name: 'd', persistentVolumeClaim: { claimName } }] } } },
  });
}

test('what is missing is reported once for a pod, however many fields name it', () => {
  const env = ['A', 'B', 'C'].map((name) => ({ name, valueFrom: secretKey(name) }));
  expect(problemsOf([apiWith({ env })]).map(({ message }) => message)).toEqual([
    expect.stringMatching(/env\[A\]\.valueFrom\.secretKeyRef \(and 2 more\) names Secret "secret"/),
  ]);
});
