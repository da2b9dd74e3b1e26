import type { PlainObject } from '../../src/platform/placed-object';
import { holds, problemsOf } from './reference-cases';
import { container, type Overrides, object, secret, secretKey, variable, volume, workload } from './reference-objects';

function externalSecret(spec: object, name = 'secret'): PlainObject {
  return object('ExternalSecret', name, { spec });
}

const fetched = { data: [{ secretKey: 'TOKEN' }] };

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
