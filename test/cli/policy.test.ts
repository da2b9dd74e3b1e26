import * as fs from 'node:fs';
import * as path from 'node:path';
import { buildPackage, type GoldenPackage } from './golden-process';
import { recorded, terminal, tooWide } from './terminal';

let golden: GoldenPackage;

const files: Readonly<Record<string, string>> = {
  'platform.ts': `
import { Platform } from 'cdk8s-golden-path';
import { bestPractices, costGuardrails, Guardrails, ownership, podSecurityRestricted } from 'cdk8s-golden-path/policy';
const owners = { catalog: {}, checkout: {}, orders: {}, payments: {}, search: {} };
export const platform = new Platform({
  domain: 'acme.io',
  topology: { owners, environments: { dev: { clusters: ['a'] }, production: { clusters: ['b'] } } },
  policies: new Guardrails({
    packs: [podSecurityRestricted, bestPractices, ownership, costGuardrails],
    rollout: {
      '*': { production: 'warn', default: 'audit' },
      'pod-security-restricted': { production: 'deny', default: 'audit' },
      'replica-ceiling': 'off',
    },
  }),
});
`,
  'app.ts': `
import { GoldenApp, GoldenService } from 'cdk8s-golden-path';
import { CronJob } from 'cdk8s-golden-path/imports/kubernetes';
import { platform } from './platform';
for (const team of Object.keys(platform.topology.owners)) {
  const app = new GoldenApp({ platform, team, system: 'shop', external: [{ kind: 'Secret', name: '*' }] });
  app.forEachEnvironment((env) => {
    new GoldenService(env, 'api', { image: 'ghcr.io/acme/api:1.2.3', port: 8080, scale: 2 });
    if (env.name === 'dev' && team !== 'orders') return;
    const pod = {
      restartPolicy: 'Never',
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{ name: 'main', image: 'ghcr.io/acme/api:latest', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }],
    };
    const jobTemplate = { spec: { template: { spec: pod } } };
    new CronJob(env, 'nightly', { metadata: { name: 'nightly' }, spec: { schedule: '0 3 * * *', jobTemplate } });
  });
  app.synth();
}
`,
  'denied.ts': `
import { GoldenApp } from 'cdk8s-golden-path';
import { Pod } from 'cdk8s-golden-path/imports/kubernetes';
import { platform } from './platform';
const app = new GoldenApp({ platform, team: 'orders', system: 'shop', name: 'denied' });
app.forEachEnvironment((env) => {
  new Pod(env, 'naked', { metadata: { name: 'naked' }, spec: { containers: [{ name: 'a', image: 'a/b:1' }] } });
});
app.synth();
`,
};

beforeAll(() => {
  golden = buildPackage();
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(golden.folder, name), text);
  golden.run('render', 'app.ts');
});
afterAll(() => golden.remove());

describe('what a person sees', () => {
  test.each([
    ['policy-report', 'golden policy report'],
    ['policy-report-markdown', 'golden policy report --markdown -e production'],
    ['policy-report-help', 'golden policy report --help'],
    ['policy-list', 'golden policy list'],
    ['policy-list-platform', 'golden policy list --platform platform.ts'],
    ['policy-explain', 'golden policy explain container-size --platform platform.ts'],
    ['policy-explain-request', 'golden policy explain changes-by-hand'],
  ])('%s', (name, command) => {
    const seen = terminal(golden, command);
    expect(seen).toBe(recorded(name, seen));
    expect(tooWide(seen).filter((line) => !name.endsWith('markdown') && line !== '')).toEqual([]);
  });
});

interface Row {
  readonly policy: string;
  readonly environment: string;
  readonly breaking: number;
}

const report = (...args: string[]) => {
  const { status, stdout } = golden.run('policy', 'report', '--json', ...args);
  return { status, ...(JSON.parse(stdout) as { problems: { path: string; message: string }[]; rules: Row[] }) };
};

test('a tree says what its apps say', () => {
  const apps = report('app.ts');
  const tree = report('dist', '--platform', 'platform.ts');
  expect(tree).toEqual(apps);
  const broken = apps.rules.filter(({ breaking }) => breaking > 0);
  expect(broken.map(({ policy, environment, breaking }) => [policy, environment, breaking])).toContainEqual([
    'latest-tag',
    'production',
    5,
  ]);
});

test('one environment can be asked for', () => {
  const of = (...args: string[]) => [
    ...new Set(report(...args, '-e', 'dev').rules.map(({ environment }) => environment)),
  ];
  expect([of('app.ts'), of('dist', '--platform', 'platform.ts')]).toEqual([['dev'], ['dev']]);
});

test('an app that is refused is a problem, and the others are reported', () => {
  const { status, problems, rules } = report('denied.ts', 'app.ts');
  expect(status).toBe(1);
  expect(problems[0].path).toMatch(/^denied\/production\//);
  expect(rules.length).toBeGreaterThan(50);
});

test.each([
  ['a tree without a platform', ['dist'], 'a tree does not say whose rules count; name them with --platform'],
  ['a file that is not there', ['nowhere.ts'], 'there is no such file'],
])('%s is refused', (_, args, message) => {
  const { status, problems } = report(...args);
  expect(status).toBe(1);
  expect(problems).toEqual([expect.objectContaining({ message: expect.stringContaining(message) })]);
});

test('a rule that there is not is refused, with the one that was meant', () => {
  const { status, stderr } = golden.run('policy', 'explain', 'host-namespace');
  expect(status).toBe(1);
  expect(stderr).toContain('there is no rule "host-namespace" (did you mean "host-namespaces"?)');
});

test('rules are listed as JSON, with their packs and stages', () => {
  const { stdout } = golden.run('policy', 'list', '--json', '--platform', 'platform.ts');
  expect(JSON.parse(stdout).rules).toContainEqual(
    expect.objectContaining({
      id: 'latest-tag',
      packs: ['best-practices'],
      stages: { dev: 'audit', production: 'warn' },
    }),
  );
});
