import type { ApiClient, KubeObject } from '../../src/dev/api-client';
import { probes, refusedPatterns } from '../cel/probes';
import { inParallel } from './in-parallel';
import type { Report } from './report';

const apiVersion = 'admissionregistration.k8s.io/v1';

/** Warnings of one answer beyond these are dropped. */
const groupSize = 8;

/** Expressions mean to a real API server what they mean in process, and it refuses the same patterns. */
export async function checkCel(report: Report, api: ApiClient): Promise<void> {
  const namespace = 'cel-probes';
  await api.ensure({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await report.check('policies: expressions mean the same in process and on an API server', async () => {
    const problems: string[] = [];
    const groups = Array.from({ length: Math.ceil(probes.length / groupSize) }, (_, i) => i);
    // The last expression of a group is false, so that its warning tells when the group counts.
    const canary = "object.metadata.name == 'none'";
    for (const group of groups) {
      const expressions = [...probes.slice(group * groupSize, (group + 1) * groupSize), canary];
      problems.push(...(await install(api, `cel-probes-${group}`, expressions)));
    }
    for (const group of problems.length > 0 ? [] : groups) {
      const warnings = await warningsOf(api, namespace, `cel-probes-${group}`);
      for (const warning of warnings) {
        const index = Number(/probe (\d+)/.exec(warning)?.[1] ?? -1);
        const probe = probes[group * groupSize + index];
        const isCanary = index === Math.min(groupSize, probes.length - group * groupSize);
        if (!isCanary) problems.push(`not true on an API server: ${probe ?? ''}: ${warning}`);
      }
    }
    return { counted: `${probes.length} expressions`, problems };
  });
  await report.check('policies: an API server refuses the patterns that are refused in process', async () => {
    const answers = await inParallel(refusedPatterns, async (pattern) => {
      const literal = JSON.stringify(pattern);
      const problems = await install(api, 'cel-refused', [`object.metadata.name.matches(${literal})`], true);
      return problems.length > 0 ? [] : [`${pattern} is taken`];
    });
    return { counted: `${refusedPatterns.length} patterns`, problems: answers.flat() };
  });
}

/** Installs expressions as a policy that warns of those that are not true; returns what the server has against them. */
async function install(
  api: ApiClient,
  name: string,
  expressions: readonly string[],
  dryRun = false,
): Promise<string[]> {
  const resourceRules = [{ apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'], operations: ['CREATE'] }];
  const validations = expressions.map((expression, i) => ({ expression, message: `probe ${i}` }));
  const matchConditions = [{ name: 'own', expression: `object.metadata.name == '${name}'` }];
  const policy: KubeObject = {
    apiVersion,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: { matchConstraints: { resourceRules }, matchConditions, validations },
  };
  const query = dryRun ? { dryRun: 'All' } : undefined;
  const answer = await api.ask('POST', await api.collection(apiVersion, policy.kind), { body: policy, query });
  if (answer.status >= 400) return [answer.body?.message ?? String(answer.status)];
  if (dryRun) return [];
  await api.ensure({
    apiVersion,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: name, validationActions: ['Warn'] },
  });
  return [];
}

/** What the server says of the object that a policy looks at, once the policy counts. */
async function warningsOf(api: ApiClient, namespace: string, name: string): Promise<readonly string[]> {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } };
  const path = await api.collection('v1', 'ConfigMap', namespace);
  const deadline = Date.now() + 30_000;
  for (;;) {
    const { warnings } = await api.ask('POST', path, { query: { dryRun: 'All' }, body: object });
    if (warnings.length > 0) return warnings;
    if (Date.now() > deadline) throw new Error(`${name} did not count within 30 s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
