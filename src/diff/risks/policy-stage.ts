import { groupKindOf, type PlainObject } from '../../platform/placed-object';
import { textOf, valueAt } from '../../references/fields';

/** How far a policy goes: from what is only noted to what is refused. */
export interface PolicyStage {
  /** 0 when nothing is refused, and higher the more is. */
  readonly rank: number;
  readonly name: string;
}

const stages = ['Audit', 'Warn', 'Deny'];
const ranks: Readonly<Record<string, number>> = { audit: 0, dryrun: 0, warn: 1, deny: 2, enforce: 2 };
const levels = ['privileged', 'baseline', 'restricted'];
const enforceLabel = 'pod-security.kubernetes.io/enforce';

/** The stage of a policy or of a namespace's Pod Security; undefined for other objects. */
export function policyStage(object: PlainObject): PolicyStage | undefined {
  if (groupKindOf(object) === 'Namespace') {
    const level = Math.max(0, levels.indexOf(object.metadata.labels?.[enforceLabel] ?? 'privileged'));
    return { rank: level, name: levels[level] };
  }
  const actions = actionsOf(object);
  if (actions.length === 0) return undefined;
  const rank = Math.max(...actions.map((action) => ranks[action.toLowerCase()] ?? 0));
  return { rank, name: stages[rank] };
}

function actionsOf(object: PlainObject): string[] {
  const [group] = object.apiVersion.split('/');
  const { validationActions, enforcementAction, validationFailureAction } = (object.spec ?? {}) as Record<
    string,
    unknown
  >;
  if (group === 'constraints.gatekeeper.sh') return [textOf(enforcementAction) ?? 'deny'];
  if (group === 'kyverno.io' && object.kind.endsWith('ClusterPolicy'))
    return [textOf(validationFailureAction) ?? 'Audit'];
  const isPolicy = group === 'policies.kyverno.io' || object.kind === 'ValidatingAdmissionPolicyBinding';
  if (!isPolicy || object.kind === 'PolicyException') return [];
  if (Array.isArray(validationActions)) return validationActions.map(String);
  return valueAt(object, 'spec', 'validations') === undefined ? [] : ['Deny'];
}
