import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Goal } from './goals';
import { inChild, inTurns } from './in-child';
import type { Numbers } from './numbers';
import { scratchFolder } from './scratch-folder';

const sizes = [100, 1000, 3000];
const steps = ['constructs', 'toJson', 'checks', 'yaml', 'tree'] as const;

/** What a full render costs, against the bare dump of the same objects, by step, and as the number of services grows. */
export function measureRender(): { readonly goals: readonly Goal[]; readonly breakdown: readonly string[] } {
  const goals: Goal[] = [];
  const breakdown: string[] = [];
  const measured = sizes.map((size) => measureSize(size));
  measured.forEach(({ first, again, dump, library, parts }, i) => {
    const size = sizes[i];
    goals.push(
      { what: `render / dump with our writer, ${size} services`, value: first.render / dump.dump, atMost: 4 },
      { what: `render / dump with the yaml library, ${size} services`, value: first.render / library.dump },
      { what: `unchanged render / first render, ${size} services`, value: again.render / first.render, atMost: 0.5 },
    );
    const total = steps.reduce((sum, step) => sum + parts[step], 0);
    const shares = steps.map((step) => `${step} ${Math.round((100 * parts[step]) / total)} %`);
    breakdown.push(`${size} services, ${parts.objects} objects: ${shares.join(', ')}`);
    if (i > 0) {
      const before = measured[i - 1].first.render;
      const value = Math.log(first.render / before) / Math.log(size / sizes[i - 1]);
      goals.push({ what: `growth exponent, ${sizes[i - 1]} to ${size} services`, value, atMost: 1.1 });
    }
  });
  const peak = measured[measured.length - 1].first.peakMiB;
  goals.push({ what: 'peak memory, 3000 services', value: peak, unit: ' MiB', atMost: 600 });
  return { goals, breakdown };
}

function measureSize(size: number): Record<'first' | 'again' | 'dump' | 'library' | 'parts', Numbers> {
  let folder = '';
  return inTurns(3, {
    first: () => {
      folder = mkdtempSync(join(scratchFolder(), 'golden-bench-'));
      return inChild('render', size, join(folder, 'tree'));
    },
    again: () => {
      const numbers = inChild('render', size, join(folder, 'tree'));
      rmSync(folder, { recursive: true });
      return numbers;
    },
    dump: () => inChild('dump', size),
    library: () => inChild('dumpWithYamlLibrary', size),
    parts: () => inChild('steps', size),
  });
}
