import * as fs from 'node:fs';
import * as path from 'node:path';
import { buildPackage, type GoldenPackage } from './golden-process';

let golden: GoldenPackage;

beforeAll(() => {
  golden = buildPackage();
  for (const [name, text] of Object.entries(apps)) fs.writeFileSync(path.join(golden.folder, name), text);
});
beforeEach(() => fs.rmSync(path.join(golden.folder, 'dist'), { recursive: true, force: true }));
afterAll(() => golden.remove());

const head = `
import { GoldenApp, GoldenService, Platform } from 'cdk8s-golden-path';
const topology = { environments: { dev: { clusters: ['a'] } } };
const app = new GoldenApp({ platform: new Platform({ domain: 'acme.io', topology }), team: 'orders', system: 'shop' });
`;
const service = (image: string) => `app.forEachEnvironment((env) => {
  new GoldenService(env, 'api', { image: '${image}', port: 8080 });
});
`;
const apps: Readonly<Record<string, string>> = {
  'app.ts': `${head}${service('a/b:1')}app.synth();`,
  'callers.ts': `${head}app.forEachEnvironment((env) => {
    const api = new GoldenService(env, 'api', { image: 'a/b:1', port: 8080 });
    new GoldenService(env, 'web', { image: 'a/b:1', port: 8080 }).calls(api);
  });\napp.synth();`,
  'wrong.ts': `${head}${service('a/b')}app.synth();`,
  'throws.ts': `${head}throw new TypeError('no such team');`,
  'throws-text.ts': `${head}throw 'no such team';`,
  'broken.ts': 'const app = ;\n',
  'broken.js': '\nconst app = ;\n',
  'imports.ts': "import 'no-such-package';\n",
  'empty.ts': `${head}app.synth();`,
  'forgets.ts': `${head}${service('a/b:1')}`,
};

/** Every file of the tree, by its name. */
function tree(): string[] {
  const dist = path.join(golden.folder, 'dist');
  const names = fs.existsSync(dist) ? fs.readdirSync(dist, { recursive: true, encoding: 'utf8' }) : [];
  return names.filter((name) => name.endsWith('.yaml')).map((name) => path.basename(name));
}

describe('an app that is right', () => {
  test('is rendered to the tree, and the command succeeds', () => {
    const { status, stdout, stderr } = golden.run('render');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^ENVIRONMENT .*\ndev +a +orders +\d+ +\d+ added +valid\n$/);
    expect(tree()).toContain('deployment-api.yaml');
  });

  test('is checked without a file being written', () => {
    const { status, stdout, stderr } = golden.run('check', 'app.ts');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/dev +a +orders +\d+ +valid\n$/);
    expect(tree()).toEqual([]);
  });

  test('is reported as JSON, and nothing else is printed', () => {
    const { status, stdout, stderr } = golden.run('render', '--json', '--out', 'dist');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { apps: reports, problems } = JSON.parse(stdout);
    expect(problems).toEqual([]);
    expect(reports).toMatchObject([{ app: 'orders', outdir: 'dist', places: [{ environment: 'dev', cluster: 'a' }] }]);
    expect(reports[0].places[0].files.added).toBe(tree().length);
  });
});

describe('what apps say of each other', () => {
  test('is drawn, as Mermaid and as JSON', () => {
    const { status, stdout } = golden.run('graph', 'callers.ts');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^flowchart LR\n {2}subgraph t0 \["orders"\]\n/);
    expect(stdout).toContain('s1 -->|"http"| s0');
    expect(JSON.parse(golden.run('graph', 'callers.ts', '--json').stdout)).toMatchObject({
      services: [{ id: 'orders/api' }, { id: 'orders/web', ports: { http: 8080 } }],
      calls: [{ from: 'orders/web', to: 'orders/api', port: 'http' }],
    });
  });

  test('is checked over a whole tree', () => {
    golden.run('render', 'callers.ts');
    const { status, stdout, stderr } = golden.run('check', 'dist');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^dist: 1 app folders, \d+ objects, 2 services, valid\n$/);
  });

  test('stands in the way of a tree where it does not agree', () => {
    golden.run('render', 'callers.ts');
    const file = path.join(golden.folder, 'dist/dev/a/orders-dev/orders/service-api.yaml');
    fs.appendFileSync(file, '# by hand\n');
    const { status, stderr } = golden.run('check', 'dist');
    expect(status).toBe(1);
    expect(stderr).toContain('service-api.yaml was edited by hand');
  });
});

