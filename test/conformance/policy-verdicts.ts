import type { KubeObject, User } from '../../src/dev/api-client';
import { evaluatePolicies } from '../../src/policy/evaluate-policies';
import type { PolicyException } from '../../src/policy/policy-exception';
import type { PolicyInForce } from '../../src/policy/rollout';
import type { Finding } from './report';

/** An object to judge, and the one that it replaces when it is an update. */
export interface PolicyRequest {
  readonly object: KubeObject;
  readonly oldObject?: KubeObject;
  /** Who asks, and what else the API server knows; an administrator when it is not said. */
  readonly request?: { readonly userInfo: User };
}

/** The user that engines see where a request names none: the one that the control planes here start with. */
export const administrator: User = { username: 'admin', groups: ['system:masters', 'system:authenticated'] };

/** What an engine says of one object. */
export interface Verdict {
  /** The object as the engine judged it, with defaults; undefined when it was not judged at all. */
  readonly judged?: KubeObject;
  /**
   * What the engine knows of the request.
   * @default - nothing, so that rules that ask for it are not judged
   */
  readonly request?: PolicyRequest['request'];
  /** Ids of the rules that it breaks. */
  readonly broken: readonly string[];
  /** Why it was not judged, or what failed while it was. */
  readonly problem?: string;
}

/** Something that judges objects by rules in force. */
export interface PolicyEngineUnderTest {
  readonly name: string;
  /** A verdict for each object, in their order. */
  judge(requests: readonly PolicyRequest[]): Promise<Verdict[]>;
}

/** What was compared. */
export interface Comparison {
  /** The objects as the engine judged them, each as a request to create it. */
  readonly judged: readonly PolicyRequest[];
  /** What the engine did not judge, because it is no valid object. */
  readonly skipped: readonly PolicyRequest[];
  /** How many objects broke a rule, by its id. */
  readonly broken: ReadonlyMap<string, number>;
  /** Differences, each with the rule and the object. */
  readonly problems: readonly string[];
}

/**
 * Compares an engine's verdicts with those in process: of the object as the engine judged it, and of the object as it was written, since at synthesis
 * nothing has been defaulted. An object that the engine does not judge, because it is no valid one, is left out.
 */
export async function compareVerdicts(
  engine: PolicyEngineUnderTest,
  requests: readonly PolicyRequest[],
  inForce: readonly PolicyInForce[],
  exceptions: readonly PolicyException[] = [],
): Promise<Comparison> {
  const verdicts = await engine.judge(requests);
  const broken = new Map<string, number>();
  const problems: string[] = [];
  const judged: PolicyRequest[] = [];
  const skipped: PolicyRequest[] = [];
  verdicts.forEach((verdict, i) => {
    const { object: written, oldObject } = requests[i];
    if (verdict.judged === undefined) {
      skipped.push(requests[i]);
      return;
    }
    judged.push({ object: verdict.judged, request: requests[i].request });
    if (verdict.problem) problems.push(`${engine.name}: ${verdict.problem}: ${JSON.stringify(written)}`);
    for (const id of verdict.broken) broken.set(id, (broken.get(id) ?? 0) + 1);
    const { request } = verdict;
    const theirs = new Set(verdict.broken);
    for (const [what, object] of [
      ['as defaulted', verdict.judged],
      ['as written', written],
    ] as const) {
      const findings = evaluatePolicies([{ object, oldObject, request, path: '' }], inForce, { exceptions });
      const ours = new Set(findings.filter(({ exception }) => !exception).map(({ policy }) => policy));
      const differing = [...new Set([...ours, ...theirs])].filter((id) => ours.has(id) !== theirs.has(id));
      for (const id of differing) {
        const who = ours.has(id) ? `in process only (${what})` : `${engine.name} only (in process ${what})`;
        problems.push(`${id}: found by ${who}: ${JSON.stringify(object)}`);
      }
    }
  });
  return { judged, skipped, broken, problems };
}

/** What a comparison comes to; too few objects prove nothing, nor does a rule of `shown` that no object breaks. */
export function findingOf(
  { judged, skipped, broken, problems }: Comparison,
  least: number,
  shown: readonly PolicyInForce[] = [],
): Finding {
  const count = judged.length;
  const enough = count >= least ? [] : [`only ${count} objects were judged, ${skipped.length} were no valid objects`];
  const unseen = shown
    .filter(({ policy }) => !broken.has(policy.id))
    .map(({ policy }) => `no object breaks ${policy.id}`);
  return {
    counted: `${count} objects, ${skipped.length} not valid, ${broken.size} rules broken`,
    problems: [...enough, ...unseen, ...problems],
  };
}
