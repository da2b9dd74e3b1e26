import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { commitFiles, filesOf, git, isolateGit, newRepository, restoreGit } from '../gitops/repositories';
import { newFolder, removeFolders } from '../gitops/trees';
import { buildPackage, type GoldenPackage } from './golden-process';

let golden: GoldenPackage;
let bare: string;

const written = `# the platform team's
environments:
  staging: { clusters: [s1] }
  production: { clusters: [p1, p2], promotion: manual }
owners: { orders: {}, payments: {}, billing: {} }
services:
  billing/legacy: { ports: { http: 8080 }, callers: [orders] } # runs elsewhere
`;

beforeAll(() => {
  golden = buildPackage();
});
beforeEach(() => {
  isolateGit();
  bare = newRepository({ 'platform.lock.yaml': written });
  fs.writeFileSync(lockFile(), written);
});
afterEach(() => {
  for (const name of fs.readdirSync(golden.folder)) fs.rmSync(path.join(golden.folder, name), { recursive: true });
  restoreGit();
  removeFolders();
});
afterAll(() => golden.remove());

const lockFile = () => path.join(golden.folder, 'platform.lock.yaml');
const lock = () => fs.readFileSync(lockFile(), 'utf8');
const update = (...args: string[]) => golden.run('update', '--repo', bare, ...args);

/** Writes an app of a team, with what its environments hold. */
function writeApp(team: string, body: string): string {
  const file = `${team}.ts`;
  const text = `import { GoldenApp, GoldenService, Platform, readTopology } from 'cdk8s-golden-path';
const platform = new Platform({ domain: 'acme.io', registries: ['r.acme.io'], topology: readTopology() });
const app = new GoldenApp({ platform, team: '${team}', system: 'shop' });
const image = 'r.acme.io/api:1.0.0';
app.forEachEnvironment((env) => {
  ${body}
});
app.synth();
`;
  fs.writeFileSync(path.join(golden.folder, file), text);
  return file;
}

function publish(team: string, body: string, ...args: string[]): void {
  const done = golden.run('publish', writeApp(team, body), '--repo', bare, '--allow-dirty', ...args);
  if (done.status !== 0) throw new Error(done.stderr + done.stdout);
}

const api = (port: number, callers: readonly string[]) =>
  `new GoldenService(env, 'api', { image, port: ${port}, protocol: 'grpc', callers: ${JSON.stringify(callers)} });`;
const ledger = `new GoldenService(env, 'ledger', { image, port: 8080, callers: [] });`;
const calling = (...ids: string[]) =>
  `const web = new GoldenService(env, 'web', { image, port: 8080 });
  ${ids.map((id) => `web.calls(env.service('${id}'));`).join('\n  ')}`;

/** The egress of the caller's policy to a namespace. */
function egressTo(policy: string, namespace: string): unknown {
  const { egress } = parse(policy).spec;
  const isTo = (rule: { to?: { namespaceSelector?: { matchLabels?: object } }[] }) =>
    JSON.stringify(rule.to).includes(`"${namespace}"`);
  return egress.filter(isTo).map(({ ports }: { ports: unknown }) => ports);
}

test('what two apps publish is what a third one can call, and what a check of the tree accepts', () => {
  publish('payments', `${api(9090, ['orders'])}\n  ${ledger}`);
  publish('billing', `new GoldenService(env, 'bills', { image, port: 8080, callers: ['orders/web'] });`);
  expect(update().status).toBe(0);
  expect(lock()).toBe(`${written}# What the tree renders: \`golden update\` writes all that follows.
rendered:
  billing/bills: { "ports": { "http": { "port": 8080, "servicePort": 80 } }, "callers": [ "orders/web" ], "places": { "staging": {} } }
  payments/api: { "ports": { "grpc": 9090 }, "callers": [ "orders" ], "places": { "staging": {} } }
  payments/ledger: { "ports": { "http": { "port": 8080, "servicePort": 80 } }, "places": { "staging": {} } }
`);
  publish('orders', calling('payments/api', 'billing/bills'), '-e', 'staging');
  const tree = filesOf(bare);
  const policy = tree['staging/s1/orders-staging/orders/networkpolicy-web.yaml'];
  expect(egressTo(policy, 'payments-staging')).toEqual([[{ port: 9090, protocol: 'TCP' }]]);
  expect(egressTo(policy, 'billing-staging')).toEqual([[{ port: 8080, protocol: 'TCP' }]]);
  const work = path.join(newFolder(), 'work');
  git(path.dirname(work), 'clone', '--quiet', bare, work);
  expect(golden.run('check', work)).toMatchObject({ status: 0, stderr: '' });
});

