import type { PatchAndTransformInput } from '../../../src/crossplane/testing/patch-and-transform-input';
import { bucket, detail, ready, type Structure, seen } from './structure';

const withSecret = (
  ref: PatchAndTransformInput['writeConnectionSecretToRef'],
  request: Structure['request'] = {},
): Structure => ({
  inputs: [{ resources: [bucket('a', { connectionDetails: [detail('k', 'v')] })], writeConnectionSecretToRef: ref }],
  observed: [seen('a', ready)],
  request: { spec: { crossplane: {}, name: 'chosen', count: 3, ...(request as { spec?: object }).spec } },
});

/** Requests of several kinds, and their connection Secrets. */
export const secretCases: Readonly<Record<string, Structure>> = {
  'a request of the cluster': {
    inputs: [
      {
        resources: [
          bucket('a', {
            base: { apiVersion: 'v1', kind: 'Secret', metadata: { namespace: 'c' } },
            connectionDetails: [detail('k', 'v')],
          }),
        ],
      },
    ],
    request: { metadata: { name: 'orders' }, spec: { crossplane: {} } },
    observed: [
      {
        ...seen('a'),
        metadata: { name: 'x', namespace: '', annotations: { 'crossplane.io/composition-resource-name': 'a' } },
      },
    ],
  },
  'a request of a claim': {
    inputs: [{ resources: [bucket('a')] }],
    request: {
      metadata: { name: 'orders-x' },
      spec: { claimRef: { apiVersion: 'a/v1', kind: 'C', name: 'orders', namespace: 'shop' } },
    },
  },
  'a request that was composed itself': {
    inputs: [{ resources: [bucket('a')] }],
    request: {
      metadata: {
        name: 'orders-x',
        namespace: 'shop',
        labels: {
          'crossplane.io/composite': 'root',
          'crossplane.io/claim-name': 'c',
          'crossplane.io/claim-namespace': 'n',
        },
      },
    },
  },
  'connection details of a request of Crossplane v1': {
    ...withSecret(undefined),
    request: { spec: { writeConnectionSecretToRef: { name: 'x', namespace: 'y' } } },
  },
  'a connection Secret': withSecret(undefined),
  'a connection Secret with a name': withSecret({ name: 'login' }),
  'a connection Secret with a namespace': withSecret({ namespace: 'other' }),
  'a connection Secret that the request names': withSecret(
    { name: 'login' },
    { spec: { writeConnectionSecretToRef: { name: 'asked' } } },
  ),
  'a connection Secret whose name is patched': withSecret({
    name: 'login',
    patches: [
      {
        fromFieldPath: 'spec.name',
        toFieldPath: 'name',
        transforms: [{ type: 'string', string: { type: 'Format', fmt: '%s-login' } }],
      },
      { fromFieldPath: 'spec.missing', toFieldPath: 'namespace' },
      { fromFieldPath: 'spec.name.below', toFieldPath: 'namespace' },
      { fromFieldPath: 'spec.count', toFieldPath: 'namespace' },
    ],
  }),
  'a connection Secret whose name is combined': withSecret({
    patches: [
      {
        type: 'CombineFromComposite',
        toFieldPath: 'name',
        combine: {
          strategy: 'string',
          variables: [{ fromFieldPath: 'metadata.name' }, { fromFieldPath: 'spec.name' }],
          string: { fmt: '%s-%s' },
        },
      },
    ],
  }),
  'a connection Secret whose name is required': withSecret({
    patches: [{ fromFieldPath: 'spec.missing', toFieldPath: 'name', policy: { fromFieldPath: 'Required' } }],
  }),
  'a connection Secret patched from elsewhere': withSecret({
    patches: [{ type: 'FromEnvironmentFieldPath', fromFieldPath: 'x', toFieldPath: 'name' }],
  }),
  'connection details from fields': {
    inputs: [
      {
        resources: [
          bucket('a', {
            connectionDetails: ['text', 'count', 'big', 'list', 'object', 'gone', 'text.x', 'yes', 'nothing'].map(
              (name) => ({
                name: name.replace('.', '-'),
                type: 'FromFieldPath' as const,
                fromFieldPath: `status.${name}`,
              }),
            ),
          }),
          bucket('b', { connectionDetails: [detail('text', 'later wins')] }),
        ],
      },
    ],
    request: { spec: { crossplane: {} } },
    observed: [
      seen('a', {
        status: { text: 'ä', count: 5, big: 1e21, list: [1, '<'], object: { b: 1, a: 2 }, yes: true, nothing: null },
      }),
      seen('b'),
    ],
  },
  'a connection detail without value': {
    inputs: [{ resources: [bucket('a', { connectionDetails: [{ name: 'x', type: 'FromValue' }] })] }],
  },
  'a readiness check without path': {
    inputs: [{ resources: [bucket('a', { readinessChecks: [{ type: 'NonEmpty' }] })] }],
  },
  'a readiness check of no kind': {
    inputs: [{ resources: [bucket('a', { readinessChecks: [{ type: 'Always' as 'None' }] })] }],
  },
};
