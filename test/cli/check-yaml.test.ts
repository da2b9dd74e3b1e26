import * as fs from 'node:fs';
import * as path from 'node:path';
import { buildPackage, type GoldenPackage } from './golden-process';
import { recorded, terminal, tooWide } from './terminal';

let golden: GoldenPackage;

const deployment = (name: string, pod: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
spec:
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
${pod}`;
const careless = deployment(
  'web',
  '      hostNetwork: true\n      containers:\n        - name: main\n          image: nginx:latest\n          securityContext:\n            privileged: yes\n',
);
const service =
  'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { ports: [{ port: 80 }] }\n';
const files: Readonly<Record<string, string>> = {
  'chart.yaml': `# Source: web/templates/all.yaml\n${service}---\n${careless}`,
  'good.yaml': service,
  'values.yaml': 'image: nginx\n',
  'broken.yaml': `${service}---\nkind: [\n`,
  'manifests/deep/a.yml': careless,
  'manifests/b.json': '{ "apiVersion": "v1", "kind": "List", "items": [] }',
  'manifests/notes.txt': 'kind: [',
  'policies/no-latest.yaml': `apiVersion: policies.kyverno.io/v1
kind: ValidatingPolicy
metadata: { name: no-services }
spec:
  matchConstraints:
    resourceRules:
      - { apiGroups: [''], apiVersions: [v1], resources: [services], operations: [CREATE] }
  validations:
    - { expression: 'false', message: is a Service }
`,
  'platform.ts': `
import { Platform } from 'cdk8s-golden-path';
import { Guardrails, podSecurityRestricted } from 'cdk8s-golden-path/policy';
export const platform = new Platform({
  domain: 'acme.io',
  topology: { environments: { dev: { clusters: ['a'] }, production: { clusters: ['b'] } } },
  policies: new Guardrails({
    packs: [podSecurityRestricted],
    rollout: { '*': { production: 'deny', default: 'audit' } },
    longestException: '90d',
    exceptions: [{
      policy: 'host-namespaces',
      object: { kind: 'Deployment', name: 'web', namespace: 'shop' },
      reason: 'reads the network of the node',
      owner: 'shop',
      expiresAt: '2027-01-31T00:00:00Z',
    }],
  }),
});
`,
  'bare.ts': `import { Platform } from 'cdk8s-golden-path';\nexport const platform = new Platform({ domain: 'acme.io' });\n`,
  'none.ts': 'export const platform = 1;\n',
  'app.ts': `
import { GoldenApp, GoldenService } from 'cdk8s-golden-path';
import { PolicyBundle } from 'cdk8s-golden-path/policy';
import { platform } from './platform';
const app = new GoldenApp({ platform, team: 'orders', system: 'shop' });
app.forEachEnvironment((env) => {
  new GoldenService(env, 'api', { image: 'a/b:1', port: 8080 });
  new PolicyBundle(env, 'policies');
});
app.synth();
`,
  'denied.ts': `
import { GoldenApp } from 'cdk8s-golden-path';
import { Pod } from 'cdk8s-golden-path/imports/kubernetes';
import { platform } from './platform';
const app = new GoldenApp({ platform, team: 'orders', system: 'shop' });
app.forEachEnvironment((env) => {
  new Pod(env, 'naked', { metadata: { name: 'naked' }, spec: { hostPID: true, containers: [{ name: 'a', image: 'a/b:1' }] } });
});
app.synth();
`,
};

beforeAll(() => {
  golden = buildPackage();
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(golden.folder, name)), { recursive: true });
    fs.writeFileSync(path.join(golden.folder, name), text);
  }
  golden.run('render', 'app.ts');
});
afterAll(() => golden.remove());

const json = (...args: string[]) => {
  const { status, stdout } = golden.run('check', '--json', ...args);
  return { status, ...JSON.parse(stdout) };
};
const rulesOf = ({ findings }: { findings: { policy: string }[] }) => findings.map(({ policy }) => policy);

