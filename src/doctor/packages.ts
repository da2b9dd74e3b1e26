import * as fs from 'node:fs';
import * as path from 'node:path';
import { findFile } from '../platform/find-file';
import { type Finding, fix, look, ok } from './finding';
import { isWithin } from './versions';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly engines?: { readonly node?: string };
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** What this process runs on, and what is installed for apps of a folder. */
export function packageFindings(folder: string): Finding[] {
  const own = path.dirname(findFile('package.json', __dirname) as string);
  const library = manifestOf(own) as Manifest;
  const least = library.engines?.node ?? '';
  const node = isWithin(process.versions.node, least)
    ? ok(`node ${process.versions.node}`)
    : fix(`node ${process.versions.node} is too old; install ${least}`);
  const peers = Object.entries(library.peerDependencies ?? {});
  return [
    node,
    ok(`golden ${library.version}, at ${own}`),
    ...ofApps(folder, own, library),
    ...peers.flatMap(([name, range]) => peer(folder, name, range)),
    ...copies(folder, [library.name, ...peers.map(([name]) => name)]),
  ];
}

/** The library that apps of the folder use, which need not be the one that runs. */
function ofApps(folder: string, own: string, { name, version }: Manifest): Finding[] {
  const installed = installedAt(folder, name);
  if (installed === undefined) {
    const isOwn = fs.realpathSync(folder).startsWith(fs.realpathSync(own));
    return isOwn ? [] : [fix(`${name} is not installed here; run npm install ${name}`)];
  }
  const theirs = manifestOf(installed)?.version ?? '';
  if (theirs === version) return [];
  return [look(`apps here use ${name} ${theirs}, and golden is ${version}; run npx golden, so that they are the same`)];
}

function peer(folder: string, name: string, range: string): Finding[] {
  const installed = installedAt(folder, name);
  if (installed === undefined) {
    // Only who hands our workloads to cdk8s-plus needs it.
    if (name.startsWith('cdk8s-plus')) return [ok(`${name} is not installed, which only its users miss`)];
    return [fix(`${name} is not installed; run npm install ${name}@${range}`)];
  }
  const version = manifestOf(installed)?.version ?? 'unknown';
  return [
    isWithin(version, range)
      ? ok(`${name} ${version}`)
      : fix(`${name} ${version} is not what the library needs; run npm install ${name}@${range}`),
  ];
}

/** Packages that are there twice: constructs of one copy are none to the other. */
function copies(folder: string, names: readonly string[]): Finding[] {
  const top = findFile('node_modules', folder);
  if (top === undefined) return [];
  const found = new Map<string, string[]>(names.map((name) => [name, []]));
  collect(top, found);
  return [...found]
    .filter(([, places]) => places.length > 1)
    .map(([name, places]) => {
      const shown = places.map(
        (place) => `${manifestOf(place)?.version} at ${path.relative(path.dirname(top), place)}`,
      );
      return fix(`${name} is installed ${places.length} times (${shown.sort().join(', ')}); run npm dedupe`);
    });
}

/** It runs apps in processes of their own, so that its copies never meet theirs. */
const program = 'cdk8s-cli';

/** Walks installed packages, and not into links: those are of a workspace, and elsewhere. */
function collect(modules: string, found: Map<string, string[]>): void {
  for (const entry of fs.readdirSync(modules, { withFileTypes: true })) {
    const place = path.join(modules, entry.name);
    if (entry.name.startsWith('@') && entry.isDirectory()) collect(place, found);
    else {
      found.get(entry.name)?.push(place);
      const nested = path.join(place, 'node_modules');
      if (entry.isDirectory() && entry.name !== program && fs.existsSync(nested)) collect(nested, found);
    }
  }
}

function installedAt(folder: string, name: string): string | undefined {
  const found = findFile(path.join('node_modules', name, 'package.json'), folder);
  return found && path.dirname(found);
}

function manifestOf(folder: string): Manifest | undefined {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}
