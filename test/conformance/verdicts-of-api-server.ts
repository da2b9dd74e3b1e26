import { randomUUID } from 'node:crypto';
import type { ApiAnswer, ApiClient, KubeObject } from '../../src/dev/api-client';
import { toYaml } from '../../src/gitops/yaml';
import { compilePolicy } from '../../src/policy/compiled-policy';
import type { PolicyException } from '../../src/policy/policy-exception';
import { apiVersionOf, kindsOf } from '../../src/policy/policy-kinds';
import { validatingAdmissionPolicy } from '../../src/policy/render/kubernetes';
import type { PolicyInForce } from '../../src/policy/rollout';
import { apply } from './apply';
import { inParallel } from './in-parallel';
import type { PolicyEngineUnderTest, PolicyRequest, Verdict } from './policy-verdicts';

/**
 * Rules whose verdicts one answer carries: an API server shortens the warnings of an answer beyond 4096 characters and then drops
 * whole ones, so each group of rules counts in a namespace of its own.
 */
const groupSize = 10;

const groupLabel = 'policy-group';

/** Rules that are asked together. */
interface Group {
  readonly rules: readonly PolicyInForce[];
  /** The namespace in which they count; undefined for rules that look at the namespace, which count in the objects' own. */
  readonly namespace?: string;
}

/** An API server that has every rule as a ValidatingAdmissionPolicy which warns, so that one dry run tells all that are broken. */
export class ApiServerVerdicts implements PolicyEngineUnderTest {
  readonly name = 'API server';
  private groups: readonly Group[] = [];

  constructor(private readonly api: ApiClient) {}

  /** Installs the rules and waits until they count; returns what the server has against them. */
  async install(inForce: readonly PolicyInForce[], exceptions: readonly PolicyException[] = []): Promise<string[]> {
    this.groups = groupsOf(inForce, exceptions);
    const objects: KubeObject[] = [];
    for (const [i, { rules, namespace }] of this.groups.entries()) {
      if (namespace) await this.ensureNamespace(namespace, { [groupLabel]: String(i) });
      for (const rule of rules) objects.push(...boundTo(rule, namespace && String(i), exceptions));
    }
    await this.ensureNamespace('shop');
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

  private async ensureNamespace(name: string, labels?: Record<string, string>): Promise<void> {
    await this.api.ensure({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, ...(labels && { labels }) } });
    // Nothing makes it where no controller runs, and pods are refused without it.
    await this.api.ensure({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } });
  }

  /** Waits until the policy that was applied last is in force. */
  private async untilTheyCount(): Promise<void> {
    const deadline = Date.now() + 30_000;
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: canaryName, namespace: 'shop' } };
    for (;;) {
      const { warnings } = await this.send({ object });
      if (warnings.some((warning) => warning.includes(canaryName))) return;
      if (Date.now() > deadline) throw new Error('policies did not count within 30 s');
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async judge(requests: readonly PolicyRequest[]): Promise<Verdict[]> {
    const own = new Set(requests.flatMap(({ object }) => object.metadata.namespace ?? []));
    for (const namespace of own) await this.ensureNamespace(namespace);
    return inParallel(requests, (request) => this.judgeOne(request));
  }

  private async judgeOne(request: PolicyRequest): Promise<Verdict> {
    const broken = new Set<string>();
    const { object, oldObject } = request;
    let judged: KubeObject | undefined;
    let problem: string | undefined;
    for (const [i, group] of this.groups.entries()) {
      if (judged && !looksAt(group, object)) continue;
      const answer = await this.send({
        object: placed(object, group, i),
        oldObject: oldObject && placed(oldObject, group, i),
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
    return { judged: judged && inOwnNamespace(judged, object), broken: [...broken], problem };
  }

  private async send({ object, oldObject }: PolicyRequest): Promise<ApiAnswer> {
    const { ephemeralContainers, ...spec } = (object.spec ?? {}) as { ephemeralContainers?: unknown[] };
    if (object.kind === 'Pod' && Array.isArray(ephemeralContainers)) {
      // Debugging containers are added to a pod that runs, through a subresource.
      const pod = { ...object, spec };
      return this.update(pod, 'ephemeralcontainers', (live) => ({
        ...live,
        spec: { ...(live.spec as object), ephemeralContainers },
      }));
    }
    if (oldObject) {
      return this.update(oldObject, undefined, (live) => {
        const { uid, resourceVersion } = live.metadata;
        return { ...object, metadata: { ...object.metadata, name: live.metadata.name, uid, resourceVersion } };
      });
    }
    const path = await this.api.collection(object.apiVersion, object.kind, object.metadata.namespace);
    return this.api.ask('POST', path, { query: { dryRun: 'All' }, body: object });
  }

  /** Creates an object for real, asks what an update of it would be told, and deletes it. */
  private async update(
    object: KubeObject,
    subresource: string | undefined,
    change: (live: KubeObject) => KubeObject,
  ): Promise<ApiAnswer> {
    const named = { ...object, metadata: { ...object.metadata, name: `update-${randomUUID()}` } };
    const collection = await this.api.collection(object.apiVersion, object.kind, object.metadata.namespace);
    const created = await this.api.ask('POST', collection, { body: named });
    if (created.status >= 400) return created;
    const path = await this.api.pathOf(named);
    const live = { ...created.body, apiVersion: object.apiVersion, kind: object.kind };
    const answer = await this.api.ask('PUT', subresource ? `${path}/${subresource}` : path, {
      query: { dryRun: 'All' },
      body: change(live),
    });
    await this.api.ask('DELETE', path, { query: { gracePeriodSeconds: '0' } });
    return answer;
  }
}

function groupsOf(inForce: readonly PolicyInForce[], exceptions: readonly PolicyException[]): Group[] {
  const looksAtNamespace = ({ policy }: PolicyInForce) =>
    exceptions.some((exception) => exception.policy === policy.id) ||
    compilePolicy(policy).checks.some(({ expression }) => /metadata\.\??namespace/.test(expression));
  const others = inForce.filter((rule) => !looksAtNamespace(rule));
  const count = Math.ceil(others.length / groupSize);
  return [
    ...Array.from({ length: count }, (_, i) => ({
      rules: others.slice(i * groupSize, (i + 1) * groupSize),
      namespace: `policy-group-${i}`,
    })),
    { rules: inForce.filter(looksAtNamespace) },
  ];
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

function looksAt({ rules }: Group, { apiVersion, kind }: KubeObject): boolean {
  return rules.some(({ policy }) => {
    const kinds = kindsOf(policy.match);
    return kinds === 'all' || kinds.some((each) => each.kind === kind && apiVersionOf(each) === apiVersion);
  });
}

function placed(object: KubeObject, { namespace }: Group, group: number): KubeObject {
  const { metadata } = object;
  if (namespace === undefined) return object;
  if (object.kind === 'Namespace') {
    return { ...object, metadata: { ...metadata, labels: { ...metadata.labels, [groupLabel]: String(group) } } };
  }
  return metadata.namespace === undefined ? object : { ...object, metadata: { ...metadata, namespace } };
}

function inOwnNamespace(judged: KubeObject, { metadata: { namespace } }: KubeObject): KubeObject {
  return namespace === undefined ? judged : { ...judged, metadata: { ...judged.metadata, namespace } };
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
