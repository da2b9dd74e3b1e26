import type { ClusterRoleManifest } from '../../../imports/kubernetes';
import type { KindRegistry } from '../../schema/kind-registry';
import { kindsOf, type MatchedKind } from '../policy-kinds';
import type { GenerationRule, KyvernoRule } from './kyverno-rule';

/** What a controller of Kyverno may do, as its own roles are extended: by labels that they collect. */
const controllers = {
  generate: {
    name: 'golden-policies-background',
    label: 'rbac.kyverno.io/aggregate-to-background-controller',
    verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  },
  delete: {
    name: 'golden-policies-cleanup',
    label: 'rbac.kyverno.io/aggregate-to-cleanup-controller',
    verbs: ['delete', 'get', 'list', 'watch'],
  },
} as const;

/**
 * ClusterRoles that give Kyverno's background and cleanup controllers exactly the kinds that rules generate and delete: by default they may do
 * neither. A controller that no rule needs gets no role.
 */
export function controllerRoles(rules: readonly KyvernoRule[], extra?: KindRegistry): ClusterRoleManifest[] {
  const generated = rules.filter((rule) => rule.kind === 'generate').flatMap((rule) => generatedKinds(rule, extra));
  const deleted = rules
    .filter((rule) => rule.kind === 'delete')
    .flatMap((rule) => {
      const kinds = kindsOf(rule.match, extra);
      return kinds === 'all' ? [] : kinds;
    });
  return [role('generate', generated), role('delete', deleted)].filter((each) => each !== undefined);
}

function generatedKinds({ objects }: GenerationRule, extra?: KindRegistry): readonly MatchedKind[] {
  const kinds = kindsOf({ kinds: objects.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`) }, extra);
  return kinds === 'all' ? [] : kinds;
}

function role(controller: keyof typeof controllers, kinds: readonly MatchedKind[]): ClusterRoleManifest | undefined {
  if (kinds.length === 0) return undefined;
  const { name, label, verbs } = controllers[controller];
  const groups = [...new Set(kinds.map(({ group }) => group))].sort();
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name, labels: { [label]: 'true' } },
    rules: groups.map((group) => ({
      apiGroups: [group],
      resources: [...new Set(kinds.filter((kind) => kind.group === group).map(({ plural }) => plural))].sort(),
      verbs: [...verbs],
    })),
  };
}
