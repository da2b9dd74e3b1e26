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
    const render = (how: Way) =>
      processTime([...how.node, golden, 'render', ...files, '--out', tree, '--jobs', String(how.jobs)], folder);
    const renderAnew = (how: Way) => {
      rmSync(tree, { recursive: true });
      return render(how);
    };
    // The first fills the cache of compiled files.
    render(ways.process);
    const what = `golden render of ${apps} apps, ${apps * servicesOfEach} services`;
    return [...compared(`${what}, unchanged`, render), ...compared(`${what}, to a new tree`, renderAnew)];
  } finally {
    rmSync(folder, { recursive: true });
    rmSync(tree, { recursive: true, force: true });
  }
}

/** How apps are rendered. */
interface Way {
  readonly jobs: number;
  /** What Node itself is told. */
  readonly node: readonly string[];
}

const cores = availableParallelism();
const ways = {
  // Node collects garbage and compiles in threads of its own, which use a second core as well.
  thread: { jobs: 1, node: ['--single-threaded'] },
  process: { jobs: 1, node: [] },
  together: { jobs: cores, node: [] },
} as const satisfies Record<string, Way>;

function compared(what: string, render: (how: Way) => number): Goal[] {
  const least = {
    thread: Number.POSITIVE_INFINITY,
    process: Number.POSITIVE_INFINITY,
    together: Number.POSITIVE_INFINITY,
  };
  for (let round = 0; round < rounds; round++) {
    for (const name of ['thread', 'process', 'together'] as const) {
      least[name] = Math.min(least[name], render(ways[name]));
    }
  }
  return [
    { what: `${what}: ${cores} processes / one thread`, value: least.together / least.thread, atMost: 0.7 },
    { what: `the same: ${cores} processes / one with the threads of Node`, value: least.together / least.process },
    { what: 'the same in one process', value: least.process / 1000, unit: ' s' },
  ];
}
