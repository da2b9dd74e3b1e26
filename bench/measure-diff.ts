import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Goal } from './goals';
import { processTime } from './in-child';
import { appFile, writeMonorepo } from './monorepo';

const apps = 300;
const servicesOfEach = 7;
const rounds = 5;

/** What a comparison of one app takes beyond its render, against the tree of all apps on disk and in a commit. */
export function measureDiff(): Goal[] {
  // Below the package, so that the apps find it by its name.
  const folder = mkdtempSync(join(__dirname, 'scratch-'));
  try {
    const files = writeMonorepo(join(folder, 'repository'), apps, servicesOfEach);
    const golden = join(__dirname, '..', 'bin', 'golden');
    processTime([golden, 'render', ...files.map((file) => relative(folder, file)), '--out', 'tree'], folder);
    const git = (...words: string[]) => spawnSync('git', words, { cwd: join(folder, 'tree') });
    git('init', '--quiet');
    git('add', '--all');
    git('-c', 'user.name=bench', '-c', 'user.email=bench@acme.io', 'commit', '--quiet', '--message', 'Render');
    const [file] = files;
    writeFileSync(file, appFile('app-0', servicesOfEach, 'debug'));
    const app = relative(folder, file);
    const best = (...words: string[]) =>
      Math.min(...Array.from({ length: rounds }, () => processTime([golden, ...words], folder)));
    const check = best('check', app);
    return [
      ['a folder', 'tree'],
      ['a commit', 'tree#HEAD'],
    ].map(([what, against]) => ({
      what: `golden diff of one changed app of ${apps} against ${what}, beyond its render`,
      value: best('diff', app, '--against', against) - check,
      unit: ' ms',
      atMost: 1000,
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
