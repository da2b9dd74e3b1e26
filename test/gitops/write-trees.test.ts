import * as fc from 'fast-check';
import { writeTree, writeTrees } from '../../src/gitops/owned-tree';
import type { TreeRender } from '../../src/gitops/tree-render';
import { newFolder, problemsOf, put, removeFolders, renderOf, snapshot } from './trees';

afterEach(removeFolders);

const folder = (environment: string, namespace: string, app: string) => `${environment}/eu/${namespace}/${app}`;

/** Two rounds of renders of a few apps; in the second, apps move, change, and are left as they are. */
const rounds = fc.array(
  fc.uniqueArray(
    fc.record({
      app: fc.constantFrom('orders', 'payments', 'search', 'mail'),
      places: fc.uniqueArray(
        fc.tuple(fc.constantFrom('dev', 'prod'), fc.constantFrom('one', 'two'), fc.constantFrom('shared', 'own')),
        { minLength: 1, maxLength: 3, selector: (place) => place.join('/') },
      ),
      content: fc.constantFrom('a\n', 'b\n'),
      named: fc.boolean(),
    }),
    { selector: ({ app }) => app },
  ),
  { minLength: 2, maxLength: 2 },
);

function rendersOf(round: typeof rounds extends fc.Arbitrary<(infer Round)[]> ? Round : never): TreeRender[] {
  return round.map(({ app, places, content, named }) => {
    const last = (kind: string) => (kind === 'own' || named ? app : kind);
    const folders = places.map(([environment, namespace, kind]) => folder(environment, namespace, last(kind)));
    const render = renderOf(app, Object.fromEntries(folders.map((each) => [each, { 'service-a.yaml': content }])));
    return { ...render, environments: ['dev', 'prod'], ...(named && { folderName: app }) };
  });
}

/** Whether an app takes a folder that another leaves in the same round. */
function changesHands([before, after]: TreeRender[][]): boolean {
  const placesOf = (renders: TreeRender[], name: string) =>
    renders.find(({ app }) => app === name)?.folders.map((each) => each.folder) ?? [];
  return before.some(({ app, folders }) => {
    const left = folders.map((each) => each.folder).filter((place) => !placesOf(after, app).includes(place));
    return after.some((other) => other.folders.some((each) => left.includes(each.folder)));
  });
}

describe('a write of many renders', () => {
  test('leaves the tree that writing one after the other leaves, whatever is refused', () => {
    fc.assert(
      fc.property(rounds, (made) => {
        fc.pre(!changesHands(made.map(rendersOf)));
        const [together, inTurn] = [newFolder(), newFolder()];
        for (const renders of made.map(rendersOf)) {
          const plans = writeTrees(together, renders);
          const refused = renders.map((render) => problemsOf(() => writeTree(inTurn, render)).length > 0);
          expect(plans.map(({ problems }) => problems.length > 0)).toEqual(refused);
        }
        expect(snapshot(together)).toEqual(snapshot(inTurn));
      }),
      { numRuns: 60 },
    );
  });

  test('removes the folder of data that an app does not render any more, and no other app’s', () => {
    const root = newFolder();
    const [own, data, other] = ['orders', 'orders.data', 'orders-data'].map((name) => folder('dev', 'one', name));
    const files = { 'service-a.yaml': 'a\n' };
    writeTrees(root, [renderOf('orders', { [own]: files, [data]: files }), renderOf('others', { [other]: files })]);
    writeTrees(root, [{ ...renderOf('orders', { [own]: files }), folderName: 'orders' }]);
    expect(Object.keys(snapshot(root)).filter((name) => name.endsWith('.yaml'))).toEqual([
      `${other}/service-a.yaml`,
      `${own}/service-a.yaml`,
    ]);
  });

  test('writes the others when one has a problem, and says which', () => {
    const root = newFolder();
    const good = renderOf('orders', { [folder('dev', 'one', 'orders')]: { 'service-a.yaml': 'a\n' } });
    const blocked = renderOf('mail', { [folder('dev', 'one', 'mail')]: { 'service-a.yaml': 'a\n' } });
    const empty = renderOf('search', {});
    put(root, 'dev/eu/one/mail/notes.txt', 'by hand');
    const [of, ofBlocked, ofEmpty] = writeTrees(root, [good, blocked, empty]);
    expect(of.folders.map(({ change }) => change)).toEqual(['added']);
    expect(ofBlocked.problems).toEqual([expect.stringContaining("'dev/eu/one/mail/notes.txt' is a file")]);
    expect(ofEmpty.problems).toEqual([expect.stringContaining('the render is empty')]);
    expect(Object.keys(snapshot(root)).filter((name) => name.endsWith('.yaml'))).toEqual([
      'dev/eu/one/orders/service-a.yaml',
    ]);
  });

  test('gives a folder that two of them render to the first', () => {
    const root = newFolder();
    const shared = folder('dev', 'one', 'shared');
    const plans = writeTrees(
      root,
      ['orders', 'mail'].map((app) => renderOf(app, { [shared]: { 'service-a.yaml': `${app}\n` } })),
    );
    expect(plans.map(({ problems }) => problems)).toEqual([
      [],
      [`'${shared}' is rendered by both 'orders' and 'mail'; rename one`],
    ]);
    expect(snapshot(root)[`${shared}/service-a.yaml`]).toBe('orders\n');
  });

  test('finds two of them that differ only in case', () => {
    const one = renderOf('orders', { 'dev/eu/one/orders': { 'service-a.yaml': 'a\n' } });
    const other = renderOf('mail', { 'dev/eu/One/mail': { 'service-a.yaml': 'a\n' } });
    expect(writeTrees(newFolder(), [one, other])[1].problems).toEqual([
      "'dev/eu/One' and 'dev/eu/one' differ only in case; rename one, some file systems have room for one",
    ]);
  });

  test('makes no folder when none of them can be written', () => {
    const above = newFolder();
    writeTrees(`${above}/tree`, [renderOf('search', {})]);
    expect(snapshot(above)).toEqual({});
  });

  test('refuses a folder that another of them leaves, until that is written', () => {
    const root = newFolder();
    const at = (app: string, place: string) =>
      renderOf(app, { [folder('dev', place, 'shared')]: { 'service-a.yaml': 'a\n' } }, ['dev']);
    writeTree(root, at('orders', 'one'));
    const moves = [at('orders', 'two'), at('mail', 'one')];
    expect(writeTrees(root, moves)[1].problems).toEqual([expect.stringContaining("belongs to the app 'orders'")]);
    expect(writeTrees(root, moves)[1].problems).toEqual([]);
  });
});
