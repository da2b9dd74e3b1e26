import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { buildPackage, type GoldenPackage } from './golden-process';

let golden: GoldenPackage;

beforeAll(() => {
  golden = buildPackage();
  for (const [name, text] of Object.entries(apps)) fs.writeFileSync(path.join(golden.folder, name), text);
});
afterAll(() => golden.remove());

const head = `import { GoldenApp, GoldenService, Platform } from 'cdk8s-golden-path';
const topology = { environments: { dev: { clusters: ['a'] } } };
const app = new GoldenApp({ platform: new Platform({ domain: 'acme.io', topology }), team: 'orders', system: 'shop' });
app.forEachEnvironment((env) => void new GoldenService(env, 'api', { image: 'a/b:1', port: 8080 }));
app.synth();
`;
const apps: Readonly<Record<string, string>> = {
  'app.ts': head,
  'loops.ts': `${head}function spin() {\n  for (;;) {}\n}\nspin();\n`,
  'loops-later.ts': `${head}await Promise.resolve();\nfor (;;) await Promise.resolve();\n`,
  'waits.ts': `${head}await new Promise(() => {});\n`,
  'waits-long.ts': `${head}setInterval(() => {}, 1000);\nawait new Promise(() => {});\n`,
  'throws-later.ts': `${head}setTimeout(() => {\n  throw new Error('later');\n}, 1);\nawait new Promise((go) => setTimeout(go, 500));\n`,
  'rejects.ts': `${head}void Promise.reject(new Error('nobody waits'));\n`,
  'exits-later.ts': `${head}setTimeout(() => process.exit(0), 1);\nawait new Promise((go) => setTimeout(go, 500));\n`,
  'caused.ts': `${head}const error: any = new Error('no', { cause: new AggregateError([new Error('why')], 'all') });
error.cause.errors.push(error);\nthrow error;\n`,
  'proxy.ts': `${head}const refuse = () => {\n  throw 1;\n};\nthrow new Proxy({}, { get: refuse, getPrototypeOf: refuse });\n`,
  'imposter.ts': `${head}throw Object.assign(new Error('mine'), { name: 'GoldenError', problems: [null] });\n`,
  'stays.ts': `${head}require('node:http').createServer().listen(0);\nsetInterval(() => {}, 1000);\n`,
  'exits.ts': `${head}process.exit(0);\n`,
  'prints.ts': `console.log('hello');\nprocess.stdout.write('there\\n');\n${head}console.table([1]);\n`,
};

/** An app that says when it has ended. */
const late = `${head.replace("team: 'orders'", "team: 'late'")}(globalThis as any).ended = true;\n`;

const check = (...args: string[]) => golden.run('check', ...args);

describe('an app that does not come to an end is ended, with a code of its own', () => {
  test('in a loop, and where the loop is', () => {
    const { status, stdout, stderr } = check('loops.ts', '--timeout', '2s');
    expect(stderr).toBe(
      'error in loops.ts\n  - did not end within 2 s, and is at loops.ts:7 (spin); mend the loop, or give it longer with --timeout\n',
    );
    expect({ status, stdout }).toEqual({ status: 10, stdout: '' });
  });

  test('as JSON, without a word beside it', () => {
    const { status, stdout, stderr } = check('loops.ts', '--timeout', '2s', '--json');
    expect({ status, stderr }).toEqual({ status: 10, stderr: '' });
    const message = expect.stringContaining('did not end within 2 s, and is at loops.ts:7 (spin)');
    expect(JSON.parse(stdout)).toEqual({ problems: [{ path: 'loops.ts', message, cause: 'timeout' }] });
  });

  test.each([
    ['loops-later.ts', /did not end within 2 s, and is at loops-later\.ts:7/],
    ['waits-long.ts', /did not end within 2 s; mend the loop/],
  ])('%s', (file, message) => {
    const { status, stdout, stderr } = check(file, '--timeout', '2s');
    expect({ status, stdout }).toEqual({ status: 10, stdout: '' });
    expect(stderr).toMatch(message);
  });

  test('where nothing is left that could ever end it, at once', () => {
    const { status, stdout, stderr } = check('waits.ts', '--timeout', '1h');
    expect({ status, stdout }).toEqual({ status: 10, stdout: '' });
    expect(stderr).toMatch(/waits for a promise that nothing is left to settle/);
  });

  test('in another process, and the others are rendered', () => {
    const { status, stdout, stderr } = golden.run(
      'render',
      'loops.ts',
      'app.ts',
      '--jobs',
      '2',
      '--timeout',
      '5s',
      '--out',
      'tree',
    );
    expect(status).toBe(10);
    expect(stdout).toMatch(/^ENVIRONMENT.*\ndev +a +orders/);
    expect(stderr).toMatch(/is at loops\.ts:7 \(spin\)/);
  });
});

