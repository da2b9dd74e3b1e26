import type { KubeObject } from '../../src/dev/api-client';
import { compilePolicy } from '../../src/policy/compiled-policy';
import type { PolicyException } from '../../src/policy/policy-exception';
import { apiVersionOf, kindsOf } from '../../src/policy/policy-kinds';
import type { PolicyInForce } from '../../src/policy/rollout';

/** The label of namespaces that says which group of rules counts there. */
export const groupLabel = 'policy-group';

/** Rules that are asked together, because one answer tells of all that are broken. */
export interface PolicyGroup {
  readonly rules: readonly PolicyInForce[];
  /** The namespace in which they count; undefined for rules that look at the namespace, which count in the objects' own. */
  readonly namespace?: string;
}

/** Rules that count in a namespace of their own. */
export function groupOf(rules: readonly PolicyInForce[], index: number): PolicyGroup {
  return { rules, namespace: `policy-group-${index}` };
}

/** Rules that look at the namespace of an object, themselves or by an exception, and the others, which judge it in any namespace. */
export function byNamespace(inForce: readonly PolicyInForce[], exceptions: readonly PolicyException[]) {
  const looksAtNamespace = ({ policy }: PolicyInForce) =>
    exceptions.some((exception) => exception.policy === policy.id) ||
    compilePolicy(policy).checks.some(({ expression }) => /metadata\.\??namespace/.test(expression));
  return {
    ofNamespace: inForce.filter(looksAtNamespace),
    others: inForce.filter((rule) => !looksAtNamespace(rule)),
  };
}

/** Whether one of the rules is about objects of this kind. */
export function looksAt({ rules }: PolicyGroup, { apiVersion, kind }: KubeObject): boolean {
  return rules.some(({ policy }) => {
    const kinds = kindsOf(policy.match);
    return kinds === 'all' || kinds.some((each) => each.kind === kind && apiVersionOf(each) === apiVersion);
  });
}

/** The object where the rules of a group count. */
export function placed(object: KubeObject, { namespace }: PolicyGroup, group: number | string): KubeObject {
  const { metadata } = object;
  if (namespace === undefined) return object;
  if (object.kind === 'Namespace') {
    return { ...object, metadata: { ...metadata, labels: { ...metadata.labels, [groupLabel]: String(group) } } };
  }
  return metadata.namespace === undefined ? object : { ...object, metadata: { ...metadata, namespace } };
}

/** An answer about a placed object, as if it had been asked where the object is. */
export function inOwnNamespace(judged: KubeObject, { metadata: { namespace } }: KubeObject): KubeObject {
  return namespace === undefined ? judged : { ...judged, metadata: { ...judged.metadata, namespace } };
}
