import { GoldenError } from '../../platform/golden-error';
import { type KubernetesMinor, kubernetesMinors } from '../../platform/kubernetes-minor';
import { oneOf } from '../../platform/rule';
import { compilePolicy } from '../compiled-policy';
import type { Parameter, Parameters } from '../parameter';
import type { AnyPolicy } from '../policy';
import { gatekeeperPolicy } from '../render/gatekeeper';
import { validatingAdmissionPolicy } from '../render/kubernetes';
import { kyvernoPolicy } from '../render/kyverno';
import type { PolicyInForce } from '../rollout';

/** Somebody who judges by a rule, and what stands in the way of it. */
export interface Judge {
  /** As people call it: `Kyverno`. */
  readonly name: string;
  /** Why it can't judge; undefined when it can. */
  readonly limit?: string;
}

const renderers = {
  Kyverno: kyvernoPolicy,
  'the API server': validatingAdmissionPolicy,
  Gatekeeper: gatekeeperPolicy,
} as const;

/** Who judges by a rule, found by rendering it: the library itself, and each engine on the oldest minor on which it can. */
export function judgesOf(policy: AnyPolicy): Judge[] {
  const rule = withExampleValues(policy);
  const { needs } = compilePolicy(rule);
  const unknown = `they see no request, so nothing of ${oneOf(needs.map((name) => `\`${name}\``))}`;
  const inProcess: Judge = { name: 'synthesis and `golden check`', ...(needs.length > 0 && { limit: unknown }) };
  const inForce: PolicyInForce = { policy: rule, enforcement: 'deny', failClosed: true, excludedNamespaces: [] };
  return [
    inProcess,
    ...Object.entries(renderers).map(([name, render]) => engine(name, (minor) => render(inForce, { minor }))),
  ];
}

function engine(name: string, render: (minor: KubernetesMinor) => unknown): Judge {
  const [oldest] = kubernetesMinors;
  const limit = (minor: KubernetesMinor) => {
    try {
      render(minor);
      return undefined;
    } catch (error) {
      if (!(error instanceof GoldenError)) throw error;
      return error.problems[0].message;
    }
  };
  const first = kubernetesMinors.find((minor) => limit(minor) === undefined);
  if (first === oldest) return { name };
  return first === undefined ? { name, limit: limit(oldest) } : { name: `${name} from Kubernetes ${first}` };
}

/** A rule whose parameters are all set, to what their examples are judged with. */
export function withExampleValues(policy: AnyPolicy): AnyPolicy {
  const parameters: Parameters = policy.parameters ?? {};
  return policy.with(Object.fromEntries(Object.entries(parameters).map(([name, { example }]) => [name, example])));
}

/** What a parameter means and what it is when nobody sets it, read after its name. */
export function parameterText({ says, default: value, example }: Parameter): string {
  const written =
    value === undefined
      ? `without it the rule is left out; like \`${JSON.stringify(example)}\``
      : `default \`${JSON.stringify(value)}\``;
  return `${says}; ${written}`;
}

/** Where a rule comes from. */
export function standardsOf({ standards = {} }: AnyPolicy): string[] {
  const { podSecurity, nsa, cis } = standards;
  return [
    podSecurity && `Pod Security Standards, ${podSecurity}`,
    nsa && `NSA and CISA, ${nsa}`,
    cis && `CIS ${cis}`,
  ].filter((each) => each !== undefined);
}

/** What a rule looks at, in words. */
export function subjectText({ match: { kinds, namespaces, operations } }: AnyPolicy): string {
  const what =
    kinds === 'pods'
      ? 'pods, and what makes them'
      : kinds === 'all'
        ? 'objects of every kind'
        : kinds.map((kind) => kind.split('/').slice(-1)[0]).join(', ');
  const where = namespaces ? ` in ${oneOf(namespaces)}` : '';
  return `${what}${where}${operations ? `, at ${operations.map((each) => each.toLowerCase()).join(' and ')}` : ''}`;
}