describe('what a person sees', () => {
  test.each([
    ['check-chart', 'golden check chart.yaml'],
    ['check-good', 'golden check good.yaml'],
    ['check-environment', 'golden check chart.yaml --platform platform.ts'],
    ['check-help', 'golden check --help'],
  ])('%s', (name, command) => {
    const seen = terminal(golden, command);
    expect(seen).toBe(recorded(name, seen));
    expect(tooWide(seen)).toEqual([]);
  });
});

describe('YAML that somebody else wrote', () => {
  test('is judged by the rules that every cluster should have; what they deny fails', () => {
    const { status, findings, counted } = json('chart.yaml');
    expect({ status, counted }).toEqual({ status: 1, counted: { files: 1, objects: 2 } });
    expect(findings.filter(({ enforcement }: never) => enforcement === 'deny')).toMatchObject([
      {
        policy: 'host-namespaces',
        path: 'chart.yaml',
        line: 19,
        column: 7,
        value: true,
        object: 'Deployment shop/web',
      },
      { policy: 'privileged-containers', field: 'spec.template.spec.containers[main].securityContext.privileged' },
    ]);
  });

  test('is found below a folder, and can be piped in', () => {
    const folder = json('manifests');
    expect(folder).toMatchObject({ status: 1, counted: { files: 2, objects: 1 } });
    expect(folder.findings[0].path).toBe('manifests/deep/a.yml');
    expect(terminal(golden, 'golden check -', careless)).toContain('deny   host-namespaces  stdin:13:7');
  });

  test.each([
    ['that holds no object', 'values.yaml', 'values.yaml', 'holds no Kubernetes object'],
    ['that can not be read', 'broken.yaml', 'broken.yaml:7:1', 'is no YAML'],
    ['that is not there', 'missing.yaml', 'missing.yaml', 'there is no such file'],
  ])('%s fails', (_, file, place, message) => {
    const { status, problems } = json(file);
    expect(status).toBe(1);
    expect(problems).toEqual([{ path: place, message: expect.stringContaining(message) }]);
  });
});

describe('a platform that is named', () => {
  test('brings its rules, as they count in an environment, and its exceptions', () => {
    const production = json('chart.yaml', '--platform', 'platform.ts', '-e', 'production');
    expect(production.status).toBe(1);
    expect(rulesOf(production)).toContain('restricted-seccomp');
    expect(rulesOf(production)).not.toContain('latest-tag');
    expect(production.findings[0]).toMatchObject({ policy: 'host-namespaces', exception: { owner: 'shop' } });
    const dev = json('chart.yaml', '--platform', 'app.ts', '-e', 'dev');
    expect(dev.status).toBe(0);
    expect(rulesOf(dev)).toEqual(rulesOf(production));
  });

  test('judges a tree, each folder by the rules of its environment, at the lines of its files', () => {
    const hand = path.join(golden.folder, 'dist/production/b/orders-production/orders/deployment-api.yaml');
    const text = fs.readFileSync(hand, 'utf8');
    fs.writeFileSync(hand, text.replace('runAsNonRoot: true', 'runAsNonRoot: false'));
    const { status, findings } = json('dist', '--platform', 'platform.ts');
    fs.writeFileSync(hand, text);
    expect(status).toBe(1);
    const line = text.split('\n').findIndex((each) => each.includes('runAsNonRoot')) + 1;
    const place = { path: path.relative(golden.folder, hand), line };
    expect(findings).toMatchObject([
      { policy: 'run-as-non-root', enforcement: 'deny', ...place },
      { policy: 'run-as-non-root', enforcement: 'deny' },
    ]);
  });

  test.each([
    ['has to have rules', 'bare.ts', 'its platform has no rules'],
    ['has to be in the file', 'none.ts', 'has no platform; give a file that exports one'],
    ['has to be there', 'nowhere.ts', 'there is no such file; give the path of a platform'],
  ])('%s', (_, file, message) => {
    expect(json('chart.yaml', '--platform', file)).toEqual({
      status: 1,
      problems: [{ path: file, message: expect.stringContaining(message) }],
    });
  });

  test('and its environment have to be known', () => {
    expect(json('good.yaml', '--platform', 'platform.ts', '-e', 'prodction').problems[0].message).toBe(
      'environment "prodction" is unknown (did you mean "production"?); use dev or production',
    );
  });
});

