import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { environmentOf } from '../platform/environment';
import { environmentLabels } from '../platform/labels';
import { ownershipOf } from '../platform/ownership';
import { Platform } from '../platform/platform';
import { check, oneOf, show } from '../platform/rule';
import type { Guardrails } from './guardrails';
import { controllerRoles } from './kyverno/controller-roles';
import type { KyvernoRule } from './kyverno/kyverno-rule';
import { kyvernoRule } from './kyverno/render-kyverno-rule';
import { gatekeeperPolicy } from './render/gatekeeper';
import { validatingAdmissionPolicy } from './render/kubernetes';
import { kyvernoException, kyvernoPolicy } from './render/kyverno';
import type { RenderOptions } from './render/rendered-policy';
import type { PolicyInForce } from './rollout';

const engines = ['kyverno', 'kubernetes', 'gatekeeper'] as const;

/** What a {@link PolicyBundle} is made from. */
export interface PolicyBundleProps {
  /**
   * What enforces the rules in the cluster: Kyverno, the API server itself, or Gatekeeper with its CEL engine.
   * @default 'kyverno'
   */
  readonly engine?: (typeof engines)[number];
  /**
   * The rules.
   * @default - the platform's `policies`
   */
  readonly guardrails?: Guardrails;
  /**
   * Rules that change, make or delete objects, or verify images: `[defaultDeny, finishedJobs]`. Only Kyverno carries them out.
   * @default - none
   */
  readonly kyvernoRules?: readonly KyvernoRule[];
}

/**
 * The rules of the platform as objects of a cluster: each as its stage in the environment says. It belongs to the platform's own
 * app, once per cluster.
 *
 * ```ts
 * new PolicyBundle(env, 'policies', { engine: 'kyverno' });
 * ```
 */
export class PolicyBundle extends Construct {
  /** The objects of each rule, by its id. */
  readonly policies: Readonly<Record<string, readonly ApiObject[]>>;

  /** @throws GoldenError when there are no rules, or the engine cannot express one, with its name. */
  constructor(scope: Construct, id: string, props: PolicyBundleProps = {}) {
    super(scope, id);
    const platform = Platform.of(this);
    const environment = environmentOf(this);
    const { engine = 'kyverno', guardrails = platform.policies, kyvernoRules = [] } = props;
    check(this, props, [
      () => (engines.includes(engine) ? undefined : `engine ${show(engine)} is unknown; use ${oneOf(engines)}`),
      () =>
        isGuardrails(guardrails)
          ? undefined
          : 'there are no rules; give the platform policies: new Guardrails({ packs })',
      () =>
        engine === 'kyverno' || kyvernoRules.length === 0
          ? undefined
          : `only Kyverno carries out ${kyvernoRules.map(({ id }) => show(id)).join(', ')}; leave kyvernoRules out, or use the engine "kyverno"`,
      () => twinProblem(kyvernoRules),
    ]);
    const rules = guardrails as Guardrails;
    const labels = environmentLabels(platform, environment.name, ownershipOf(this));
    const options: RenderOptions = { minor: environment.kubernetes, exceptions: rules.exceptions };
    const add = (name: string, manifest: object) => this.add(name, manifest, labels);
    this.policies = Object.fromEntries(
      rules
        .inForce(platform, environment.name)
        .map((rule) => [
          rule.policy.id,
          manifests(rule, engine, options).map((m, i) => add(`${rule.policy.id}-${i}`, m)),
        ]),
    );
    if (engine === 'kyverno') {
      for (const [i, exception] of rules.exceptions.entries())
        add(`exception-${i}`, kyvernoException(exception, 'kyverno'));
    }
    for (const rule of kyvernoRules) add(`kyverno-${rule.id}`, kyvernoRule(rule));
    for (const role of controllerRoles(kyvernoRules)) add(String(role.metadata?.name), role);
  }

  private add(id: string, manifest: object, labels: Readonly<Record<string, string>>): ApiObject {
    const { metadata, ...rest } = manifest as { apiVersion: string; kind: string; metadata: { labels?: object } };
    return new ApiObject(this, id, { ...rest, metadata: { ...metadata, labels: { ...labels, ...metadata.labels } } });
  }
}

function manifests(rule: PolicyInForce, engine: (typeof engines)[number], options: RenderOptions): readonly object[] {
  if (engine === 'kubernetes') return validatingAdmissionPolicy(rule, options);
  return engine === 'gatekeeper' ? gatekeeperPolicy(rule, options) : [kyvernoPolicy(rule, options)];
}

function twinProblem(rules: readonly KyvernoRule[]): string | undefined {
  const ids = rules.map(({ id }) => id);
  const twin = ids.find((id, i) => ids.indexOf(id) !== i);
  return twin === undefined ? undefined : `two of kyvernoRules have the id ${show(twin)}; leave one out`;
}

/** Also those of another copy of the library. */
function isGuardrails(rules: unknown): rules is Guardrails {
  return typeof (rules as Partial<Guardrails> | undefined)?.inForce === 'function';
}
