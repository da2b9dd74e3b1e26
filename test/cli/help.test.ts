import * as fs from 'node:fs';
import * as path from 'node:path';
import { exitCodes } from '../../src/cli/exit-codes';
import { buildPackage, type GoldenPackage } from './golden-process';

let golden: GoldenPackage;

beforeAll(() => {
  golden = buildPackage();
});
afterAll(() => golden.remove());

/** What a terminal of 80 columns shows; with GOLDEN_FIXTURES=write it is recorded. */
function expectFixture(name: string, shown: string): void {
  const file = path.join(__dirname, 'fixtures', `${name}.txt`);
  if (process.env.GOLDEN_FIXTURES === 'write') fs.writeFileSync(file, shown);
  expect(shown).toBe(fs.readFileSync(file, 'utf8'));
}

test.each([
  ['help-publish', ['publish', '--help']],
  ['help-promote', ['promote', '--help']],
  ['help-rollback', ['rollback', '--help']],
  ['help-status', ['status', '--help']],
  ['help-images-set', ['images', 'set', '--help']],
  ['help-update', ['update', '--help']],
  ['help-doctor', ['doctor', '--help']],
  ['help-completion', ['completion', '--help']],
])('%s fits a terminal', (name, args) => {
  const { status, stdout, stderr } = golden.run(...args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.split('\n').filter((line) => [...line].length > 80)).toEqual([]);
  expectFixture(name, stdout);
});

test('the help fits a terminal, and holds every exit code once', () => {
  const { stdout } = golden.run('--help');
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  const listed = [...stdout.matchAll(/^ {2,4}(\d+) {2}\S/gm)].map(([, code]) => Number(code));
  expect(listed).toEqual(Object.keys(exitCodes).map(Number));
});
