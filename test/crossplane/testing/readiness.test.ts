import { renderComposition } from '../../../src/crossplane/testing';
import type { ReadinessCheck } from '../../../src/crossplane/testing/patch-and-transform-input';
import { compositionOf, observedOf, patchStep, readyStep, requestOf } from './compositions';

const status = {
  state: 'available',
  count: 1,
  open: true,
  shut: false,
  empty: '',
  nothing: null,
  conditions: [{ type: 'Synced', status: 'True' }],
};

function render(checks: readonly ReadinessCheck[], ...more: readonly object[]) {
  const base = { apiVersion: 'sqs.aws.m.upbound.io/v1beta1', kind: 'Queue' };
  const composition = compositionOf(
    patchStep({ resources: [{ name: 'queue', base, readinessChecks: checks }] }),
    ...more,
  );
  return renderComposition(composition, requestOf({}), [observedOf('queue', { status })]);
}

test.each<[ReadinessCheck, boolean]>([
  [{ type: 'None' }, true],
  [{ type: 'NonEmpty', fieldPath: 'status.state' }, true],
  [{ type: 'NonEmpty', fieldPath: 'status.empty' }, true],
  [{ type: 'NonEmpty', fieldPath: 'status.nothing' }, true],
  [{ type: 'NonEmpty', fieldPath: 'status.missing' }, false],
  [{ type: 'MatchString', fieldPath: 'status.state', matchString: 'available' }, true],
  [{ type: 'MatchString', fieldPath: 'status.state', matchString: 'creating' }, false],
  [{ type: 'MatchTrue', fieldPath: 'status.open' }, true],
  [{ type: 'MatchTrue', fieldPath: 'status.shut' }, false],
  [{ type: 'MatchFalse', fieldPath: 'status.shut' }, true],
  [{ type: 'MatchFalse', fieldPath: 'status.missing' }, false],
  [{ type: 'MatchCondition', matchCondition: { type: 'Synced', status: 'True' } }, true],
  [{ type: 'MatchCondition', matchCondition: { type: 'Other', status: 'Unknown' } }, true],
])('%j holds: %s', (check, expected) => {
  expect(render([check]).ready).toBe(expected);
});

test('without checks the condition Ready decides', () => {
  expect(render([]).ready).toBe(false);
});

test('all checks have to hold', () => {
  expect(render([{ type: 'None' }, { type: 'NonEmpty', fieldPath: 'status.missing' }]).ready).toBe(false);
});

test('an integer never matches: what is observed is a float', () => {
  const { ready, results } = render([{ type: 'MatchInteger', fieldPath: 'status.count', matchInteger: 1 }]);
  expect(ready).toBe(false);
  expect(results[0].message).toBe(
    'cannot check readiness of composed resource "queue": cannot run readiness check at index 0: ' +
      'status.count: not a (int64) number',
  );
});

test('function-auto-ready overrules a check that failed', () => {
  const composition = (steps: readonly object[]) =>
    compositionOf(
      patchStep({
        resources: [
          {
            name: 'queue',
            base: { apiVersion: 'v1', kind: 'ConfigMap' },
            readinessChecks: [{ type: 'NonEmpty', fieldPath: 'data.never' }],
          },
        ],
      }),
      ...steps,
    );
  const observed = [{ ...observedOf('queue', {}), apiVersion: 'v1', kind: 'ConfigMap' }];
  expect(renderComposition(composition([]), requestOf({}), observed).ready).toBe(false);
  expect(renderComposition(composition([readyStep]), requestOf({}), observed).ready).toBe(true);
});
