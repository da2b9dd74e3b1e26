import { definePolicy } from '../define-policy';
import { object } from '../example-objects';

const role = (rule: object) => object('rbac.authorization.k8s.io/v1', 'Role', { rules: [rule] });

export const wildcardRoles = definePolicy({
  id: 'wildcard-roles',
  title: 'Roles name what they allow',
  why: 'A wildcard also allows what is added to the cluster later.',
  fix: 'list the resources and verbs that are needed',
  severity: 'high',
  category: 'gitops',
  standards: { nsa: 'Authentication and authorization: least privilege', cis: '5.1.3' },
  match: { kinds: ['rbac.authorization.k8s.io/v1/Role', 'rbac.authorization.k8s.io/v1/ClusterRole'] },
  checks: (['resources', 'verbs'] as const).map((field) => ({
    on: { item: 'rule', of: 'object.?rules.orValue([])', at: 'rules' },
    field,
    holds: `!('*' in rule.?${field}.orValue([]))`,
    says: 'must not be "*"',
  })),
  examples: {
    passes: [role({ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] })],
    fails: [
      role({ apiGroups: [''], resources: ['*'], verbs: ['get'] }),
      role({ apiGroups: [''], resources: ['configmaps'], verbs: ['*'] }),
    ],
  },
});
