import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import type { Goal } from './goals';
import { processTime } from './in-child';
import { writeMonorepo } from './monorepo';

const apps = 300;
const servicesOfEach = 7;
const rounds = 3;

/** What a repository of many apps takes, by the clock: one process or as many as there are cores. */
export function measureMonorepo(): Goal[] {
  // Below the package, so that the apps find it by its name.
  const folder = mkdtempSync(join(__dirname, 'scratch-'));
  try {
    const files = writeMonorepo(join(folder, 'repository'), apps, servicesOfEach).map((file) => relative(folder, file));
    const golden = join(__dirname, '..', 'bin', 'golden');
    const render = (jobs: number) => {
      rmSync(join(folder, 'tree'), { recursive: true, force: true });
      return processTime([golden, 'render', ...files, '--out', 'tree', '--jobs', String(jobs)], folder);
    };
    const cores = availableParallelism();
    const [alone, together]: [number[], number[]] = [[], []];
    // The first fills the cache of compiled files.
    render(1);
    for (let round = 0; round < rounds; round++) {
      alone.push(render(1));
      together.push(render(cores));
    }
    return [
      {
        what: `golden render of ${apps} apps, ${apps * servicesOfEach} services, ${cores} processes / one`,
        value: Math.min(...together) / Math.min(...alone),
        atMost: 0.7,
      },
      { what: 'the same in one process', value: Math.min(...alone) / 1000, unit: ' s' },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
