import * as fs from 'node:fs';
import * as path from 'node:path';
import { planTree, writeTree } from '../../src/gitops/owned-tree';
import type { TreeRender } from '../../src/gitops/tree-render';
import { api, first, newFolder, problemsOf, removeFolders, renderOf } from './trees';

afterEach(removeFolders);

describe('a render is refused before the disk is looked at: ', () => {
  const of = (folder: string, file = 'a.yaml') => renderOf('orders', { [folder]: { [file]: 'a\n' } });
  test.each<[string, TreeRender, RegExp]>([
    ['nothing rendered', renderOf('orders', {}, ['staging']), /the render is empty/],
    ['a folder without files', renderOf('orders', { [api]: {} }), /has no files; leave it out/],
    ['too few parts', of('staging/eu/api'), /has 3 parts; give '<environment>\/<cluster>\/<namespace>\/<app>'/],
    ['a part ..', of('staging/../orders/api'), /'\.\.' in folder .* is no name/],
    ['an absolute path', of('/staging/eu/api'), /'' in folder .* is no name/],
    ['an empty part', of('staging//orders/api'), /'' in folder .* is no name/],
    ['a backslash', of('staging/eu/orders/a\\b'), /is no name/],
    ['a hidden part', of('.git/eu/orders/api'), /is no name/],
    ['a file ..', of(api, '..'), /file name '\.\.' .* is no name/],
    ['a file in a subfolder', of(api, 'a/b.yaml'), /file name 'a\/b.yaml' .* is no name/],
    ['the index itself', of(api, '.golden-index'), /is no name/],
    ['an empty file name', of(api, ''), /is no name/],
    ['a NUL', of(api, 'a\0.yaml'), /is no name/],
    ['a name of 256 characters', of(api, 'a'.repeat(256)), /is 256 characters long; file systems take 255/],
    ['a Windows device', of(api, 'con.yaml'), /Windows keeps for itself/],
    [
      'a folder outside the environments covered',
      renderOf('orders', { [api]: { 'a.yaml': 'a\n' } }, ['production']),
      /outside the environments of this render \(production\); add 'staging'/,
    ],
    [
      'files that differ only in case',
      renderOf('orders', { [api]: { 'a.yaml': '', 'A.yaml': '' } }),
      /'.*\/A.yaml' and '.*\/a.yaml' differ only in case/,
    ],
    [
      'folders that differ only in case',
      renderOf('orders', { [api]: { 'a.yaml': '' }, 'staging/EU/orders/web': { 'a.yaml': '' } }),
      /'staging\/EU' and 'staging\/eu' differ only in case/,
    ],
    [
      'a file given twice',
      { ...first, folders: [{ folder: api, files: ['x', 'y'].map((content) => ({ name: 'a.yaml', content })) }] },
      /is rendered twice; give one object another name/,
    ],
    [
      'a folder given twice',
      { ...first, folders: [...first.folders, first.folders[0]] },
      /is rendered twice; merge its files/,
    ],
  ])('%s', (_, render, message) => {
    const root = path.join(newFolder(), 'tree');
    const problems = problemsOf(() => writeTree(root, render));
    expect(problems).toContainEqual(expect.stringMatching(message));
    expect(planTree(root, render).problems).toEqual(problems);
    expect(fs.existsSync(root)).toBe(false);
  });

  test('a name of 255 characters is written', () => {
    const root = newFolder();
    writeTree(root, of(api, 'a'.repeat(255)));
    expect(fs.existsSync(path.join(root, api, 'a'.repeat(255)))).toBe(true);
  });
});
