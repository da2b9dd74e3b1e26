import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Validation, ValidationContext } from 'cdk8s-cli/plugins';
import { stringify } from 'yaml';
import { GoldenValidation, type GoldenValidationProps } from '../../src/cli/cdk8s-validation';
import { buildPackage, type GoldenPackage } from './golden-process';

let golden: GoldenPackage;

const chart = (pod: string) => `
const { App, ApiObject, Chart } = require('cdk8s');
const app = new App();
const chart = new Chart(app, 'web', { namespace: 'shop' });
new ApiObject(chart, 'pod', {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'agent' },
  spec: { ${pod} containers: [{ name: 'main', image: 'nginx' }] },
});
app.synth();
`;
const files: Readonly<Record<string, string>> = {
  'bad.js': chart('hostPID: true,'),
  'good.js': chart(''),
  'platform.ts': `
import { Platform } from 'cdk8s-golden-path';
import { bestPractices, Guardrails } from 'cdk8s-golden-path/policy';
export const platform = new Platform({
  domain: 'acme.io',
  topology: { environments: { dev: { clusters: ['a'] }, production: { clusters: ['b'] } } },
  policies: new Guardrails({ packs: [bestPractices], rollout: { '*': 'off', 'latest-tag': { production: 'deny', default: 'audit' } } }),
});
`,
};

beforeAll(() => {
  golden = buildPackage();
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(golden.folder, name), text);
});
afterAll(() => golden.remove());

/** Runs the real `cdk8s synth` with the plugin. */
function synth(app: string, properties?: GoldenValidationProps) {
  const validation = {
    package: './../bin/cdk8s-validation',
    version: '0.0.0',
    class: 'GoldenValidation',
    ...(properties && { properties }),
  };
  const settings = { language: 'typescript', app: `node ${app}`, output: 'dist', validations: [validation] };
  fs.writeFileSync(path.join(golden.folder, 'cdk8s.yaml'), stringify(settings));
  const { status, stdout, stderr } = golden.cdk8sSynth();
  return { status, seen: `${stdout}${stderr}`.replaceAll(/\p{Cc}\[\d*m/gu, '') };
}

test('it is a plugin as cdk8s wants one', () => {
  const plugin: Validation = new GoldenValidation();
  expect(plugin).toHaveProperty('validate');
});

test('a chart that breaks what is denied fails the synthesis, with the rule, the construct, the line and what to do', () => {
  const { status, seen } = synth('bad.js');
  expect(status).toBe(2);
  expect(seen).toMatch(/^host-namespaces \(1 occurrences\)$/m);
  expect(seen).toContain('Construct Path: web/pod');
  expect(seen).toMatch(/> dist\/web\.k8s\.yaml:\d+ spec\.hostPID \(true\) must not be true$/m);
  expect(seen).toContain('How to fix: remove hostNetwork, hostPID and hostIPC');
  expect(seen).toContain('Validation failed');
});

test('what is only reported is shown, and lets the synthesis pass', () => {
  const { status, seen } = synth('good.js');
  expect({ status, seen }).toEqual({
    status: 0,
    seen: expect.stringContaining('latest-tag (warn only) (1 occurrences)'),
  });
  expect(seen).not.toContain('host-namespaces');
});

test('the rules of a platform count, as they do in an environment', () => {
  const { status, seen } = synth('bad.js', { platform: 'platform.ts', environment: 'production' });
  expect(status).toBe(2);
  expect(seen).toMatch(/^latest-tag \(1 occurrences\)$/m);
  expect(seen).not.toContain('host-namespaces');
});

test.each([
  ['a file that is not there', { platform: 'nowhere.ts' }, 'nowhere.ts: there is no such file'],
  ['a property that there is not', { plattform: 'x' }, 'unknown key "plattform" (did you mean "platform"?)'],
])('%s fails, and says why', async (_, properties, message) => {
  const context = new ValidationContext([], 'cdk8s-golden-path', '0.0.0');
  const said: string[] = [];
  context.logger.log = (text) => said.push(text);
  await new GoldenValidation(properties as GoldenValidationProps).validate(context);
  expect(context.report.success).toBe(false);
  expect(said.join('\n')).toContain(message);
});
