import { available, observe, renderComposition } from '../../../src/crossplane/testing';
import { compositionOf, patchStep, readyStep, requestOf } from './compositions';

const base = { apiVersion: 'sqs.aws.m.upbound.io/v1beta1', kind: 'Queue' };
const composition = compositionOf(
  patchStep({
    resources: [
      {
        name: 'dlq',
        base,
        patches: [{ type: 'ToEnvironmentFieldPath', fromFieldPath: 'status.atProvider.arn', toFieldPath: 'dlq' }],
      },
      {
        name: 'queue',
        base,
        patches: [
          {
            type: 'FromEnvironmentFieldPath',
            fromFieldPath: 'dlq',
            toFieldPath: 'spec.forProvider.redrivePolicy',
            policy: { fromFieldPath: 'Required' },
          },
        ],
      },
    ],
  }),
  readyStep,
);

test('a request is followed from nothing to ready', () => {
  const request = requestOf({});
  const first = renderComposition(composition, request);
  expect(first.unready).toEqual(['dlq']);

  const dlq = available({ arn: 'arn:dlq' });
  const second = renderComposition(composition, request, observe(first, { dlq }));
  expect(second.unready).toEqual(['queue']);
  expect(second.resources[1].spec.forProvider.redrivePolicy).toBe('arn:dlq');

  const third = renderComposition(composition, request, observe(second, { dlq, queue: available() }));
  expect(third).toMatchObject({ ready: true, results: [] });
});

test('an observed resource has a name of its own and no status until the cloud gives one', () => {
  const [dlq] = observe(renderComposition(composition, requestOf({})));
  expect(dlq.metadata.name).toBe('orders-dlq');
  expect(dlq).not.toHaveProperty('status');
});
