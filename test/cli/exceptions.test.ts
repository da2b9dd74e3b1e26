import * as fs from 'node:fs';
import * as path from 'node:path';
import { buildPackage, type GoldenPackage } from './golden-process';
import { recorded, terminal, tooWide } from './terminal';

let golden: GoldenPackage;

beforeAll(() => {
  golden = buildPackage();
  write('platform.ts', platform);
  write('pod.yaml', pod);
});
beforeEach(() => write('exceptions.yaml', held));
afterAll(() => golden.remove());

const write = (name: string, text: string) => fs.writeFileSync(path.join(golden.folder, name), text);
const read = () => fs.readFileSync(path.join(golden.folder, 'exceptions.yaml'), 'utf8');

const platform = `
import { Platform } from 'cdk8s-golden-path';
import { exceptionsFrom, Guardrails, podSecurityBaseline } from 'cdk8s-golden-path/policy';
export const platform = new Platform({
  domain: 'acme.io',
  topology: { owners: { orders: {}, platform: {} }, environments: { production: { clusters: ['a'] } } },
  policies: new Guardrails({
    packs: [podSecurityBaseline],
    rollout: { '*': 'deny' },
    longestException: '90d',
    exceptions: exceptionsFrom(\`\${__dirname}/exceptions.yaml\`),
  }),
});
`;
const pod = `apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: shop }
spec: { hostPID: true, containers: [{ name: agent, image: a/b:1 }] }
`;
const held = `# Legacy, see the plan of the platform team.
- policy: sysctls # keep
  object: { kind: StatefulSet, namespace: shop, name: db }
  reason: >-
    the image of the vendor sets them itself, and the vendor promised to change
    that in the spring
  owner: platform
  expiresAt: "2026-12-01T00:00:00Z"
`;
const add = (...more: string[]) =>
  golden.run(
    ...[
      'exceptions',
      'add',
      'host-namespaces',
      '--workload',
      'Pod/agent',
      '-n',
      'shop',
      '--reason',
      'sees all processes',
    ],
    ...['--owner', 'orders', '--until', '2027-01-31', '--now', '2026-11-21', ...more],
  );
const check = (now: string) => golden.run('check', 'pod.yaml', '--platform', 'platform.ts', '--now', now);

test('an exception that is added is one that the platform gives, until it ends', () => {
  expect(check('2026-11-21').status).toBe(1);
  const { status, stdout, stderr } = add('--platform', 'platform.ts');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toBe('exceptions.yaml:9: Pod shop/agent may break host-namespaces until\n2027-01-31T00:00:00Z\n');
  expect(read().startsWith(held)).toBe(true);
  expect(check('2026-11-21')).toMatchObject({ status: 0, stdout: expect.stringContaining('1 excepted') });
  const over = check('2027-01-31');
  expect(over.status).toBe(1);
  expect(over.stderr).toContain(
    'error in exceptions.yaml:9\n  - the exception of Pod shop/agent from host-namespaces is over',
  );
});

test('a file is made where there is none', () => {
  fs.rmSync(path.join(golden.folder, 'exceptions.yaml'));
  expect(add('--json').status).toBe(0);
  expect(read()).toMatch(/^# .*\n- policy: host-namespaces\n/);
});

test('what stands in the way is said at once, and the file stays as it is', () => {
  const { status, stdout } = add('--json', '--platform', 'platform.ts', '--owner', 'ordrs', '--until', '2027-06-30');
  expect(status).toBe(1);
  expect(JSON.parse(stdout).problems.map(({ message }: { message: string }) => message)).toEqual([
    expect.stringContaining('(did you mean "orders"?)'),
    expect.stringContaining('more than 90 days ahead'),
  ]);
  expect(read()).toBe(held);
});

test('a file that can not be read is named, and stays as it is', () => {
  write('exceptions.yaml', '- policy: [\n');
  const { status, stderr } = add();
  expect(status).toBe(1);
  expect(stderr).toMatch(/^error in exceptions\.yaml:\d\n {2}- is no YAML/);
  expect(read()).toBe('- policy: [\n');
});

describe('what a person sees', () => {
  test.each([
    ['exceptions-list', 'golden exceptions list --now 2026-12-05'],
    ['exceptions-help', 'golden exceptions add --help'],
  ])('%s', (name, command) => {
    add();
    const seen = terminal(golden, command);
    expect(seen).toBe(recorded(name, seen));
    expect(tooWide(seen)).toEqual([]);
  });

  test('who has to say more is told what, with exit code 2', () => {
    const { status, stderr } = golden.run('exceptions', 'add', 'sysctls');
    expect(status).toBe(2);
    expect(stderr).toContain("required option '--workload <kind/name>' not specified");
  });
});

test('the exceptions of a platform are listed as JSON, with those that are over', () => {
  const { stdout } = golden.run('exceptions', 'list', '--platform', 'platform.ts', '--json', '--now', '2026-12-01');
  expect(JSON.parse(stdout)).toMatchObject({ problems: [], exceptions: [{ policy: 'sysctls', isOver: true }] });
});
