import type { Construct } from 'constructs';
import { ClusterRole, type ObjectMeta } from '../../imports/kubernetes';
import { isRecord, show } from '../platform/rule';
import type { ApiResources } from './rendered-kinds';
import { readVerbs, rules, writeVerbs } from './roles';

/** Brings the platform's own APIs into the built-in roles `view`, `edit` and `admin`, which know none of them. */
export function aggregatedRoles(
  scope: Construct,
  apis: readonly ApiResources[],
  metadata: (name: string) => ObjectMeta,
): { readonly view: ClusterRole; readonly edit: ClusterRole } | undefined {
  if (apis.length === 0) return undefined;
  const role = (to: 'view' | 'edit', verbs: readonly string[]) => {
    const own = metadata(`platform-apis-${to}`);
    return new ClusterRole(scope, `platform-apis-${to}`, {
      metadata: { ...own, labels: { ...own.labels, [`rbac.authorization.k8s.io/aggregate-to-${to}`]: 'true' } },
      rules: rules(apis, verbs),
    });
  };
  return { view: role('view', readVerbs), edit: role('edit', writeVerbs) };
}

/** Groups of Kubernetes itself, whose rights are decided by the roles here. */
const builtInGroups = new Set(['apps', 'autoscaling', 'batch', 'extensions', 'policy']);

/** Every API is a group of its own with resources that are named. */
export function apisProblems(apis: unknown, right: { readonly group: string }): string[] {
  if (apis === undefined) return [];
  if (!Array.isArray(apis))
    return [`apis ${show(apis)} is no list; write [{ group: "acme.io", resources: ["queues"] }]`];
  return apis.flatMap((api: unknown) => {
    const { group, resources } = (isRecord(api) ? api : {}) as Partial<ApiResources>;
    if (typeof group !== 'string' || !Array.isArray(resources) || resources.length === 0) {
      return [`api ${show(api)} needs a group and resources; write { group: "acme.io", resources: ["queues"] }`];
    }
    const problems: string[] = [];
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(group) || builtInGroups.has(group) || group.endsWith('.k8s.io')) {
      problems.push(`api group ${show(group)} is no group of a platform; write one like "acme.io"`);
    }
    if (group === right.group) problems.push(`api group ${show(group)} stands for the guard rails; use another one`);
    for (const resource of resources) {
      if (typeof resource !== 'string' || !/^[a-z][a-z0-9]*$/.test(resource)) {
        problems.push(`api resource ${show(resource)} of ${group} is no plural name; write it like "queues"`);
      }
    }
    return problems;
  });
}