describe('an app with a problem fails with a code of its own, says what it is, and writes nothing', () => {
  test.each<[string, number, RegExp]>([
    [
      'wrong.ts',
      1,
      /^error in orders\/dev\/a\/api\n {2}- image "a\/b" has neither tag nor digest.*\n1 problem; nothing/,
    ],
    ['throws.ts', 9, /^error in throws\.ts\n {2}- TypeError: no such team, at throws\.ts:5\n1 problem/],
    ['throws-text.ts', 9, /^error in throws-text\.ts\n {2}- throws "no such team"\n1 problem/],
    ['broken.ts', 9, /^error in broken\.ts\n {2}- .*Unexpected token *\n.*broken\.ts:1:12\n1 problem/],
    ['broken.js', 9, /^error in broken\.js\n {2}- SyntaxError: Unexpected token ';' at .*broken\.js:2\n1 problem/],
    ['imports.ts', 9, /^error in imports\.ts\n {2}- .*'no-such-package'/],
    ['empty.ts', 1, /^error in orders\n {2}- renders nothing; make at least one workload/],
    ['forgets.ts', 1, /^error in forgets\.ts\n {2}- synthesizes no app; end it with app\.synth\(\)/],
    ['missing.ts', 1, /^error in missing\.ts\n {2}- there is no such file; give the path of an app/],
    ['.', 1, /^error in \.\n {2}- is no file; give the path of an app, like "app\.ts"/],
  ])('%s', (file, code, message) => {
    const { status, stdout, stderr } = golden.run('render', file);
    expect({ status, stdout }).toEqual({ status: code, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(tree()).toEqual([]);
  });

  test('as JSON, without a word beside it', () => {
    const { status, stdout, stderr } = golden.run('check', 'wrong.ts', '--json');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    const message = expect.stringContaining('image "a/b"');
    const problems = [{ path: 'orders/dev/a/api', message }];
    expect(JSON.parse(stdout)).toEqual({ apps: [], problems });
    expect(JSON.parse(golden.run('graph', 'wrong.ts', '--json').stdout)).toEqual({ services: [], calls: [], problems });
  });

  test('with the stack trace for those who ask', () => {
    expect(golden.run('check', 'throws.ts', '--debug').stderr).toMatch(/TypeError: no such team\n +at .*throws\.ts:5/);
  });
});

test.each([
  ['no command', []],
  ['a command that is unknown', ['rendr']],
  ['an option that is unknown', ['check', '--out', 'dist']],
  ['an option without its value', ['render', '--out']],
])('%s is wrong usage: 2, with the help', (_, args) => {
  const { status, stdout, stderr } = golden.run(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('Usage: golden');
});

test('a folder of no name, as of a variable that is not set, is not the working folder', () => {
  const { status, stderr } = golden.run('render', '--out', '');
  expect(status).toBe(2);
  expect(stderr).toMatch(/option '-o, --out <folder>' is empty; give it a value, or leave it out/);
});

test.each(['--help', '--version'])('%s succeeds', (option) => {
  const { status, stdout, stderr } = golden.run(option);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).not.toBe('');
});

describe('cdk8s synth', () => {
  const synth = (app: string) => {
    const settings = `language: typescript\napp: node ../bin/golden render ${app}\noutput: dist\n`;
    fs.writeFileSync(path.join(golden.folder, 'cdk8s.yaml'), settings);
    return golden.cdk8sSynth();
  };

  test('writes scratch dist/', () => {
    const { status, stdout } = synth('app.ts');
    expect(status).toBe(0);
    expect(stdout).toContain('dist/dev/a/orders-dev/orders/deployment-api.yaml');
    expect(tree()).toContain('deployment-api.yaml');
  });

  test.each([
    ['is wrong', 'wrong.ts', 'image "a/b"'],
    ['renders nothing', 'empty.ts', 'renders nothing'],
    ['does not compile', 'broken.ts', 'Unexpected token'],
  ])('fails when the app %s', (_, app, message) => {
    const { status, stderr } = synth(app);
    expect(status).not.toBe(0);
    expect(stderr).toContain(message);
    expect(tree()).toEqual([]);
  });
});
