import * as fs from 'node:fs';
import * as path from 'node:path';
import { isolateGit, restoreGit } from '../gitops/repositories';
import { removeFolders } from '../gitops/trees';
import { buildPackage, type GoldenPackage } from './golden-process';
import { PromotedApp } from './promoted-app';

let golden: GoldenPackage;

beforeAll(() => {
  golden = buildPackage();
  isolateGit();
});
afterAll(() => {
  restoreGit();
  removeFolders();
  golden.remove();
});

/** What a terminal of 80 columns shows; with GOLDEN_FIXTURES=write it is recorded. Ids of commits differ from run to run. */
function expectFixture(name: string, { stdout, stderr }: { readonly stdout: string; readonly stderr: string }): void {
  const file = path.join(__dirname, 'fixtures', `${name}.txt`);
  const shown = `${stdout}${stderr}`.replaceAll(/\b[0-9a-f]{12}\b/g, (id) =>
    id === 'a'.repeat(12) || id === 'b'.repeat(12) ? id : '<commit>    ',
  );
  if (process.env.GOLDEN_FIXTURES === 'write') fs.writeFileSync(file, shown);
  expect(shown).toBe(fs.readFileSync(file, 'utf8'));
}

test('a publish, a promotion, a status and a roll back, as a terminal shows them', () => {
  const app = new PromotedApp(golden);
  app.commitApp(8080);
  expectFixture('publish', app.publish());
  app.promote();
  app.commitApp(8080, { staging: '2.0.0', production: '1.0.0' });
  app.publish();
  expectFixture('promote-dry-run', app.promote('--dry-run'));
  expectFixture('status', app.run('status', 'orders', '--repo', app.bare));
  app.promote();
  expectFixture('rollback', app.run('rollback', 'orders', '-e', 'production', '--repo', app.bare, '--yes'));
  expectFixture('promote-refused', app.promote('--from', 'stagin'));
});
