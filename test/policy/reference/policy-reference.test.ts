import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { definePolicy } from '../../../src/policy/define-policy';
import { pod, podWith } from '../../../src/policy/example-objects';
import { allPacks } from '../../../src/policy/packs/all-packs';
import { podSecurityBaseline } from '../../../src/policy/packs/pod-security-baseline';
import { podSecurityRestricted } from '../../../src/policy/packs/pod-security-restricted';
import { hardeningGuide } from '../../../src/policy/reference/hardening-guide';
import { podSecurityControls } from '../../../src/policy/reference/pod-security-controls';
import { judgesOf } from '../../../src/policy/reference/rule-facts';
import { changesByHand } from '../../../src/policy/rules/changes-by-hand';
import { containerSize } from '../../../src/policy/rules/container-size';
import { policyReport } from '../../../tools/policies/report';

const reference = policyReport();
const section = (title: string) => new RegExp(`\n### ${title}\n[^]*?\n(?=##)`).exec(reference)?.[0] ?? '';

test('docs/policies.md is what the rules say', () => {
  const written = readFileSync(resolve(__dirname, '../../../docs/policies.md'), 'utf8');
  if (written !== reference) throw new Error('docs/policies.md is stale; run `npm run policies`');
});

test('every control of the Pod Security Standards has a rule in the pack of its profile', () => {
  const controls = (profile: string) => podSecurityControls.filter((control) => control.startsWith(profile));
  const covered = (policies: typeof podSecurityBaseline.policies) =>
    policies.map(({ standards }) => standards?.podSecurity).filter((control) => control !== undefined);
  expect(covered(podSecurityBaseline.policies)).toEqual(expect.arrayContaining(controls('Baseline')));
  expect(covered(podSecurityRestricted.policies)).toEqual(expect.arrayContaining(controls('Restricted')));
});

test('no rule names a control or a recommendation that there is none of', () => {
  const known = [...podSecurityControls, ...hardeningGuide.map(({ name }) => name)];
  const named = allPacks.flatMap(({ policies }) =>
    policies.flatMap(({ standards }) => [standards?.podSecurity, standards?.nsa].filter((name) => name !== undefined)),
  );
  for (const name of named) expect(known).toContain(name);
});

test('nothing of the standards is left open: a rule, what else takes care of it, or why no rule can', () => {
  expect(reference).not.toContain('**none**');
  const rules = allPacks.flatMap(({ policies }) => policies.map(({ standards }) => standards?.nsa));
  for (const { name, otherwise, because } of hardeningGuide)
    expect([name, rules.includes(name) || otherwise !== undefined || because !== undefined]).toEqual([name, true]);
  // What a rule covers needs no excuse.
  for (const { name, because } of hardeningGuide.filter(({ name: each }) => rules.includes(each)))
    expect([name, because]).toEqual([name, undefined]);
});

test('a rule says what it is for, what it takes, its stages and who judges by it', () => {
  expect(section('container-size')).toContain('- To fix: ask for less');
  expect(section('container-size')).toContain(
    '- Parameter `maxCpu`: the most CPU that a container may ask for; default `"8"`.',
  );
  expect(section('container-size')).toContain(
    '- Judged by: synthesis and `golden check`, Kyverno, the API server, Gatekeeper.',
  );
  expect(section('known-owner')).toContain('without it the rule is left out; like');
  expect(section('host-namespaces')).toContain('`deny` in `golden check` of YAML without a platform');
  expect(section('latest-tag')).toContain('`warn` in `golden check` of YAML without a platform');
  expect(section('image-digest')).toContain('not judged in `golden check` of YAML without a platform');
});

test('a rule about requests says that synthesis sees none', () => {
  expect(section('changes-by-hand')).toContain(
    '- Not judged by synthesis and `golden check`: they see no request, so nothing of `request`.',
  );
  expect(judgesOf(changesByHand).filter(({ limit }) => limit !== undefined)).toHaveLength(1);
});

test('a rule about requests names the programs for files that know too little of them', () => {
  const protectedLabels = section('protected-labels');
  expect(protectedLabels).toContain(
    "- Not judged by Kyverno's command line: in an update that it plays, an object replaces itself.",
  );
  expect(protectedLabels).toContain('- Not judged by gator: it plays no updates.');
  expect(section('changes-by-hand')).toContain('- Not judged by gator: nobody can be said to ask.');
  expect(section('changes-by-hand')).not.toContain("Kyverno's command line");
  expect(section('host-namespaces')).not.toContain('Not judged by');
});

describe('what an engine can not evaluate', () => {
  const rule = (holds: string) =>
    definePolicy({
      ...{ id: 'example', title: 'Example', why: 'why', fix: 'fix', severity: 'low', category: 'cost' },
      match: { kinds: 'pods' },
      checks: [{ field: 'spec', holds, says: 'is wrong' }],
      examples: { passes: [pod()], fails: [podWith({})] },
    });
  test.each([
    [
      'a function of Kyverno',
      "image('a/b:1').tag() == '1'",
      [undefined, undefined, /lacks the function image\(\)/, /lacks the function image\(\)/],
    ],
    ['nothing', 'true', [undefined, undefined, undefined, undefined]],
  ])('%s is found by rendering', (_, holds, limits) => {
    const found = judgesOf(rule(holds)).map(({ limit }) => limit);
    expect(found).toEqual(limits.map((limit) => (limit === undefined ? undefined : expect.stringMatching(limit))));
  });

  test('and the minor from which it can is named', () => {
    expect(judgesOf(rule("isSemver('1.2.3')")).map(({ name }) => name)).toContain(
      'the API server from Kubernetes 1.34',
    );
    expect(judgesOf(containerSize).map(({ name }) => name)).toContain('the API server');
  });
});

test('every link leads to a section', () => {
  for (const [, target] of reference.matchAll(/\]\(#([^)]+)\)/g)) expect(reference).toContain(`\n### ${target}\n`);
});