test('the catalog is the same whoever published first, and an update of it changes nothing', () => {
  const apps = [
    ['payments', api(9090, ['orders', 'billing'])],
    ['billing', ledger],
  ] as const;
  for (const [team, body] of apps) publish(team, body);
  update();
  const once = lock();
  expect(update().stdout).toBe('platform.lock.yaml is up to date\n');
  expect(update('--check').status).toBe(0);
  bare = newRepository({ 'platform.lock.yaml': written });
  for (const [team, body] of [...apps].reverse()) publish(team, body);
  fs.rmSync(lockFile());
  update();
  expect(lock()).toBe(once);
  // A platform team that commits what was brought has committed the same platform.
  commitFiles(bare, { 'platform.lock.yaml': once });
  expect(update().stdout).toBe('platform.lock.yaml is up to date\n');
});

test('a service that only another environment has is called with a warning, and one that is gone is unknown', () => {
  publish('payments', `${api(9090, ['orders'])}\n  ${ledger}`);
  update();
  const file = writeApp('orders', calling('payments/api'));
  const { status, stderr } = golden.run('check', file);
  expect(status).toBe(0);
  expect(stderr).toContain('payments/api is rendered in staging, and not in production');
  expect(stderr).not.toContain('orders/staging');
  publish('payments', ledger);
  // The lock is older than the tree, and still good.
  expect(golden.run('check', file).status).toBe(0);
  update();
  expect(golden.run('check', file)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(
      'service "payments/api" is unknown; the catalog has payments/ledger, billing/legacy',
    ),
  });
});

test('each environment is called as it is there', () => {
  publish('payments', api(9090, ['orders']));
  const promoted = filesOf(bare);
  const production = Object.entries(promoted).flatMap(([file, text]) =>
    file.startsWith('staging/s1/payments-staging/')
      ? ['p1', 'p2'].map((cluster) => [
          file.replace('staging/s1/payments-staging', `production/${cluster}/payments-production`),
          text,
        ])
      : [],
  );
  commitFiles(bare, Object.fromEntries(production));
  publish('payments', api(9191, ['orders']));
  update();
  expect(lock()).toContain('"places": { "staging": { "ports": { "grpc": 9191 } }, "production": {} }');
  expect(golden.run('render', writeApp('orders', calling('payments/api')))).toMatchObject({ status: 0, stderr: '' });
  const policyOf = (place: string, environment: string) =>
    fs.readFileSync(
      path.join(golden.folder, 'dist', place, `orders-${environment}/orders/networkpolicy-web.yaml`),
      'utf8',
    );
  const port = (number: number) => [[{ port: number, protocol: 'TCP' }]];
  expect(egressTo(policyOf('staging/s1', 'staging'), 'payments-staging')).toEqual(port(9191));
  expect(egressTo(policyOf('production/p2', 'production'), 'payments-production')).toEqual(port(9090));
});

test('what changed is said in words, as a terminal of 80 columns shows it', () => {
  publish('payments', `${api(9090, ['orders'])}\n  ${ledger}`);
  update();
  publish(
    'payments',
    `${api(9191, ['billing'])}\n  new GoldenService(env, 'refunds', { image, port: 8080, callers: ['orders'] });`,
  );
  commitFiles(bare, {
    'platform.lock.yaml': `${written}  payments/api: { ports: { grpc: 9090 } }\n`.replace(
      'payments: {}',
      'payments: { group: payments-devs }',
    ),
  });
  const { status, stdout, stderr } = update();
  expect(status).toBe(0);
  const shown = `${stdout}${stderr}`.replace(/[0-9a-f]{12}/, '<commit>    ');
  const fixture = path.join(__dirname, 'fixtures', 'update.txt');
  if (process.env.GOLDEN_FIXTURES === 'write') fs.writeFileSync(fixture, shown);
  expect(shown).toBe(fs.readFileSync(fixture, 'utf8'));
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('a tree with an index in a conflict is refused, and the lock stays', () => {
  publish('payments', api(9090, ['orders']));
  update();
  const before = lock();
  const index = 'staging/s1/payments-staging/payments/.golden-index';
  commitFiles(bare, { [index]: `<<<<<<< HEAD\n${filesOf(bare)[index]}=======\n>>>>>>> other\n` });
  const { status, stderr, stdout } = update();
  expect(stderr).toBe(`error in staging/s1/payments-staging/payments
  - its index is not JSON; restore it from git (after a merge conflict, take either side and render again)
`);
  expect({ status, stdout, isSame: lock() === before }).toEqual({ status: 4, stdout: '', isSame: true });
});

test('a tree in which two folders are one service is refused, and links are no indexes', () => {
  publish('payments', api(9090, ['orders']));
  const files = filesOf(bare);
  const index = 'staging/s1/payments-staging/payments/.golden-index';
  commitFiles(bare, { 'staging/s1/other/payments/.golden-index': files[index] });
  expect(update()).toMatchObject({ status: 4, stderr: expect.stringMatching(/records payments\/api, and so does/) });
  commitFiles(bare, {}, (work) => {
    fs.rmSync(path.join(work, 'staging/s1/other/payments/.golden-index'));
    fs.symlinkSync('/etc/passwd', path.join(work, 'staging/s1/other/payments/.golden-index'));
  });
  expect(update()).toMatchObject({ status: 4, stderr: expect.stringMatching(/its index is a symlink/) });
});
