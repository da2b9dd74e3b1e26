// The packed tarball, installed beside nothing but its peers, is the library: it renders the orders example to the same
// bytes as this repository does, its types hold, and ES modules import it by name.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const root = path.resolve(__dirname, '../..');
const { peerDependencies, devDependencies } = require(path.join(root, 'package.json'));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-package-'));
const run = (command, args, cwd = folder) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

let failures = 0;
function check(what, work) {
  try {
    console.log(`✓ ${what}${work() ?? ''}`);
  } catch (error) {
    failures++;
    console.log(
      `✗ ${what}\n    ${String(error.stdout || error.message)
        .trim()
        .replaceAll('\n', '\n    ')}`,
    );
  }
}

/** Every file below a folder, by its path, with its content. */
function contents(top) {
  const files = fs.readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => path.relative(top, path.join(entry.parentPath ?? entry.path, entry.name)));
  return Object.fromEntries(paths.sort().map((file) => [file, fs.readFileSync(path.join(top, file), 'utf8')]));
}

function same(a, b) {
  const different = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((file) => a[file] !== b[file]);
  if (different.length > 0) throw new Error(`${different.length} files differ: ${different.slice(0, 5).join(', ')}`);
  return `: ${Object.keys(a).length} files`;
}

try {
  const [{ filename, size }] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root),
  );
  check('the tarball is smaller than 3 MB', () => {
    if (size >= 3_000_000) throw new Error(`it has ${size} bytes`);
    return `: ${size} bytes`;
  });

  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
  const peers = Object.keys(peerDependencies).map((name) => `${name}@${devDependencies[name]}`);
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', `./${filename}`, ...peers]);
  fs.cpSync(path.join(root, 'examples'), folder, { recursive: true });

  check('it renders the orders example to the same bytes', () => {
    run('node_modules/.bin/golden', ['render', 'orders/app.ts', '--out', 'tree']);
    const own = path.join(folder, 'own-tree');
    run('node', ['bin/golden', 'render', 'examples/orders/app.ts', '--out', own], root);
    return same(contents(path.join(folder, 'tree')), contents(own));
  });

  check('ES modules import it by name, and its subpaths', () => {
    const source = `
      import { GoldenApp, GoldenService } from 'cdk8s-golden-path';
      import { Deployment } from 'cdk8s-golden-path/imports/kubernetes';
      import * as testing from 'cdk8s-golden-path/testing';
      if (![GoldenApp, GoldenService, Deployment].every((c) => typeof c === 'function')) process.exit(1);
      if (Object.keys(testing).length === 0) process.exit(1);`;
    run('node', ['--input-type=module', '-e', source]);
  });

  for (const [module, moduleResolution] of [
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ]) {
    check(`its types hold under module resolution ${moduleResolution}`, () => {
      const options = [
        '--noEmit',
        '--strict',
        '--target',
        'es2022',
        '--module',
        module,
        '--moduleResolution',
        moduleResolution,
      ];
      const types = ['--types', 'node', '--typeRoots', path.join(root, 'node_modules/@types')];
      run(path.join(root, 'node_modules/.bin/tsc'), [...options, ...types, 'orders/app.ts', 'payments/app.ts']);
    });
  }
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failures > 0 ? 1 : 0;
