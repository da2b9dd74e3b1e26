import { newerProblem } from '../../src/gitops/newer-version';
import { writeTree } from '../../src/gitops/owned-tree';
import { publish } from '../../src/gitops/publish';
import type { TreeRender } from '../../src/gitops/tree-render';
import { commitsOf, isolateGit, newRepository, restoreGit } from './repositories';
import { api, change, first, newFolder, problemsOf, removeFolders } from './trees';

beforeEach(isolateGit);
afterEach(() => {
  restoreGit();
  removeFolders();
});

const by = (version: string, render: TreeRender = first): TreeRender => ({
  ...render,
  folders: render.folders.map((each) => ({ ...each, about: { library: `lib@${version}` } })),
});
const next = change(first, api, 'service-api.yaml', 'next\n');

test.each([
  ['1.2.3', '1.2.2', true],
  ['1.3.0', '1.2.9', true],
  ['1.10.0', '1.9.0', true],
  ['2.0.0', '1.9.9', true],
  ['2.0.0', '2.0.0-rc.1', true],
  ['2.0.0-rc.1', '2.0.0', false],
  ['2.0.0-rc.2', '2.0.0-rc.1', false],
  ['1.2.3', '1.2.3', false],
  ['1.2.3', '1.2.4', false],
  ['1.2', '1.0.0', false],
])('what %s rendered is newer than %s: %s', (was, is, isNewer) => {
  expect(newerProblem('a', `lib@${was}`, `lib@${is}`) !== undefined).toBe(isNewer);
});

test('another library, or none that is known, is not compared', () => {
  expect(newerProblem('a', 'x@2.0.0', 'lib@1.0.0')).toBeUndefined();
  expect(newerProblem('a', undefined, 'lib@1.0.0')).toBeUndefined();
});

test('a tree that a newer version rendered is not rendered over, unless that is forced', () => {
  const root = newFolder();
  writeTree(root, by('2.0.0'));
  const problems = problemsOf(() => writeTree(root, by('1.9.0', next)));
  expect(problems).toHaveLength(2);
  expect(problems[0]).toMatch(/web' was rendered by the newer lib@2\.0\.0, and this is lib@1\.9\.0; update it here/);
  expect(problemsOf(() => writeTree(root, by('1.9.0', next), { force: true }))).toEqual([]);
});

test('nor is a repository, with a reason of its own; a roll back may', async () => {
  const bare = newRepository({ 'README.md': 'hello\n' });
  const put = (render: TreeRender, options = {}) =>
    publish({ renders: [render], message: 'x' }, { repository: bare }, options);
  await put(by('2.0.0'));
  await expect(put(by('1.9.0', next))).rejects.toMatchObject({ reason: 'newer' });
  expect(commitsOf(bare)).toHaveLength(2);
  expect(await put(by('1.9.0', next), { older: true })).toMatchObject({ outcome: 'published' });
});
