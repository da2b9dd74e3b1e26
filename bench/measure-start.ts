import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Goal } from './goals';
import { median, processTime } from './in-child';

const rounds = 15;

const app = `import { GoldenApp, GoldenService, Platform } from 'cdk8s-golden-path';

const platform = new Platform({ domain: 'acme.io' });
const app = new GoldenApp({ platform, team: 'orders', system: 'commerce' });
app.forEachEnvironment((env) => {
  new GoldenService(env, 'orders-api', { image: 'ghcr.io/acme/orders-api:1.4.2', port: 8080 });
});
app.synth();
`;

/** What it costs to load the package, and to render one service from TypeScript with a fresh process. */
export function measureStart(): Goal[] {
  // Below the package, so that the app finds it by its name.
  const folder = mkdtempSync(join(__dirname, 'scratch-'));
  try {
    const golden = join(__dirname, '..', 'bin', 'golden');
    const peers = "require('constructs'); require('cdk8s');";
    let edits = 0;
    // What loads TypeScript keeps what it compiled; an edited file is one that it has not seen, as on a build server.
    const edit = () => writeFileSync(join(folder, 'app.ts'), `${app}// ${edits++} ${folder}\n`);
    const [nothing, withPeers, withUs, render, again] = alternating([
      () => processTime(['-e', '0'], folder),
      () => processTime(['-e', peers], folder),
      () => processTime(['-e', `${peers} require('cdk8s-golden-path')`], folder),
      () => {
        edit();
        return processTime([golden, 'render', 'app.ts'], folder);
      },
      () => processTime([golden, 'render', 'app.ts'], folder),
    ]);
    // The least of each: a busy machine adds to milliseconds, where it cancels out of ratios.
    const above = Math.min(...withUs) - Math.min(...withPeers);
    const ratio = (times: readonly number[]) => median(times.map((ms, i) => ms / nothing[i]));
    return [
      { what: 'require the package, above constructs and cdk8s', value: above, unit: ' ms', atMost: 60 },
      { what: 'constructs and cdk8s / node -e 0', value: ratio(withPeers) },
      { what: 'golden render of one service, file never compiled before / node -e 0', value: ratio(render), atMost: 6 },
      { what: 'golden render of one service, file compiled before / node -e 0', value: ratio(again) },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Each in turn, so that what else the machine does falls on all of them; the first round only fills caches. */
function alternating(runs: readonly (() => number)[]): number[][] {
  for (const run of runs) run();
  const times: number[][] = runs.map(() => []);
  for (let i = 0; i < rounds; i++) for (const [n, run] of runs.entries()) times[n].push(run());
  return times;
}
