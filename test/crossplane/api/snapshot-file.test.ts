import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineApi } from '../../../src/crossplane/api/define-api';
import { s } from '../../../src/crossplane/api/schema-builder';
import { checkSnapshot } from '../../../src/crossplane/api/snapshot-file';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'golden-snapshot-'));
  file = join(folder, 'apis/cache.yaml');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const cache = (sizes: readonly string[]) =>
  defineApi({
    group: 'platform.acme.io',
    kind: 'Cache',
    description: 'A cache.',
    versions: { v1: { spec: { size: s.string({ enum: sizes }) } } },
  });

test('a snapshot that is missing is asked for, and written when it may be', () => {
  expect(() => checkSnapshot(cache(['small']), file)).toThrow(/is missing; update and commit it/);
  checkSnapshot(cache(['small']), file, { update: true });
  expect(() => checkSnapshot(cache(['small']), file)).not.toThrow();
});

test('a change that breaks nothing has to be committed', () => {
  checkSnapshot(cache(['small']), file, { update: true });
  expect(() => checkSnapshot(cache(['small', 'large']), file)).toThrow(/is out of date/);
  checkSnapshot(cache(['small', 'large']), file, { update: true });
  expect(() => checkSnapshot(cache(['small', 'large']), file)).not.toThrow();
});

test('a change that breaks requests is refused, and the snapshot stays', () => {
  checkSnapshot(cache(['small', 'large']), file, { update: true });
  const before = readFileSync(file, 'utf8');
  expect(() => checkSnapshot(cache(['small']), file, { update: true })).toThrow(/spec.size no longer takes "large"/);
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('what is no snapshot is named', () => {
  checkSnapshot(cache(['small']), file, { update: true });
  writeFileSync(file, '{');
  expect(() => checkSnapshot(cache(['small']), file)).toThrow(/cache.yaml\] is no snapshot/);
});
