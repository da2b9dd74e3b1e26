import type { KubernetesMinor } from '../../platform/kubernetes-minor';
import { compilePolicy } from '../compiled-policy';
import type { Parameter, Parameters } from '../parameter';
import type { AnyPolicy } from '../policy';
import type { PolicyPack } from '../policy-pack';
import { type PolicyEngine, requireExpressible } from '../render/engine-functions';
import { hardeningGuide } from './hardening-guide';
import { podSecurityControls } from './pod-security-controls';

const engines: readonly PolicyEngine[] = ['kyverno', 'kubernetes', 'gatekeeper'];

/**
 * The reference of all rules, as Markdown: what each is for, its parameters, which engines carry it out, and how the standards are covered.
 *
 * @param minor the oldest Kubernetes minor that engines run on
 */
export function policyReference(packs: readonly PolicyPack[], minor: KubernetesMinor = '1.30'): string {
  const policies = [...new Map(packs.flatMap((pack) => pack.policies).map((policy) => [policy.id, policy])).values()];
  const sections = [
    '# Policies',
    ...packs.flatMap((pack) => ['', ...packSection(pack)]),
    '',
    '## Rules',
    ...policies.flatMap((policy) => ['', ...ruleSection(policy, minor)]),
    '',
    '## Pod Security Standards',
    '',
    ...coverage('Control', podSecurityControls, policies, ({ standards }) => standards?.podSecurity),
    '',
    '## Kubernetes Hardening Guide',
    '',
    ...coverage(
      'Recommendation',
      hardeningGuide.map(({ name }) => name),
      policies,
      ({ standards }) => standards?.nsa,
      (name) => hardeningGuide.find((each) => each.name === name)?.otherwise,
    ),
    '',
  ];
  return sections.join('\n');
}

function packSection({ id, title, failClosed, policies }: PolicyPack): string[] {
  const while_ = failClosed
    ? 'While the rules cannot be evaluated, objects are refused.'
    : 'While the rules cannot be evaluated, objects are let through.';
  return [
    `## ${title}: \`${id}\``,
    '',
    while_,
    '',
    ...policies.map((policy) => `- [${policy.id}](#${policy.id}): ${policy.title}`),
  ];
}

function ruleSection(policy: AnyPolicy, minor: KubernetesMinor): string[] {
  const { id, title, why, fix, severity, category, standards = {} } = policy;
  const parameters: Parameters = policy.parameters ?? {};
  const covered = [
    standards.podSecurity,
    standards.nsa && `NSA ${standards.nsa}`,
    standards.cis && `CIS ${standards.cis}`,
  ];
  return [
    `### ${id}`,
    '',
    `${title}. ${why}`,
    '',
    `- To fix: ${fix}.`,
    `- Severity: ${severity}; category: ${category}.`,
    ...(covered.some(Boolean) ? [`- Standards: ${covered.filter(Boolean).join('; ')}.`] : []),
    ...Object.entries(parameters).map(([name, parameter]) => `- \`${name}\`: ${parameterText(parameter)}.`),
    `- Carried out by: ${carriers(policy, minor).join(', ')}.`,
  ];
}

function parameterText({ says, default: value, example }: Parameter): string {
  return `${says}; ${value === undefined ? `must be set, like \`${JSON.stringify(example)}\`` : `default \`${JSON.stringify(value)}\``}`;
}

/** Who can judge a rule: engines, and the library itself where a request is not needed. */
function carriers(policy: AnyPolicy, minor: KubernetesMinor): string[] {
  const parameters: Parameters = policy.parameters ?? {};
  const examples = Object.fromEntries(Object.entries(parameters).map(([name, { example }]) => [name, example]));
  const compiled = compilePolicy(policy.with(examples));
  const able = engines.filter((engine) => {
    try {
      requireExpressible(compiled, engine, minor);
      return true;
    } catch {
      return false;
    }
  });
  const inProcess =
    compiled.needs.length === 0 ? 'synthesis' : `synthesis when ${compiled.needs.join(' and ')} is known`;
  return [inProcess, ...able];
}

function coverage(
  head: string,
  names: readonly string[],
  policies: readonly AnyPolicy[],
  standardOf: (policy: AnyPolicy) => string | undefined,
  otherwise: (name: string) => string | undefined = () => undefined,
): string[] {
  const rows = names.map((name) => {
    const rules = policies.filter((policy) => standardOf(policy) === name).map(({ id }) => `[${id}](#${id})`);
    return `| ${name} | ${rules.length > 0 ? rules.join(', ') : (otherwise(name) ?? 'not covered')} |`;
  });
  return [`| ${head} | Rule |`, '| --- | --- |', ...rows];
}
