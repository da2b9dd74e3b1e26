import type { ApiClient, KubeObject } from '../../src/dev/api-client';
import { toYaml } from '../../src/gitops/yaml';
import { validatingAdmissionPolicy } from '../../src/policy/render/kubernetes';
import type { PolicyInForce } from '../../src/policy/rollout';
import { apply } from './apply';
import { inParallel } from './in-parallel';
import type { PolicyEngineUnderTest, Verdict } from './policy-verdicts';

/**
 * Rules whose verdicts one answer carries: an API server shortens the warnings of an answer beyond 4096 characters and then drops
 * whole ones, so each group of rules counts in a namespace of its own.
 */
const groupSize = 10;

const groupLabel = 'policy-group';

/** An API server that has every rule as a ValidatingAdmissionPolicy which warns, so that one dry run tells all that are broken. */
export class ApiServerVerdicts implements PolicyEngineUnderTest {
  readonly name = 'API server';
  private groups = 0;

  constructor(private readonly api: ApiClient) {}

  /** Installs the rules and waits until they count; returns what the server has against them. */
  async install(inForce: readonly PolicyInForce[]): Promise<string[]> {
    this.groups = Math.ceil(inForce.length / groupSize);
    const objects: KubeObject[] = [];
    for (let group = 0; group < this.groups; group++) {
      const name = this.namespace(group);
      await this.api.ensure({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels: { [groupLabel]: String(group) } },
      });
      // Nothing makes it where no controller runs, and pods are refused without it.
      await this.api.ensure({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default', namespace: name },
      });
      for (const rule of inForce.slice(group * groupSize, (group + 1) * groupSize)) {
        const [policy, binding] = validatingAdmissionPolicy({ ...rule, enforcement: 'warn' }, { minor: '1.36' });
        const selector = { matchLabels: { [groupLabel]: String(group) } };
        const spec = { ...binding.spec, matchResources: { namespaceSelector: selector } };
        objects.push(policy as unknown as KubeObject, { ...binding, spec } as unknown as KubeObject);
      }
    }
    const canary = canaryOf(this.groups);
    objects.push(...(canary as unknown as KubeObject[]));
    const manifests = objects.map((object) => ({
      file: `${object.kind} ${object.metadata.name}`,
      bytes: Buffer.from(toYaml(object)),
      object,
    }));
    const applied = await apply(this.api, manifests);
    await this.counts();
    return applied.flatMap(({ problems }) => problems);
  }

  /** Waits until a policy that was applied last is in force for every group. */
  private async counts(): Promise<void> {
    const deadline = Date.now() + 30_000;
    for (let group = 0; group < this.groups; group++) {
      const probe = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: canaryName, namespace: this.namespace(group) },
      };
      for (;;) {
        const { warnings } = await this.send(probe);
        if (warnings.some((warning) => warning.includes(canaryName))) break;
        if (Date.now() > deadline) throw new Error('policies did not count within 30 s');
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  }

  judge(objects: readonly KubeObject[]): Promise<Verdict[]> {
    return inParallel(objects, (object) => this.judgeOne(object), 8);
  }

  private async judgeOne(object: KubeObject): Promise<Verdict> {
    const broken = new Set<string>();
    let judged: KubeObject | undefined;
    let problem: string | undefined;
    for (let group = 0; group < this.groups; group++) {
      const answer = await this.send(this.placed(object, group));
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
      judged: judged && { ...judged, metadata: { ...judged.metadata, ...placeOf(object) } },
      broken: [...broken],
      problem,
    };
  }

  private async send(object: KubeObject) {
    const { ephemeralContainers, ...spec } = (object.spec ?? {}) as { ephemeralContainers?: unknown[] };
    if (object.kind === 'Pod' && Array.isArray(ephemeralContainers)) {
      return this.sendEphemeral({ ...object, spec }, ephemeralContainers);
    }
    const path = await this.api.collection(object.apiVersion, object.kind, object.metadata.namespace);
    return this.api.ask('POST', path, { query: { dryRun: 'All' }, body: object });
  }

  /** Ephemeral containers are added to a pod that runs, through a subresource. */
  private async sendEphemeral(object: KubeObject, ephemeralContainers: readonly unknown[]) {
    const name = `running-${Math.random().toString(36).slice(2, 10)}`;
    const body = { ...object, metadata: { ...object.metadata, name } };
    const path = await this.api.collection('v1', 'Pod', object.metadata.namespace);
    const created = await this.api.ask('POST', path, { body });
    if (created.status >= 400) return created;
    const updated = { ...created.body, spec: { ...created.body.spec, ephemeralContainers } };
    const answer = await this.api.ask('PUT', `${path}/${name}/ephemeralcontainers`, {
      query: { dryRun: 'All' },
      body: updated,
    });
    await this.api.ask('DELETE', `${path}/${name}`, { query: { gracePeriodSeconds: '0' } });
    return answer;
  }

  private placed(object: KubeObject, group: number): KubeObject {
    const { metadata } = object;
    if (object.kind === 'Namespace') {
      return { ...object, metadata: { ...metadata, labels: { ...metadata.labels, [groupLabel]: String(group) } } };
    }
    return metadata.namespace === undefined
      ? object
      : { ...object, metadata: { ...metadata, namespace: this.namespace(group) } };
  }

  private namespace(group: number): string {
    return `policy-group-${group}`;
  }
}

const canaryName = 'policy-canary';

/** The object's own namespace, since rules may look at it. */
function placeOf({ metadata }: KubeObject) {
  return metadata.namespace === undefined ? {} : { namespace: metadata.namespace };
}

/** A policy that warns of one object, to see when policies count. */
function canaryOf(groups: number) {
  return [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: canaryName },
      spec: {
        matchConstraints: {
          resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'], operations: ['CREATE'] }],
        },
        validations: [{ expression: `object.metadata.name != '${canaryName}'` }],
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: canaryName, labels: { groups: String(groups) } },
      spec: { policyName: canaryName, validationActions: ['Warn'] },
    },
  ];
}
