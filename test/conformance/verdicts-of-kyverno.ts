import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient, KubeObject } from '../../src/dev/api-client';
import { untilEnforced } from '../../src/dev/kyverno';
import { evaluatePolicies } from '../../src/policy/evaluate-policies';
import { deployment } from '../../src/policy/example-objects';
import type { PolicyException } from '../../src/policy/policy-exception';
import { kyvernoException, kyvernoPolicy } from '../../src/policy/render/kyverno';
import type { PolicyInForce } from '../../src/policy/rollout';
import { askDryRun, askUpdate, createLive, type LiveObject, objectBefore } from './ask-dry-run';
import { ensureNamespace } from './ensure-namespace';
import { inParallel } from './in-parallel';
import { letEverybodyIn } from './let-everybody-in';
import { byNamespace, groupLabel, groupOf, inOwnNamespace, looksAt, type PolicyGroup, placed } from './policy-groups';
import { administrator, type PolicyEngineUnderTest, type PolicyRequest, type Verdict } from './policy-verdicts';

/** Where no rule counts, so that the API server alone says what an object becomes. */
const unjudged: PolicyGroup = { rules: [], namespace: 'policy-group-none' };

/** Kyverno's admission controller with every rule as a ValidatingPolicy that denies. */
export class KyvernoVerdicts implements PolicyEngineUnderTest {
  readonly name = 'Kyverno';
  private readonly groups: readonly PolicyGroup[];
  /** What updates start from, by request and group. */
  private readonly live = new Map<PolicyRequest, Map<PolicyGroup, LiveObject>>();

  constructor(
    private readonly api: ApiClient,
    private readonly inForce: readonly PolicyInForce[],
    private readonly exceptions: readonly PolicyException[] = [],
  ) {
    this.groups = groupsOf(inForce, exceptions);
  }

  /**
   * Installs the rules and waits until they count. What the requests change is created before: some of it would be denied.
   *
   * @throws ApiError when a policy is refused
   */
  async install(requests: readonly PolicyRequest[]): Promise<void> {
    const own = new Set(['shop', ...requests.flatMap(({ object }) => object.metadata.namespace ?? [])]);
    await letEverybodyIn(this.api);
    for (const namespace of own) await ensureNamespace(this.api, namespace);
    for (const [i, group] of [...this.groups.entries(), ['none', unjudged] as const]) {
      if (group.namespace) await ensureNamespace(this.api, group.namespace, { [groupLabel]: String(i) });
    }
    await inParallel(requests, (request) => this.prepare(request));
    for (const exception of this.exceptions) await this.except(exception);
    for (const [i, group] of this.groups.entries()) {
      for (const rule of group.rules) await this.create(placedPolicy(rule, group, i, this.exceptions));
    }
    const names = this.inForce.map(({ policy }) => policy.id);
    await untilEnforced(this.api, names);
    await this.untilTheyCount();
  }

  /** Waits until the API server, which hears of webhooks a moment later, calls them: for an object that breaks rules of many of them. */
  private async untilTheyCount(): Promise<void> {
    const object = deployment({ hostPID: true, hostNetwork: true }) as unknown as KubeObject;
    const request = { userInfo: administrator };
    const found = evaluatePolicies([{ object, request, path: '' }], this.inForce).map(({ policy }) => policy);
    const deadline = Date.now() + 30_000;
    for (;;) {
      const { broken } = await this.judgeOne({ object });
      if (found.every((id) => broken.includes(id))) return;
      if (Date.now() > deadline) throw new Error(`policies did not count within 30 s, only ${broken.join(', ')}`);
      await sleep(200);
    }
  }

  /** Adds an exception to those that the rules were installed with. */
  except(exception: PolicyException): Promise<void> {
    return this.create(kyvernoException(exception, 'shop'));
  }

  private async create(object: object): Promise<void> {
    const { apiVersion, kind, metadata } = object as KubeObject;
    const path = await this.api.collection(apiVersion, kind, metadata.namespace);
    await this.api.call('POST', path, { body: object, query: { fieldValidation: 'Strict' } });
  }

  private async prepare(request: PolicyRequest): Promise<void> {
    const before = objectBefore(request);
    if (before === undefined) return;
    const byGroup = new Map<PolicyGroup, LiveObject>();
    this.live.set(request, byGroup);
    for (const [i, group] of [...this.groups.entries(), ['none', unjudged] as const]) {
      const live = await createLive(this.api, placed(before, group, i));
      if ('path' in live) byGroup.set(group, live);
    }
  }

  judge(requests: readonly PolicyRequest[]): Promise<Verdict[]> {
    return inParallel(requests, (request) => this.judgeOne(request));
  }

  private async judgeOne(request: PolicyRequest): Promise<Verdict> {
    const { object } = request;
    const plain = await this.ask(request, unjudged, 'none');
    if (plain.status >= 400) return { broken: [], problem: plain.body?.message };
    const judged = inOwnNamespace({ ...plain.body, apiVersion: object.apiVersion, kind: object.kind }, object);
    const broken: string[] = [];
    const problems: string[] = [];
    for (const [i, group] of this.groups.entries()) {
      if (!looksAt(group, object)) continue;
      const { status, body } = await this.ask(request, group, i);
      if (status < 400) continue;
      const message: string = body?.message ?? '';
      const named = [...message.matchAll(/Policy (\S+) (failed|error): /g)];
      if (named.length === 0) problems.push(message);
      for (const [, name, how] of named) {
        broken.push(name);
        if (how === 'error') problems.push(message);
      }
    }
    return { judged, request: request.request ?? { userInfo: administrator }, broken, problem: problems.join() };
  }

  private ask(request: PolicyRequest, group: PolicyGroup, index: number | string) {
    const { object, oldObject, request: asked } = request;
    const live = this.live.get(request)?.get(group);
    const here = {
      object: placed(object, group, index),
      oldObject: oldObject && placed(oldObject, group, index),
      request: asked,
    };
    return live === undefined ? askDryRun(this.api, here) : askUpdate(this.api, here, live);
  }
}

/**
 * Kyverno answers for each of its webhooks, and the API server passes on one refusal. Rules without a condition share a webhook, those
 * with one have a webhook each.
 */
function groupsOf(inForce: readonly PolicyInForce[], exceptions: readonly PolicyException[]): PolicyGroup[] {
  const { others, ofNamespace } = byNamespace(inForce, exceptions);
  const conditional = others.filter(({ policy }) => policy.match.when !== undefined);
  const plain = others.filter((rule) => !conditional.includes(rule));
  return [groupOf(plain, 0), ...conditional.map((rule, i) => groupOf([rule], i + 1)), { rules: ofNamespace }];
}

/** A rule that denies in the namespaces of its group, or in those of no group. */
function placedPolicy(
  rule: PolicyInForce,
  { namespace }: PolicyGroup,
  index: number,
  exceptions: readonly PolicyException[],
): object {
  const policy = kyvernoPolicy({ ...rule, enforcement: 'deny' }, { minor: '1.36', exceptions });
  const expression = namespace
    ? { key: groupLabel, operator: 'In', values: [String(index)] }
    : { key: groupLabel, operator: 'DoesNotExist' };
  const { matchConstraints } = policy.spec;
  const matchExpressions = [...(matchConstraints?.namespaceSelector?.matchExpressions ?? []), expression];
  const constraints = { ...matchConstraints, namespaceSelector: { matchExpressions } };
  return { ...policy, spec: { ...policy.spec, matchConstraints: constraints } };
}
