import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Goal } from './goals';
import { processTime } from './in-child';
import { writeMonorepo } from './monorepo';

const apps = 300;
const servicesOfEach = 7;
const rounds = 3;

/**
 * What a repository of many apps takes, by the clock: one process or as many as there are cores. The tree is where temporary files
 * are, so that `TMPDIR` says whether a disk is measured too.
 */
export function measureMonorepo(): Goal[] {
  // Below the package, so that the apps find it by its name.
  const folder = mkdtempSync(join(__dirname, 'scratch-'));
  const tree = mkdtempSync(join(tmpdir(), 'golden-bench-'));
  try {
    const files = writeMonorepo(join(folder, 'repository'), apps, servicesOfEach).map((file) => relative(folder, file));
    const golden = join(__dirname, '..', 'bin', 'golden');
    const render = (jobs: number) =>
      processTime([golden, 'render', ...files, '--out', tree, '--jobs', String(jobs)], folder);
    const renderAnew = (jobs: number) => {
      rmSync(tree, { recursive: true });
      return render(jobs);
    };
    const cores = availableParallelism();
    // The first fills the cache of compiled files.
    render(1);
    const what = `golden render of ${apps} apps, ${apps * servicesOfEach} services`;
    return [...compared(`${what}, unchanged`, render, cores), ...compared(`${what}, to a new tree`, renderAnew, cores)];
  } finally {
    rmSync(folder, { recursive: true });
    rmSync(tree, { recursive: true, force: true });
  }
}

function compared(what: string, render: (jobs: number) => number, cores: number): Goal[] {
  const [alone, together]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    alone.push(render(1));
    together.push(render(cores));
  }
  const best = Math.min(...alone);
  return [
    { what: `${what}: ${cores} processes / one`, value: Math.min(...together) / best, atMost: 0.7 },
    { what: 'the same in one process', value: best / 1000, unit: ' s' },
  ];
}
