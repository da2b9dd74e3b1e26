import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishStorm } from '../gitops/publish-storm';
import type { Report } from './report';

/** Publishes 40 apps at once, five times each, killing a third of them. Needs no engine, only git. */
export async function checkPublish(report: Report): Promise<void> {
  await report.check('publish: 40 at once, a third of them killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'golden-storm-'));
    try {
      const size = { apps: 40, rounds: 5, seed: 1, killWithin: 8000 };
      const { problems, completed, killed, commits, attempts } = await publishStorm(folder, size);
      const left = readdirSync(join(folder, 'temporary')).length;
      const tooMany = left > killed ? [`${left} clones are left behind, and only ${killed} were killed`] : [];
      return {
        counted: `${completed} completed, ${killed} killed, ${commits} commits, at most ${attempts} attempts`,
        problems: [...problems, ...tooMany],
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
