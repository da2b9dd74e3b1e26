import { dirname, resolve } from 'node:path';
import {
  bestPractices,
  Guardrails,
  networkSafety,
  ownership,
  podSecurityRestricted,
  supplyChain,
} from 'cdk8s-golden-path/policy';
import { acme } from '../../examples/platform';
import { type Run, withRun } from '../../src/app/run';
import { evaluatePolicies } from '../../src/policy/evaluate-policies';

const examples = ['orders', 'payments', 'platform'];
const run: Run = { apps: [] };

beforeAll(async () => {
  const home = process.cwd();
  for (const example of examples) {
    const file = resolve(__dirname, `../../examples/${example}/app.ts`);
    // Lock files are looked for where the app is.
    process.chdir(dirname(file));
    await withRun(run, () => import(file));
  }
  process.chdir(home);
});

test.each([
  ['podSecurityRestricted', podSecurityRestricted],
  ['bestPractices', bestPractices],
  ['ownership', ownership],
  ['networkSafety', networkSafety],
  ['supplyChain', supplyChain],
])('the examples keep every rule of %s, with no exception', (_, pack) => {
  const guardrails = new Guardrails({ packs: [pack], rollout: { '*': 'deny' } });
  const findings = run.apps.flatMap(({ synthesis: { objects } }) =>
    objects.flatMap(({ object, path, environment }) =>
      evaluatePolicies([{ object, path }], guardrails.inForce(acme, environment.name)),
    ),
  );
  expect(findings.map(({ policy, path, field }) => `${policy}: ${path} ${field}`)).toEqual([]);
  expect(guardrails.leftOut(acme)).toEqual([]);
});

test('and their platform gives none, and refuses what breaks its rules', () => {
  const guardrails = acme.policies as Guardrails;
  expect(guardrails.exceptions).toEqual([]);
  for (const environment of Object.keys(acme.topology.environments))
    for (const { enforcement } of guardrails.inForce(acme, environment)) expect(enforcement).toBe('deny');
  expect(run.apps.map(({ app }) => app.name)).toEqual(examples);
});