test('policies of Kyverno in a folder count like rules', () => {
  const { status, findings } = json('good.yaml', '--policies', 'policies');
  expect(status).toBe(1);
  expect(findings).toMatchObject([{ policy: 'no-services', says: 'is a Service', enforcement: 'deny' }]);
  expect(json('good.yaml', '--policies', 'nowhere').problems[0].message).toMatch(/^is no folder/);
});

test('the policies of a tree count as they do in its cluster, with their exceptions', () => {
  const policies = ['--policies', 'dist/production/b'];
  const { status, findings } = json('chart.yaml', ...policies);
  expect(status).toBe(1);
  const byRule = new Map(
    findings.map((each: { policy: string; exception?: { owner: string } }) => [each.policy, each]),
  );
  expect(byRule.get('host-namespaces')).toMatchObject({ exception: { owner: 'shop' } });
  expect(byRule.get('privileged-containers')).not.toHaveProperty('exception');
  const later = json('chart.yaml', ...policies, '--now', '2027-01-31');
  expect(later.findings[0]).not.toHaveProperty('exception');
});

describe('reports for machines', () => {
  const reports = (...args: string[]) => {
    golden.run('check', ...args, '--sarif', 'out/a.sarif', '--junit', 'out/a.xml');
    const read = (name: string) => fs.readFileSync(path.join(golden.folder, 'out', name), 'utf8');
    return { run: JSON.parse(read('a.sarif')).runs[0], xml: read('a.xml') };
  };

  test('name every rule that was looked at, and the line of what was found', () => {
    const { run, xml } = reports('chart.yaml');
    const { artifactLocation, region } = run.results[0].locations[0].physicalLocation;
    expect([artifactLocation.uri, region]).toEqual(['chart.yaml', { startLine: 19, startColumn: 7 }]);
    expect(run.tool.driver.rules.length).toBeGreaterThan(25);
    expect(xml).toMatch(/<testsuites tests="\d+" failures="2" skipped="\d+">/);
  });

  test('name the file of an app, also of one that is refused', () => {
    const { run, xml } = reports('denied.ts', 'app.ts');
    const denied = run.results.filter(({ level }: { level: string }) => level === 'error');
    expect(denied.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain('host-namespaces');
    expect(denied[0].locations[0].physicalLocation.artifactLocation.uri).toBe('denied.ts');
    expect(xml).toContain('classname="pod security">\n      <failure');
    expect(xml).toMatch(/<testcase name="sysctls: [^"]*" classname="pod security"\/>/);
  });

  test('are written when nothing is found', () => {
    const { run, xml } = reports('app.ts');
    expect(run.results).toEqual([]);
    expect(xml).toContain('failures="0"');
  });
});

describe('exceptions at a time', () => {
  test.each([
    ['are let be long before their end', 'app.ts', '2026-12-01', 0, 0, 0],
    ['are reported two weeks before it', 'app.ts', '2027-01-17', 0, 0, 1],
    ['fail when they are over', 'app.ts', '2027-01-31', 1, 1, 0],
    ['fail while they are longer than the platform allows', 'app.ts', '2026-11-01', 1, 1, 0],
    ['are found in a tree', 'dist', '2027-01-31T00:00:00Z', 1, 2, 0],
    ['are found in YAML', 'dist/dev/a/shop/orders', '2027-02-01', 1, 1, 0],
  ])('%s', (_, what, now, status, problems, warnings) => {
    const found = json(what, '--now', now);
    expect([found.status, found.problems.length, found.warnings.length]).toEqual([status, problems, warnings]);
  });

  test('count for YAML until they are over', () => {
    const at = (now: string) => {
      const { stderr } = golden.run(
        'check',
        'chart.yaml',
        '--platform',
        'platform.ts',
        '-e',
        'production',
        '--now',
        now,
      );
      return stderr.includes('deny   host-namespaces');
    };
    expect([at('2027-01-30'), at('2027-01-31')]).toEqual([false, true]);
  });

  test.each([
    ['a path', 'app.ts', 'write --now last'],
    ['no day', '2027-02-30', 'write a day like'],
  ])('%s is no time', (_, now, message) => {
    const { status, stderr } = golden.run('check', '--now', now);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});
