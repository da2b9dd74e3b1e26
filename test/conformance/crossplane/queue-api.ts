import { available, type PlainObject } from '../../../src/crossplane/testing';
import type { KubeObject } from '../../../src/dev/api-client';
import type { SteppedRender } from './stepped-render';

/** A small API with all that Crossplane does for one: status, readiness, a connection Secret. */
export const queueDefinition: KubeObject = {
  apiVersion: 'apiextensions.crossplane.io/v2',
  kind: 'CompositeResourceDefinition',
  metadata: { name: 'queues.conformance.example.org' },
  spec: {
    group: 'conformance.example.org',
    names: { kind: 'Queue', plural: 'queues' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        referenceable: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                required: ['region'],
                properties: { region: { type: 'string' }, retention: { type: 'integer', default: 3600 } },
              },
              status: { type: 'object', properties: { url: { type: 'string' } } },
            },
          },
        },
      },
    ],
  },
};

/** How the API is fulfilled: a queue, its dead letters, and a `Usage` that keeps those while the queue is there. */
export const queueComposition: KubeObject = {
  apiVersion: 'apiextensions.crossplane.io/v1',
  kind: 'Composition',
  metadata: { name: 'queues-sqs' },
  spec: {
    compositeTypeRef: { apiVersion: 'conformance.example.org/v1alpha1', kind: 'Queue' },
    mode: 'Pipeline',
    pipeline: [
      {
        step: 'patch',
        functionRef: { name: 'function-patch-and-transform' },
        input: {
          apiVersion: 'pt.fn.crossplane.io/v1beta1',
          kind: 'Resources',
          resources: [
            {
              name: 'dead-letters',
              base: queueBase('dead-letters'),
              patches: [
                { fromFieldPath: 'spec.region', toFieldPath: 'spec.forProvider.region' },
                { type: 'ToEnvironmentFieldPath', fromFieldPath: 'status.atProvider.arn', toFieldPath: 'deadLetters' },
              ],
            },
            {
              name: 'queue',
              base: queueBase('queue'),
              patches: [
                { fromFieldPath: 'spec.region', toFieldPath: 'spec.forProvider.region' },
                { fromFieldPath: 'spec.retention', toFieldPath: 'spec.forProvider.messageRetentionSeconds' },
                {
                  fromFieldPath: 'metadata.name',
                  toFieldPath: 'spec.writeConnectionSecretToRef.name',
                  transforms: [{ type: 'string', string: { type: 'Format', fmt: '%s-queue' } }],
                },
                {
                  type: 'FromEnvironmentFieldPath',
                  fromFieldPath: 'deadLetters',
                  toFieldPath: 'spec.forProvider.redrivePolicy',
                  transforms: [
                    {
                      type: 'string',
                      string: { type: 'Format', fmt: '{"deadLetterTargetArn":"%s","maxReceiveCount":5}' },
                    },
                  ],
                  policy: { fromFieldPath: 'Required' },
                },
                { type: 'ToCompositeFieldPath', fromFieldPath: 'status.atProvider.url', toFieldPath: 'status.url' },
              ],
              connectionDetails: [
                { name: 'url', type: 'FromConnectionSecretKey', fromConnectionSecretKey: 'url' },
                { name: 'arn', type: 'FromFieldPath', fromFieldPath: 'status.atProvider.arn' },
              ],
            },
            {
              name: 'keep-dead-letters',
              base: {
                apiVersion: 'protection.crossplane.io/v1beta1',
                kind: 'Usage',
                spec: { of: chosen('dead-letters'), by: chosen('queue'), replayDeletion: true },
              },
            },
          ],
        },
      },
      { step: 'ready', functionRef: { name: 'function-auto-ready' } },
    ],
  },
};

/** A request for one. */
export const queueRequest: KubeObject = {
  apiVersion: 'conformance.example.org/v1alpha1',
  kind: 'Queue',
  metadata: { name: 'orders', namespace: 'shop' },
  spec: { region: 'eu-west-1' },
};

const deadLetters = available({ arn: 'arn:aws:sqs:eu-west-1:1:dead-letters' });

/** The request from nothing to ready. */
export const queueSteps: SteppedRender = {
  name: 'queue',
  composition: queueComposition as unknown as PlainObject,
  request: { ...queueRequest, spec: { region: 'eu-west-1', retention: 3600, crossplane: {} } },
  steps: [
    {
      statuses: {},
      ready: false,
      warnings: [/"queue" .* 'policy.fromFieldPath: Required': deadLetters: no such field$/],
    },
    { statuses: { 'dead-letters': deadLetters, 'keep-dead-letters': available() }, ready: false },
    {
      statuses: {
        'dead-letters': deadLetters,
        'keep-dead-letters': available(),
        queue: available({ url: 'https://sqs/queue', arn: 'arn:aws:sqs:eu-west-1:1:queue' }),
      },
      ready: true,
    },
  ],
};

function queueBase(role: string) {
  return {
    apiVersion: 'sqs.aws.m.upbound.io/v1beta1',
    kind: 'Queue',
    metadata: { labels: { role } },
    spec: { forProvider: {}, providerConfigRef: { kind: 'ClusterProviderConfig', name: 'default' } },
  };
}

function chosen(role: string) {
  const resourceSelector = { matchControllerRef: true, matchLabels: { role } };
  return { apiVersion: 'sqs.aws.m.upbound.io/v1beta1', kind: 'Queue', resourceSelector };
}
