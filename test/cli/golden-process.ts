import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { transformSync } from '@swc/core';

const root = path.resolve(__dirname, '../..');

/** A compiled copy of the package under test. Apps in its folder find the library by its name. */
export interface GoldenPackage {
  /** Where apps of a test go. */
  readonly folder: string;
  /** Runs `golden` there, as a person does. */
  run(...args: string[]): SpawnSyncReturns<string>;
  /** Runs `cdk8s synth` there. */
  cdk8sSynth(): SpawnSyncReturns<string>;
  remove(): void;
}

/** Compiles the package to a folder below the repository's root, where it finds the dependencies. */
export function buildPackage(): GoldenPackage {
  fs.mkdirSync(path.join(root, '.cache'), { recursive: true });
  const folder = fs.mkdtempSync(path.join(root, '.cache/golden-'));
  for (const name of ['package.json', 'bin'])
    fs.cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  fs.symlinkSync(path.join(root, 'imports'), path.join(folder, 'imports'));
  for (const top of ['src', 'imports']) {
    for (const file of fs.readdirSync(path.join(root, top), { recursive: true, encoding: 'utf8' })) {
      if (file.endsWith('.ts'))
        compile(path.join(root, top, file), path.join(folder, 'lib', top, file.replace(/ts$/, 'js')));
    }
  }
  const apps = path.join(folder, 'apps');
  fs.mkdirSync(apps);
  const start = (program: string, args: readonly string[]) =>
    spawnSync(process.execPath, [program, ...args], { cwd: apps, encoding: 'utf8', env: environment() });
  return {
    folder: apps,
    run: (...args) => start(path.join(folder, 'bin/golden'), args),
    cdk8sSynth: () => start(path.join(root, 'node_modules/cdk8s-cli/bin/cdk8s'), ['synth', '--no-check-upgrade']),
    remove: () => fs.rmSync(folder, { recursive: true }),
  };
}

function compile(from: string, to: string): void {
  const { code } = transformSync(fs.readFileSync(from, 'utf8'), {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.writeFileSync(to, code);
}

/** The environment of a shell in which nothing has decided for `golden` yet. */
function environment(): NodeJS.ProcessEnv {
  const { CDK8S_OUTDIR, NODE_OPTIONS, ...rest } = process.env;
  return rest;
}
