import * as fs from 'node:fs';
import * as path from 'node:path';
import { planTree, writeTree } from '../../src/gitops/owned-tree';
import { api, change, first, newFolder, problemsOf, put, removeFolders, renderOf, snapshot, web } from './trees';

afterEach(removeFolders);

describe('a write refuses, naming all of it and changing nothing,', () => {
  test('files edited by hand, unless forced', () => {
    const root = newFolder();
    writeTree(root, first);
    put(root, `${api}/service-api.yaml`, 'edited\n');
    put(root, `${web}/service-web.yaml`, 'edited\n');
    const before = snapshot(root);
    const next = renderOf('orders', { [api]: { 'service-api.yaml': 'next\n' } }, ['staging', 'production']);
    expect(problemsOf(() => writeTree(root, next))).toEqual([
      `'${web}/service-web.yaml' was edited by hand; move the change into the app's code, or write with force to lose it`,
      `'${api}/service-api.yaml' was edited by hand; move the change into the app's code, or write with force to lose it`,
    ]);
    expect(snapshot(root)).toEqual(before);
    writeTree(root, next, { force: true });
    expect(snapshot(root)[`${api}/service-api.yaml`]).toBe('next\n');
    expect(snapshot(root)).not.toHaveProperty([web]);
  });

  test('but not an edit that makes the file what is rendered now', () => {
    const root = newFolder();
    writeTree(root, first);
    put(root, `${api}/service-api.yaml`, 'next\n');
    const next = change(first, api, 'service-api.yaml', 'next\n');
    expect(problemsOf(() => writeTree(root, next))).toEqual([]);
    expect(planTree(root, next).folders.map(({ change }) => change)).toEqual(['unchanged', 'unchanged']);
  });

  test('an edit to bytes that are no text, where the render has the character that stands for them', () => {
    const root = newFolder();
    const render = change(first, api, 'service-api.yaml', '\ufffd\n');
    writeTree(root, render);
    fs.writeFileSync(path.join(root, api, 'service-api.yaml'), Buffer.from([0xff, 0x0a]));
    expect(problemsOf(() => writeTree(root, render))).toEqual([expect.stringMatching(/was edited by hand/)]);
  });

  test('foreign files, even when forced', () => {
    const root = newFolder();
    writeTree(root, first);
    put(root, `${api}/mine.yaml`, 'mine\n');
    put(root, `${api}/more/mine.yaml`, 'mine\n');
    put(root, `${web}/.hidden`, 'mine\n');
    put(root, `${web}/constructor`, 'mine\n');
    put(root, 'staging/eu/orders/other/service.yaml', 'mine\n');
    const before = snapshot(root);
    const next = renderOf('orders', { 'staging/eu/orders/other': { 'service.yaml': 'x\n' } }, [
      'staging',
      'production',
    ]);
    expect(problemsOf(() => writeTree(root, next, { force: true }))).toEqual([
      `'${web}/.hidden' is a file that no render wrote; move it out of the app's folder`,
      `'${web}/constructor' is a file that no render wrote; move it out of the app's folder`,
      `'${api}/mine.yaml' is a file that no render wrote; move it out of the app's folder`,
      `'${api}/more' is a folder that no render wrote; move it out of the app's folder`,
      `'staging/eu/orders/other/service.yaml' is a file that no render wrote; move it out of the app's folder`,
    ]);
    expect(snapshot(root)).toEqual(before);
  });

  test("another app's folder", () => {
    const root = newFolder();
    writeTree(root, first);
    const problems = problemsOf(() => writeTree(root, renderOf('payments', { [api]: { 'a.yaml': 'a\n' } })));
    expect(problems).toEqual([
      `'${api}' belongs to the app 'orders', not to 'payments'; rename this app or retire that one`,
    ]);
  });

  test.each([
    ['<<<<<<< ours\n', /is not JSON; restore it from git/],
    ['{"format":2}', /has format 2, this version reads 1/],
    ['{"format":1,"app":"orders"}', /lacks app, about or files/],
    ['{"format":1,"app":"orders","about":{},"services":null,"files":{}}', /services that are no mapping/],
    ['null', /has format undefined/],
  ])('an index that reads %j', (text, message) => {
    const root = newFolder();
    writeTree(root, first);
    put(root, `${api}/.golden-index`, text);
    expect(problemsOf(() => writeTree(root, first))).toEqual([expect.stringMatching(message)]);
  });

  test('a symlink or a folder in the place of an owned file', () => {
    const root = newFolder();
    writeTree(root, first);
    const file = path.join(root, api, 'service-api.yaml');
    fs.rmSync(file);
    fs.symlinkSync('/etc/passwd', file);
    expect(problemsOf(() => writeTree(root, first, { force: true }))).toEqual([
      expect.stringMatching(/service-api.yaml' is a symlink in the place/),
    ]);
  });

  test.each(['staging', 'staging/eu', 'staging/eu/orders', api])('a symlink at %s', (link) => {
    const root = newFolder();
    const outside = newFolder();
    fs.mkdirSync(path.dirname(path.join(root, link)), { recursive: true });
    fs.symlinkSync(outside, path.join(root, link));
    expect(problemsOf(() => writeTree(root, first))).toEqual([
      `'${link}' is a symlink, the render needs a folder there; move it away`,
    ]);
    expect(fs.readdirSync(outside)).toEqual([]);
  });

  test('a file where a folder belongs', () => {
    const root = newFolder();
    put(root, 'staging/eu', 'file');
    expect(problemsOf(() => writeTree(root, first))).toEqual([
      `'staging/eu' is a file, the render needs a folder there; move it away`,
    ]);
  });

  test('a folder on disk that differs only in case', () => {
    const root = newFolder();
    put(root, 'Staging/README.md', 'x');
    expect(problemsOf(() => writeTree(root, first))).toEqual([
      expect.stringMatching(/'staging' and 'Staging' differ only in case/),
    ]);
  });

  test('a root that is a symlink, and does not follow it', () => {
    const outside = newFolder();
    const root = path.join(newFolder(), 'link');
    fs.symlinkSync(outside, root);
    expect(problemsOf(() => writeTree(`${root}/`, first))).toEqual([
      `the output folder is a symlink; give the folder that it points to (${outside})`,
    ]);
    expect(fs.readdirSync(outside)).toEqual([]);
  });

  test('a root that is a file', () => {
    const root = path.join(newFolder(), 'file');
    fs.writeFileSync(root, '');
    expect(problemsOf(() => writeTree(root, first))).toEqual([
      'the output folder is a file; give a folder, or a path where there is nothing yet',
    ]);
  });

  test('a scratch folder that is none', () => {
    const root = newFolder();
    put(root, '.golden', 'x');
    expect(problemsOf(() => writeTree(root, first))).toEqual([
      expect.stringMatching(/'\.golden' is not a folder; move it away/),
    ]);
  });
});
