import { allPacks } from '../../../src/policy/packs/all-packs';
import { podSecurityBaseline } from '../../../src/policy/packs/pod-security-baseline';
import { podSecurityRestricted } from '../../../src/policy/packs/pod-security-restricted';
import { hardeningGuide } from '../../../src/policy/reference/hardening-guide';
import { podSecurityControls } from '../../../src/policy/reference/pod-security-controls';
import { policyReference } from '../../../src/policy/reference/policy-reference';

const reference = policyReference(allPacks);

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

test('nothing of the standards is left open', () => {
  expect(reference).not.toContain('not covered');
});

test('a rule says what it is for, what it takes and who carries it out', () => {
  const section = reference.slice(reference.indexOf('### container-size'), reference.indexOf('### replica-ceiling'));
  expect(section).toContain('- To fix: ask for less');
  expect(section).toContain('- `maxCpu`: the most CPU that a container may ask for; default `"8"`.');
  expect(section).toContain('- Carried out by: synthesis, kyverno, kubernetes, gatekeeper.');
});

test('a rule about requests says that synthesis needs one', () => {
  const section = reference.slice(reference.indexOf('### changes-by-hand'));
  expect(section).toContain('synthesis when request is known');
});

test('every link leads to a section', () => {
  for (const [, target] of reference.matchAll(/\]\(#([^)]+)\)/g)) expect(reference).toContain(`\n### ${target}\n`);
});
