import { apisOf } from '../../../src/crossplane/api/api-registry';
import { changedRequests } from '../../../src/crossplane/api/changed-requests';
import { GoldenService } from '../../../src/index';
import { synthObjects, testEnvironment } from '../../../src/testing';
import { Everything } from './every-feature';

/** What an app with one request renders to. */
function render(spec: ConstructorParameters<typeof Everything>[2], name = 'orders') {
  const env = testEnvironment();
  const request = new Everything(env, name, { size: 'large', ...spec });
  new GoldenService(env, 'api', { image: 'ghcr.io/acme/api:1', port: 8080 });
  return { apis: apisOf(request), objects: synthObjects(env).map((object) => ({ path: 'orders/dev', object })) };
}

function problems(before: ReturnType<typeof render>, after: ReturnType<typeof render>): string[] {
  return changedRequests(after.apis, before.objects, after.objects).map(({ path, message }) => `[${path}] ${message}`);
}

test('a request that may not change is found between two renders', () => {
  const before = render({ region: 'eu-west-1', storageGb: 50 });
  expect(problems(before, render({ region: 'eu-west-2', storageGb: 40 }))).toEqual([
    '[orders/dev] Everything "orders": spec.region cannot be changed after creation',
    '[orders/dev] Everything "orders": spec.storageGb cannot be lowered; it can only grow',
  ]);
});

test.each([
  ['nothing', { region: 'eu-west-1' }, { region: 'eu-west-1' }],
  ['what may change', { storageGb: 50 }, { storageGb: 60 }],
])('a render that changes %s passes', (_, before, after) => {
  expect(problems(render(before), render(after))).toEqual([]);
});

test('a request that is new or gone is no change of another', () => {
  expect(problems(render({ storageGb: 50 }, 'a'), render({ storageGb: 20 }, 'b'))).toEqual([]);
});

test('a new version of a request is still the same request', () => {
  const before = render({ storageGb: 50 });
  const older = before.objects.map((placed) => ({
    ...placed,
    object: { ...placed.object, apiVersion: placed.object.apiVersion.replace('/v1', '/v1beta1') },
  }));
  expect(problems({ ...before, objects: older }, render({ storageGb: 20 }))).toEqual([
    expect.stringContaining('spec.storageGb cannot be lowered'),
  ]);
});
