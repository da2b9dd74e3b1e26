import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { indexText, sha256 } from '../src/gitops/folder-index';
import type { Goal } from './goals';
import { processTime } from './in-child';

const apps = 300;
const servicesOfEach = 7;
const filesOfEach = 12;
const rounds = 5;
const places = ['staging/eu-staging', 'production/eu-prod', 'production/us-prod'];

/** What the catalog of a tree of many apps takes: as much as an update has left when its tree, fetched as well, is not asked. */
export function measureUpdate(): Goal[] {
  const folder = mkdtempSync(join(__dirname, 'scratch-'));
  try {
    const git = (...words: string[]) => spawnSync('git', words, { cwd: join(folder, 'tree') });
    for (let n = 0; n < apps; n++) for (const place of places) writeIndex(folder, place, `app-${n}`);
    git('init', '--quiet', '--initial-branch=elsewhere');
    publish('environments: { elsewhere: { clusters: [nowhere] } }\n');
    git('checkout', '--quiet', '-b', 'main');
    publish('environments: { staging: { clusters: [eu-staging] }, production: { clusters: [eu-prod, us-prod] } }\n');
    const golden = join(__dirname, '..', 'bin', 'golden');
    const update = (branch: string) =>
      processTime([golden, 'update', '--repo', 'tree', '--branch', branch, '--file', `${branch}.yaml`], folder);
    const times: [without: number, first: number, again: number][] = [];
    // In turns, and the least of each: what others did to the machine adds.
    for (let round = 0; round < rounds; round++) {
      rmSync(join(folder, 'main.yaml'), { force: true });
      times.push([update('elsewhere'), update('main'), update('main')]);
    }
    const [without, first, again] = [0, 1, 2].map((n) => Math.min(...times.map((each) => each[n])));
    const what = `golden update of ${apps * servicesOfEach} services of ${apps} apps, beyond its fetch`;
    return [
      { what: `${what}: nothing changed`, value: again - without, unit: ' ms', atMost: 1000 },
      { what: `${what}: all are new`, value: first - without, unit: ' ms', atMost: 1000 },
    ];

    function publish(lock: string): void {
      writeFileSync(join(folder, 'tree/platform.lock.yaml'), lock);
      git('add', '--all');
      git('-c', 'user.name=bench', '-c', 'user.email=bench@acme.io', 'commit', '--quiet', '--message', 'Publish');
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The index of an app as a render writes it. */
function writeIndex(folder: string, place: string, app: string): void {
  const names = Array.from({ length: servicesOfEach }, (_, n) => `${app}-api-${n}`);
  const ports = { http: { port: 8080, servicePort: 80, protocol: 'http' } };
  const text = indexText(`${app}/${app}`, {
    folder: '',
    about: { team: app, system: 'bench' },
    services: Object.fromEntries(
      names.map((name) => [`${app}/${name}`, { ports, callers: [{ from: 'anyone', ports: ['http'] }], calls: [] }]),
    ),
    files: names.flatMap((name) =>
      Array.from({ length: filesOfEach }, (_, n) => ({ name: `kind-${n}-${name}.yaml`, content: sha256(name) })),
    ),
  });
  const path = join(folder, 'tree', place, `${app}-${place.split('/')[0]}`, app);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, '.golden-index'), text);
}
