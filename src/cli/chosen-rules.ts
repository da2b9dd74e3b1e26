import { statSync } from 'node:fs';
import { GoldenError, refuse } from '../platform/golden-error';
import { Platform } from '../platform/platform';
import { oneOf, show, suggestion } from '../platform/rule';
import { defaultGuardrails } from '../policy/default-guardrails';
import type { EvaluateOptions } from '../policy/evaluate-policies';
import type { Guardrails } from '../policy/guardrails';
import { readPolicies } from '../policy/imported/read-policies';
import type { PolicyException } from '../policy/policy-exception';
import type { PolicyInForce } from '../policy/rollout';
import { type KindRegistry, kindsOfCrds } from '../schema/kind-registry';
import { loadPlatform } from './load-platform';

/** How a person says which rules count. */
export interface RuleFlags {
  /** A file with the platform whose rules count. */
  readonly platform?: string;
  /** A folder with Kyverno's policies, which count too. */
  readonly policies?: string;
}

/** The rules that YAML is judged by. */
export interface ChosenRules {
  /** The platform, when one was named. */
  readonly platform?: Platform;
  /** What the rules are, as a summary says it. */
  readonly what: string;
  /** Those that count in an environment. */
  inForce(environment: string): readonly PolicyInForce[];
  /** The exceptions that hold at a time, in milliseconds since 1970; all of them when none is given. */
  exceptionsAt(now?: number): Pick<EvaluateOptions, 'exceptions' | 'imported'>;
  readonly kinds?: KindRegistry;
}

/**
 * The rules that a person names, or those that every cluster should have.
 *
 * @throws GoldenError when the platform or the policies can't be read, or when the platform has no rules.
 */
export async function chosenRules({ platform: file, policies: folder }: RuleFlags): Promise<ChosenRules> {
  const platform = file === undefined ? undefined : await loadPlatform(file);
  const guardrails = platform ? guardrailsOf(platform, file) : folder === undefined ? defaultGuardrails : undefined;
  const kinds = platform && kindsOfCrds(platform.crds);
  if (folder !== undefined && !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    refuse(folder, 'is no folder; give one with policies in YAML');
  const read = folder === undefined ? undefined : readPolicies(folder, kinds);
  const passedOver = (read?.notJudged ?? []).map(({ kind, name }) => `${kind} ${name}`);
  const without = passedOver.length === 0 ? '' : `, without ${passedOver.join(', ')}, which no file can be judged by`;
  return {
    platform,
    what:
      [
        ...(file === undefined ? [] : [`the rules of ${file}`]),
        ...(folder === undefined ? [] : [`the policies of ${folder}${without}`]),
      ].join(' and ') || 'pod-security-baseline (deny), pod-security-restricted and best-practices (warn)',
    inForce: (environment) => [
      ...(guardrails?.inForce(platform ?? Platform.default, environment) ?? []),
      ...(read?.inForce ?? []),
    ],
    exceptionsAt: (now) => {
      const holds = ({ expiresAt }: PolicyException) => now === undefined || !(Date.parse(expiresAt) <= now);
      return {
        exceptions: (guardrails?.exceptions ?? []).filter(holds),
        imported: (read?.exceptions ?? []).filter(({ exception }) => holds(exception)),
      };
    },
    kinds,
  };
}

/**
 * The rules of a platform.
 *
 * @throws GoldenError when it has none.
 */
export function guardrailsOf({ policies }: Platform, path = 'platform'): Guardrails {
  // Also those of another copy of the library.
  const guardrails = policies as Guardrails | undefined;
  if (typeof guardrails?.inForce === 'function') return guardrails;
  throw new GoldenError([{ path, message: 'its platform has no rules; give it policies: new Guardrails({ packs })' }]);
}

/**
 * The one environment whose rules count for YAML that says nothing of environments.
 *
 * @throws GoldenError when it is not clear which.
 */
export function oneEnvironment({ platform }: ChosenRules, named: readonly string[] = []): string {
  const known = Object.keys((platform ?? Platform.default).topology.environments);
  const [environment = known[0], second] = named;
  if (platform && (second !== undefined || (named.length === 0 && known.length > 1)))
    refuse('--environment', `rules differ by environment; name the one that counts: ${oneOf(known)}`);
  if (platform && !known.includes(environment))
    refuse(
      '--environment',
      `environment ${show(environment)} is unknown${suggestion(environment, known)}; use ${oneOf(known)}`,
    );
  return environment;
}