test('an app that ends its process ends itself only', () => {
  const { status, stdout, stderr } = check('exits.ts', 'app.ts');
  expect(status).toBe(9);
  expect(stderr).toMatch(/error in exits\.ts\n +- calls process\.exit\(0\); leave it out/);
  expect(stdout).toMatch(/^ENVIRONMENT.*\ndev +a +orders/);
});

test.each([
  ['throws-later.ts', 'Error: later, at throws-later.ts:7'],
  ['rejects.ts', 'Error: nobody waits, at rejects.ts:6'],
  ['exits-later.ts', 'calls process.exit(0); leave it out, and throw an error where something is wrong'],
  ['caused.ts', 'Error: no, caused by AggregateError: all, caused by Error: why, at caused.ts:6'],
  ['proxy.ts', 'throws what refuses to be looked at; throw an Error'],
  ['imposter.ts', 'GoldenError: mine, at imposter.ts:6'],
])('whatever an app throws, and whenever, is its error, and the others are checked: %s', (file, message) => {
  const { status, stdout, stderr } = check(file, 'app.ts');
  expect(stderr.split('\n').slice(0, 2)).toEqual([`error in ${file}`, `  - ${message}`]);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(status).toBe(9);
  expect(stdout).toMatch(/^ENVIRONMENT.*\ndev +a +orders/);
});

test('what an app leaves behind does not keep the command from its end', () => {
  expect(check('stays.ts')).toMatchObject({ status: 0, stderr: '' });
});

test('one that was given up in its folder leaves the others theirs', () => {
  fs.mkdirSync(path.join(golden.folder, 'sub'));
  fs.writeFileSync(path.join(golden.folder, 'sub/waits.ts'), `${head}await new Promise(() => {});`);
  const { status, stdout } = check('sub/waits.ts', 'app.ts');
  expect(status).toBe(10);
  expect(stdout).toMatch(/^ENVIRONMENT.*\ndev +a +orders/);
});

test('one that was given up and goes on is not taken for part of the next one', () => {
  const sleep = 'await new Promise((go) => setTimeout(go, 10));\n';
  const given = late.replace('app.forEach', `while (!(globalThis as any).began) ${sleep}app.forEach`);
  const next = `(globalThis as any).began = true;\nwhile (!(globalThis as any).ended) ${sleep}${head}`;
  fs.writeFileSync(path.join(golden.folder, 'late.ts'), given);
  fs.writeFileSync(path.join(golden.folder, 'next.ts'), next);
  const { status, stdout, stderr } = golden.run('render', 'late.ts', 'next.ts', '--timeout', '5s', '--out', 'taken');
  expect(stderr).toMatch(/^error in late\.ts\n +- did not end within 5 s; .*\n1 problem;/s);
  expect(status).toBe(10);
  expect(stdout.trim().split('\n').slice(1)).toEqual([expect.stringMatching(/^dev +a +orders /)]);
});

test('a report that can not be written fails, and one that nobody reads to its end does not', () => {
  const run = (to: string) =>
    spawnSync('bash', ['-o', 'pipefail', '-c', `"$0" ../bin/golden check app.ts --json ${to}`, process.execPath], {
      cwd: golden.folder,
      encoding: 'utf8',
    });
  expect(run('> /dev/full')).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/error in stdout\n {2}- the report can't be written: ENOSPC/),
  });
  expect(run('| true')).toMatchObject({ status: 0, stderr: '' });
});

test('what an app prints does not get into the report', () => {
  const { status, stdout, stderr } = check('prints.ts', '--json');
  expect([status, JSON.parse(stdout).problems]).toEqual([0, []]);
  expect(stderr).toMatch(
    /^hello\nthere\n[\s\S]*warning in prints\.ts\n +- prints to stdout, which belongs to the report/,
  );
});

test.each(['0', '5', 'soon', '-1s'])('a timeout of %j is refused', (timeout) => {
  expect(check('app.ts', `--timeout=${timeout}`)).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/write a time with its unit/),
  });
});
