import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoldenApp, GoldenService, Platform } from 'cdk8s-golden-path';
import { TeamNamespace, Tenancy } from 'cdk8s-golden-path/team';
import { checkTree } from '../../src/app/check-tree';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'check-tree-'));
});

afterEach(() => rmSync(root, { recursive: true }));

const image = 'ghcr.io/acme/api:1.2.3';
const platform = new Platform({
  domain: 'acme.io',
  topology: {
    environments: { dev: { clusters: ['eu-dev'] } },
    clusters: { 'eu-dev': { kubernetes: '1.36' } },
    services: { 'payments/api': { ports: { http: { port: 8080, servicePort: 80 } }, callers: ['orders'] } },
  },
});

function render(
  team: string,
  make: (env: Parameters<Parameters<GoldenApp['forEachEnvironment']>[0]>[0]) => void,
): void {
  const app = new GoldenApp({ platform, team, system: 'commerce', outdir: root });
  app.forEachEnvironment(make);
  app.synth();
}

const orders = (scale = 2) =>
  render('orders', (env) => {
    new GoldenService(env, 'web', { image, port: 8080, scale }).calls(env.service('payments/api'));
  });

const payments = (callers: string[]) =>
  render('payments', (env) => {
    new GoldenService(env, 'api', { image, port: 8080, callers });
  });

const namespaces = () =>
  render('platform', (env) => {
    new Tenancy(env, 'tenancy', { keepers: { groups: ['admins'] } });
    new TeamNamespace(env, 'orders', { quota: 'small', access: { owners: ['orders-devs'] } });
  });

test('apps whose calls agree and that fit their namespaces have no problem', () => {
  orders();
  payments(['orders']);
  namespaces();
  const { problems, warnings, counted } = checkTree(root);
  expect({ problems, warnings }).toEqual({ problems: [], warnings: [] });
  expect(counted).toMatchObject({ folders: 4, services: 2 });
});

test('a call that the other side does not take is found, although each app was fine by itself', () => {
  orders();
  payments([]);
  expect(checkTree(root).problems).toEqual([
    {
      path: 'dev/eu-dev/orders-dev/orders orders/web',
      message: expect.stringContaining('does not take calls from orders/web'),
    },
  ]);
});

test('a caller that does not call is reported', () => {
  orders();
  payments(['orders', 'orders/mailer', 'orders/web']);
  expect(checkTree(root).problems).toEqual([
    expect.objectContaining({
      message: expect.stringContaining('lists the caller orders/mailer, which does not exist'),
    }),
  ]);
});

test('a call to a service that nobody renders is found', () => {
  orders();
  expect(checkTree(root).problems.map(({ message }) => message)).toEqual([
    'calls payments/api, which nothing in dev/eu-dev renders',
  ]);
});

test('workloads that outgrow the quota that another app renders are found, with who uses what', () => {
  orders(400);
  payments(['orders']);
  namespaces();
  const [{ path, message }] = checkTree(root).problems.slice(-1);
  expect(path).toBe('dev/eu-dev/orders-dev');
  expect(message).toMatch(/Deployment web +400\+1/);
});

test('files that are not as they were rendered are named', () => {
  payments([]);
  const folder = join(root, 'dev/eu-dev/payments-dev/payments');
  appendFileSync(join(folder, 'service-api.yaml'), '# by hand\n');
  writeFileSync(join(folder, 'extra.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: extra }\n');
  rmSync(join(folder, 'serviceaccount-api.yaml'));
  expect(checkTree(root).problems.map(({ message }) => message)).toEqual([
    'service-api.yaml was edited by hand; render the app payments/payments again',
    'extra.yaml is not of the app; render the app payments/payments again',
    'serviceaccount-api.yaml is missing; render the app payments/payments again',
  ]);
});

test.each([
  ['an environment', 'dev'],
  ['a cluster', 'dev/eu-dev'],
  ['a namespace', 'dev/eu-dev/payments-dev'],
  ['an app folder', 'dev/eu-dev/payments-dev/payments'],
])('a symlink in the place of %s is named', (_, path) => {
  payments([]);
  const elsewhere = mkdtempSync(join(tmpdir(), 'check-tree-'));
  renameSync(join(root, path), join(elsewhere, 'moved'));
  symlinkSync(join(elsewhere, 'moved'), join(root, path));
  const message = expect.stringMatching(/^is a symlink, so nothing behind it/);
  expect(checkTree(root).problems).toEqual([{ path, message }]);
  rmSync(elsewhere, { recursive: true });
});

test('a symlink that leads nowhere is named, one to a file or to a folder that is no environment is not', () => {
  payments([]);
  writeFileSync(join(root, 'README.md'), '');
  mkdirSync(join(root, 'charts/docs'), { recursive: true });
  symlinkSync('README.md', join(root, 'ABOUT.md'));
  symlinkSync('../README.md', join(root, 'dev/README.md'));
  symlinkSync('charts/docs', join(root, 'docs'));
  symlinkSync('itself', join(root, 'dev/itself'));
  symlinkSync('nowhere', join(root, 'staging'));
  expect(checkTree(root).problems.map(({ path }) => path)).toEqual(['dev/itself', 'staging']);
});

test.each([
  ['no YAML', 'a: [', 'is no YAML: flow sequence'],
  ['two objects', 'a: 1\n---\nb: 1\n', 'holds several documents'],
  ['10 MB of aliases', `a: &a x\nb: [${'*a, '.repeat(2_600_000)}]\n`, 'has more than 1000 aliases'],
  ['10 MB of brackets', '['.repeat(10_000_000), 'is nested deeper than 500 levels'],
  ['no object', 'just text', 'is no Kubernetes object'],
  ['an alias', 'a: &x 1\nb: *x\n', 'lias'],
  ['a field that its kind lacks', 'spec: { ports: [], prots: [] }', 'spec.prots'],
])('%s in a file is named', (_, text, message) => {
  payments([]);
  const file = join(root, 'dev/eu-dev/payments-dev/payments/service-api.yaml');
  writeFileSync(file, text.startsWith('spec') ? readFileSync(file, 'utf8').replace(/spec:.*/s, text) : text);
  expect(checkTree(root).problems.map((problem) => problem.message)).toContainEqual(expect.stringContaining(message));
});

test('a folder that is none is refused', () => {
  expect(() => checkTree(join(root, 'nowhere'))).toThrow('there is no such folder');
});
