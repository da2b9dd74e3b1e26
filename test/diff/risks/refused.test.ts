import { diffObjects } from '../../../src/diff/diff-objects';
import { refused } from '../../../src/diff/risks/refused';
import { deployment, nothing, object } from './risk-cases';

const settings = (value: string) => object('ConfigMap', { data: { value } });
const says = (message: string | undefined) => ({ ...nothing, refusalOf: () => message });

test.each([
  ['is added', [], [settings('a')]],
  ['is changed', [settings('a')], [settings('b')]],
  ['stays as it is', [settings('a')], [settings('a')]],
])('an object that the API server refuses is a risk when it %s', (_, before, after) => {
  const [change] = diffObjects(before, after, {}, says('no'));
  expect(change.risks).toContainEqual({ id: refused.id, detail: 'is refused: no' });
});

test('what goes is refused by nobody, and what is taken is no risk', () => {
  expect(
    diffObjects([settings('a')], [], {}, says('no')).flatMap(({ risks }) => risks.map(({ id }) => id)),
  ).not.toContain('refused');
  expect(diffObjects([settings('a')], [settings('b')], {}, says(undefined))[0].risks).toEqual([]);
});

test('where a cluster was asked, its word counts for fields that cannot be changed', () => {
  const [before, after] = ['a', 'b'].map((app) => deployment({}, {}, { selector: { matchLabels: { app } } }));
  const ids = (known: typeof nothing) => diffObjects([before], [after], {}, known)[0].risks.map(({ id }) => id);
  expect(ids(nothing)).toContain('immutable-field');
  expect(ids(says(undefined))).not.toContain('immutable-field');
});
