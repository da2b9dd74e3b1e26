import { type Duration, durationProblem, toMilliseconds } from '../platform/duration';
import { GoldenError, type Problem } from '../platform/golden-error';
import type { JudgedPlace, JudgedPlatform, Judgement, ObjectJudge } from '../platform/object-judge';
import type { PlacedObject } from '../platform/placed-object';
import { show } from '../platform/rule';
import { type KindRegistry, kindsOfCrds } from '../schema/kind-registry';
import { PolicyEvaluator } from './evaluate-policies';
import type { Finding } from './finding';
import { type ConfiguredPacks, configurePacks, type ParameterValues } from './platform-packs';
import { exceptionProblems, type PolicyException } from './policy-exception';
import type { PolicyPack } from './policy-pack';
import {
  type PolicyInForce,
  policiesInForce,
  type Rollout,
  rolloutProblems,
  type StagedPolicy,
  stagedPolicies,
} from './rollout';

/** What {@link Guardrails} are made from. */
export interface GuardrailsProps {
  /** Packs of rules. */
  readonly packs: readonly PolicyPack[];
  /**
   * How far each rule is rolled out, per environment.
   * @default - every rule is in `audit`: reported, and nothing refused
   */
  readonly rollout?: Rollout;
  /**
   * Values of the rules' parameters, beside what the platform knows.
   * @default - what the platform knows: registries, domain, owners, cost centres, regions
   */
  readonly parameters?: ParameterValues;
  /**
   * Objects that may break a rule for a while, such as those of a file, by {@link exceptionsFrom}.
   * @default - none
   */
  readonly exceptions?: readonly PolicyException[];
  /**
   * The longest time that an exception may be given for, held against the clock by `golden exceptions add` and `golden check --now`.
   * @default - any time that has an end
   */
  readonly longestException?: Duration;
}

/** The rules of one platform, ready to judge. */
interface Configured {
  readonly packs: ConfiguredPacks;
  readonly kinds?: KindRegistry;
  readonly evaluators: Map<string, PolicyEvaluator>;
}

/**
 * Rules that everything rendered is held against, by the same expressions that a cluster evaluates. What is in `deny` stands in
 * the way; the rest is reported.
 *
 * ```ts
 * new Platform({ domain: 'acme.io', policies: new Guardrails({ packs: [podSecurityRestricted], rollout: { '*': 'deny' } }) });
 * ```
 */
export class Guardrails implements ObjectJudge {
  private readonly platforms = new WeakMap<JudgedPlatform, Configured>();

  constructor(private readonly props: GuardrailsProps) {}

  /** Objects that may break a rule for a while. */
  get exceptions(): readonly PolicyException[] {
    return this.props.exceptions ?? [];
  }

  /** The longest time that an exception may be given for, in milliseconds; undefined when any may. */
  get longestException(): number | undefined {
    return toMilliseconds(this.props.longestException);
  }

  /**
   * The rules that count in an environment.
   *
   * @throws GoldenError when roll-out, parameters or exceptions name what does not exist.
   */
  inForce(platform: JudgedPlatform, environment: string): PolicyInForce[] {
    return policiesInForce(this.configured(platform).packs.packs, this.props.rollout ?? {}, environment);
  }

  /**
   * Every rule with its stage in an environment, those that are off too.
   *
   * @throws GoldenError as {@link inForce} does.
   */
  stages(platform: JudgedPlatform, environment: string): StagedPolicy[] {
    return stagedPolicies(this.configured(platform).packs.packs, this.props.rollout ?? {}, environment);
  }

  /** The packs, each rule with the parameters that the platform sets. */
  packs(platform: JudgedPlatform): readonly PolicyPack[] {
    return this.configured(platform).packs.packs;
  }

  /** Rules that were left out because nobody says what they need, each with the parameters that are missing. */
  leftOut(platform: JudgedPlatform): ConfiguredPacks['leftOut'] {
    return this.configured(platform).packs.leftOut;
  }

  /** What the rules find in objects, each under the construct that made it. */
  judge({ platform, environment }: JudgedPlace, objects: readonly PlacedObject[]): Judgement {
    const configured = this.configured(platform);
    let evaluator = configured.evaluators.get(environment);
    if (!evaluator) {
      const { exceptions } = this;
      evaluator = new PolicyEvaluator(this.inForce(platform, environment), { exceptions, kinds: configured.kinds });
      configured.evaluators.set(environment, evaluator);
    }
    const problems: Problem[] = [];
    const warnings: Problem[] = [];
    for (const object of objects) {
      for (const finding of evaluator.evaluate(object)) {
        if (finding.exception) continue;
        const { path, enforcement } = finding;
        (enforcement === 'deny' ? problems : warnings).push({ path, message: sentence(finding), finding });
      }
    }
    return { problems, warnings };
  }

  private configured(platform: JudgedPlatform): Configured {
    const known = this.platforms.get(platform);
    if (known) return known;
    const { packs, rollout = {}, parameters, longestException } = this.props;
    const problems = [
      ...rolloutProblems(packs, rollout, Object.keys(platform.topology.environments)),
      ...exceptionProblems(
        this.exceptions,
        packs.flatMap(({ policies }) => policies.map(({ id }) => id)),
      ),
      ...(longestException === undefined
        ? []
        : [durationProblem('longestException', longestException, 1)].filter((each) => each !== undefined)),
    ];
    if (problems.length > 0) throw new GoldenError(problems.map((message) => ({ path: 'policies', message })));
    const configured: Configured = {
      packs: configurePacks(packs, platform, parameters),
      kinds: kindsOfCrds(platform.crds),
      evaluators: new Map(),
    };
    this.platforms.set(platform, configured);
    return configured;
  }
}

/** A finding as a person reads it: what, which rule, why, and what to do. */
function sentence({ policy, enforcement, object, field, value, says, why, fix }: Finding): string {
  const found = value === undefined ? '' : ` (${show(value)})`;
  const stage = enforcement === 'deny' ? '' : `, ${enforcement} only`;
  return `${object}: ${field}${found} ${says}; ${fix} (${policy}${stage}: ${why})`;
}
