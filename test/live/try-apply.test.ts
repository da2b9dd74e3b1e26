import { identityOf } from '../../src/diff/identity';
import { Kubectl } from '../../src/live/kubectl';
import { tryApply } from '../../src/live/try-apply';
import type { PlainObject } from '../../src/platform/placed-object';
import { removeFolders } from '../gitops/trees';
import { type FakeCluster, fakeKubectl, servedKinds } from './fake-kubectl';

let fake: ReturnType<typeof fakeKubectl>;

afterEach(() => fake.restore());
afterAll(removeFolders);

const settings = (name: string, facts: object = {}, namespace = 'orders-dev'): PlainObject => ({
  ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } },
  ...facts,
});

async function tried(objects: readonly PlainObject[], cluster: FakeCluster) {
  fake = fakeKubectl({ one: { served: servedKinds, ...cluster } });
  const attempts = await tryApply(new Kubectl('one', 'dev/eu-dev'), objects, 'argocd-controller');
  return objects.map((object) => attempts.get(identityOf(object)));
}

test('what the API server makes of each object is its own answer', async () => {
  const live = [settings('b', { defaulted: true })];
  expect(await tried([settings('a'), settings('b', { data: { x: '1' } })], { live })).toEqual([
    { what: 'applied', object: settings('a') },
    { what: 'applied', object: settings('b', { defaulted: true, data: { x: '1' } }) },
  ]);
});

test('it is asked as who delivers, and nothing is kept', async () => {
  await tried([settings('a')], {});
  const [words] = fake.calls();
  expect(words.slice(0, 1)).toEqual(['--context=one']);
  expect(words).toEqual(
    expect.arrayContaining([
      'apply',
      '--server-side',
      '--dry-run=server',
      '--force-conflicts',
      '--field-manager=argocd-controller',
    ]),
  );
});

test('one that is refused takes none of the others with it, and its words are cut to what they say', async () => {
  const names = Array.from({ length: 20 }, (_, n) => `c${n}`);
  const refused = {
    'ConfigMap c3': 'The ConfigMap "c3" is invalid: data: Forbidden: field is\nimmutable',
    'ConfigMap c17':
      'Error from server (Forbidden): configmaps "c17" is forbidden: ValidatingAdmissionPolicy \'p\' denied request: no',
  };
  const attempts = await tried(
    names.map((name) => settings(name)),
    { refused },
  );
  expect(attempts.filter((attempt) => attempt?.what === 'applied')).toHaveLength(18);
  expect(attempts[3]).toEqual({ what: 'refused', message: 'data: Forbidden: field is immutable' });
  expect(attempts[17]).toEqual({
    what: 'refused',
    message: 'configmaps "c17" is forbidden: ValidatingAdmissionPolicy \'p\' denied request: no',
  });
});

test("a webhook that can't judge what is not kept is no refusal", async () => {
  const a = 'Error from server (BadRequest): admission webhook "w" does not support dry run';
  expect(await tried([settings('a')], { refused: { 'ConfigMap a': a } })).toEqual([
    { what: 'untried', message: 'admission webhook "w" does not support dry run' },
  ]);
});

test('objects of a namespace that is not there are not refused for it, and cost no question each', async () => {
  const objects = Array.from({ length: 30 }, (_, n) => settings(`c${n}`, {}, n % 2 === 0 ? 'gone' : 'orders-dev'));
  const attempts = await tried(objects, { missing: ['gone'] });
  expect(attempts.map((attempt) => attempt?.what)).toEqual(
    objects.map(({ metadata }) => (metadata.namespace === 'gone' ? 'homeless' : 'applied')),
  );
  expect(fake.calls()).toHaveLength(2);
});

test('an account that may not apply is told so at once', async () => {
  const objects = Array.from({ length: 30 }, (_, n) => settings(`c${n}`));
  await expect(tried(objects, { forbidden: ['patch configmaps'] })).rejects.toMatchObject({
    reason: 'forbidden',
    problems: [
      {
        path: 'dev/eu-dev',
        message:
          'the account of context "one", bob, may not try an apply: it has no right to patch configmaps; give a context whose account has',
      },
    ],
  });
  expect(fake.calls()).toHaveLength(1);
});

test('values of a Secret are not repeated, however a webhook spells them', async () => {
  const coded = Buffer.from('open sesame').toString('base64');
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 's', namespace: 'x' },
    data: { token: coded },
    stringData: { key: 'plain' },
  };
  const s = `Error from server: denied: open sesame, ${coded}, plain and ${Buffer.from('plain').toString('base64')}`;
  expect(await tried([secret], { refused: { 'Secret s': s } })).toEqual([
    { what: 'refused', message: 'denied: (hidden), (hidden), (hidden) and (hidden)' },
  ]);
});

test('a message that repeats a whole object is cut', async () => {
  const [attempt] = await tried([settings('a')], {
    refused: { 'ConfigMap a': `Error from server: ${'x'.repeat(2000)}` },
  });
  expect(attempt).toEqual({ what: 'refused', message: `${'x'.repeat(400)}...` });
});
