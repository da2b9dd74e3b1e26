import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crossplaneProgramNames, findCrossplane } from '../../src/dev/crossplane-programs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'golden-crossplane-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function place(names: readonly string[]): void {
  for (const name of names) {
    writeFileSync(join(folder, name), '');
    chmodSync(join(folder, name), 0o755);
  }
}

test('programs are found in the folder of ready binaries', () => {
  place(crossplaneProgramNames);
  expect(findCrossplane(folder)).toMatchObject({ crossplane: join(folder, 'crossplane') });
});

test('what is missing is named, with what to set', () => {
  place(['crossplane', 'crossplane-core']);
  expect(() => findCrossplane(folder)).toThrow(
    `cannot build function-patch-and-transform, function-auto-ready: ${folder} lacks them; set GOLDEN_ENGINES`,
  );
  expect(() => findCrossplane(undefined)).toThrow('GOLDEN_ENGINES names no folder');
});
