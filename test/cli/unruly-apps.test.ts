import * as fs from 'node:fs';
import * as path from 'node:path';
import { buildPackage, type GoldenPackage } from './golden-process';

// Each starts a process, and a busy machine starts them slowly.
jest.setTimeout(60_000);

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
  'exits.ts': `${head}process.exit(0);\n`,
  'prints.ts': `console.log('hello');\nprocess.stdout.write('there\\n');\n${head}console.table([1]);\n`,
};

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
    ['waits.ts', /waits for a promise that nothing is left to settle/],
  ])('%s', (file, message) => {
    const { status, stdout, stderr } = check(file, '--timeout', '2s');
    expect({ status, stdout }).toEqual({ status: 10, stdout: '' });
    expect(stderr).toMatch(message);
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
