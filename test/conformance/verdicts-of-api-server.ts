import type { ApiClient, KubeObject } from '../../src/dev/api-client';
import { toYaml } from '../../src/gitops/yaml';
import type { PolicyException } from '../../src/policy/policy-exception';
import { validatingAdmissionPolicy } from '../../src/policy/render/kubernetes';
import type { PolicyInForce } from '../../src/policy/rollout';
import { apply } from './apply';
import { askDryRun } from './ask-dry-run';
import { ensureNamespace } from './ensure-namespace';
import { inParallel } from './in-parallel';
import { letEverybodyIn } from './let-everybody-in';
import { byNamespace, groupLabel, groupOf, inOwnNamespace, looksAt, type PolicyGroup, placed } from './policy-groups';
import { administrator, type PolicyEngineUnderTest, type PolicyRequest, type Verdict } from './policy-verdicts';

/**
 * Rules whose verdicts one answer carries: an API server shortens the warnings of an answer beyond 4096 characters and then drops
 * whole ones, so each group of rules counts in a namespace of its own.
 */
const groupSize = 10;

/** An API server that has every rule as a ValidatingAdmissionPolicy which warns, so that one dry run tells all that are broken. */
export class ApiServerVerdicts implements PolicyEngineUnderTest {
  readonly name = 'API server';
  private groups: readonly PolicyGroup[] = [];

  constructor(private readonly api: ApiClient) {}

  /** Installs the rules and waits until they count; returns what the server has against them. */
  async install(inForce: readonly PolicyInForce[], exceptions: readonly PolicyException[] = []): Promise<string[]> {
    this.groups = groupsOf(inForce, exceptions);
    const objects: KubeObject[] = [];
    for (const [i, { rules, namespace }] of this.groups.entries()) {
      if (namespace) await ensureNamespace(this.api, namespace, { [groupLabel]: String(i) });
      for (const rule of rules) objects.push(...boundTo(rule, namespace && String(i), exceptions));
    }
    await ensureNamespace(this.api, 'shop');
    await letEverybodyIn(this.api);
    objects.push(...canary());
    const manifests = objects.map((object) => ({
      file: `${object.kind} ${object.metadata.name}`,
      bytes: Buffer.from(toYaml(object)),
      object,
    }));
    const applied = await apply(this.api, manifests);
    await this.untilTheyCount();
    return applied.flatMap(({ problems }) => problems);
  }

  /** Waits until the policy that was applied last is in force. */
  private async untilTheyCount(): Promise<void> {
    const deadline = Date.now() + 30_000;
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: canaryName, namespace: 'shop' } };
    for (;;) {
      const { warnings } = await askDryRun(this.api, { object });
      if (warnings.some((warning) => warning.includes(canaryName))) return;
      if (Date.now() > deadline) throw new Error('policies did not count within 30 s');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async judge(requests: readonly PolicyRequest[]): Promise<Verdict[]> {
    const own = new Set(requests.flatMap(({ object }) => object.metadata.namespace ?? []));
    for (const namespace of own) await ensureNamespace(this.api, namespace);
    return inParallel(requests, (request) => this.judgeOne(request));
  }

  private async judgeOne(request: PolicyRequest): Promise<Verdict> {
    const broken = new Set<string>();
    const { object, oldObject } = request;
    let judged: KubeObject | undefined;
    let problem: string | undefined;
    for (const [i, group] of this.groups.entries()) {
      if (judged && !looksAt(group, object)) continue;
      const answer = await askDryRun(this.api, {
        object: placed(object, group, i),
        oldObject: oldObject && placed(oldObject, group, i),
        request: request.request,
      });
      if (answer.status >= 400) return { broken: [], problem: answer.body?.message };
      judged = { ...answer.body, apiVersion: object.apiVersion, kind: object.kind };
      for (const warning of answer.warnings) {
        const name = /ValidatingAdmissionPolicy '([^']+)'/.exec(warning)?.[1];
        if (!name) continue;
        broken.add(name);
        if (/resulted in error|failed expression/.test(warning)) problem = warning;
      }
    }
    return {
      judged: judged && inOwnNamespace(judged, object),
      request: request.request ?? { userInfo: administrator },
      broken: [...broken],
      problem,
    };
  }
}

function groupsOf(inForce: readonly PolicyInForce[], exceptions: readonly PolicyException[]): PolicyGroup[] {
  const { others, ofNamespace } = byNamespace(inForce, exceptions);
  const portions = Array.from({ length: Math.ceil(others.length / groupSize) }, (_, i) =>
    others.slice(i * groupSize, (i + 1) * groupSize),
  );
  return [...portions.map((rules, i) => groupOf(rules, i)), { rules: ofNamespace }];
}

/** A rule that warns in the namespaces of its group, or in those of no group. */
function boundTo(rule: PolicyInForce, group: string | undefined, exceptions: readonly PolicyException[]): KubeObject[] {
  const [policy, binding] = validatingAdmissionPolicy({ ...rule, enforcement: 'warn' }, { minor: '1.36', exceptions });
  const namespaceSelector = group
    ? { matchLabels: { [groupLabel]: group } }
    : { matchExpressions: [{ key: groupLabel, operator: 'DoesNotExist' }] };
  const spec = { ...binding.spec, matchResources: { namespaceSelector } };
  return [policy, { ...binding, spec }] as unknown as KubeObject[];
}

const canaryName = 'policy-canary';

/** A policy that warns of one object, to see when policies count. */
function canary(): KubeObject[] {
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const metadata = { name: canaryName };
  const resourceRules = [{ apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'], operations: ['CREATE'] }];
  const validations = [{ expression: `object.metadata.name != '${canaryName}'` }];
  return [
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicy',
      metadata,
      spec: { matchConstraints: { resourceRules }, validations },
    },
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata,
      spec: { policyName: canaryName, validationActions: ['Warn'] },
    },
  ];
}
