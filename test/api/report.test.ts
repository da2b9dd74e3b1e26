import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { apiReport } from '../../tools/api/report';

const root = resolve(__dirname, '../..');
let report: string;

beforeAll(() => {
  report = apiReport(root);
}, 240_000);

test('docs/api.md is what the code exports', () => {
  const written = readFileSync(join(root, 'docs/api.md'), 'utf8');
  if (written !== report) {
    const old = new Set(written.split('\n'));
    const line = report.split('\n').find((text) => !old.has(text)) ?? 'less than it';
    throw new Error(
      `docs/api.md is stale, the code says: ${line}\nrun \`npm run api\` and look at what changes for users`,
    );
  }
});

test('it says what each subpath exports, and what that is made of', () => {
  expect(report.match(/^## .*/gm)).toEqual([
    '## `cdk8s-golden-path`',
    '## `cdk8s-golden-path/team`',
    '## `cdk8s-golden-path/crossplane`',
    '## `cdk8s-golden-path/delivery`',
    '## `cdk8s-golden-path/policy`',
    '## `cdk8s-golden-path/testing`',
    '## What these are made of',
  ]);
  const [, main, , , , , testing, inner] = report.split(/^## .*/m);
  expect(main).toMatch(/^class GoldenService extends \w+ \{$/m);
  expect(testing).toMatch(/^function synthObject\(object: ApiObject \| undefined\): Manifest;$/m);
  expect(inner).toMatch(/^abstract class Workload extends Construct/m);
});

test('it has names and types only: nothing private, no descriptions', () => {
  expect(report).not.toMatch(/\bprivate\b|\/\*|@default/);
});
