import { grouped } from '../../platform/grouped';
import { groupKindOf, namespaceOf, type PlainObject } from '../../platform/placed-object';
import { type Fields, fieldsOf, objectsOf, textOf } from '../../references/fields';
import { gained, type RiskRule } from './risk-rule';
import { wordsOf } from './words-of';

const rbac = 'rbac.authorization.k8s.io';

/** Annotations by which a service account becomes an account of a cloud. */
const cloudAccounts = [
  'eks.amazonaws.com/role-arn',
  'iam.gke.io/gcp-service-account',
  'azure.workload.identity/client-id',
];

/** Somebody may do more. */
export const rightsAdded: RiskRule = {
  id: 'rights-added',
  what: 'rights are added',
  why: 'who is bound to the role, or runs as the account, may do more than before',
  find(change, { accessOf }) {
    const { before, after } = change;
    switch (after && groupKindOf(after)) {
      case `${rbac}/Role`:
      case `${rbac}/ClusterRole`:
        return [...newRights(before, after as PlainObject), ...gained(change, aggregations)];
      case `${rbac}/RoleBinding`:
      case `${rbac}/ClusterRoleBinding`:
        return gained(change, bindings);
      case 'ServiceAccount':
        return gained(change, accounts);
      default:
        return gained(change, (object) => accessOf(object) ?? []);
    }
  },
};

interface Right {
  /** Undefined for a path of the API server. */
  readonly group: string | undefined;
  readonly resource: string;
  readonly verb: string;
  /** One object's name, `*` for all. */
  readonly name: string;
}

function rightsOf(object: PlainObject): Right[] {
  return objectsOf(object.rules).flatMap((rule) => {
    const given = wordsOf(rule.resourceNames);
    const names = given.length > 0 ? given : ['*'];
    const targets = [
      ...wordsOf(rule.apiGroups).flatMap((group) => wordsOf(rule.resources).map((resource) => ({ group, resource }))),
      ...wordsOf(rule.nonResourceURLs).map((resource) => ({ group: undefined, resource })),
    ];
    return targets.flatMap((target) =>
      wordsOf(rule.verbs).flatMap((verb) => names.map((name) => ({ ...target, verb, name }))),
    );
  });
}

/** Rights that no right of before covers, by what they are on. */
function newRights(before: PlainObject | undefined, after: PlainObject): string[] {
  const known = before ? rightsOf(before) : [];
  const fresh = rightsOf(after).filter((right) => !known.some((each) => covers(each, right)));
  return [...grouped(fresh, targetText)].map(([target, rights]) => {
    const verbs = [...new Set(rights.map(({ verb }) => verb))];
    return `may ${verbs.includes('*') ? 'do anything with' : verbs.join(', ')} ${target}`;
  });
}

function targetText({ group, resource, name }: Right): string {
  const target =
    group === undefined || group === '' ? resource : `${resource} of ${group === '*' ? 'any group' : group}`;
  return name === '*' ? target : `${target} named ${name}`;
}

function covers(known: Right, right: Right): boolean {
  if ((known.group === undefined) !== (right.group === undefined)) return false;
  return (['group', 'resource', 'verb', 'name'] as const).every(
    (part) => known[part] === '*' || known[part] === right[part],
  );
}

function aggregations({ metadata: { labels = {} } }: PlainObject): string[] {
  return Object.keys(labels)
    .filter((label) => label.startsWith(`${rbac}/aggregate-to-`) && labels[label] === 'true')
    .map((label) => `becomes part of ${label.slice(`${rbac}/aggregate-to-`.length)}`);
}

function bindings(object: PlainObject): string[] {
  const role = fieldsOf(object.roleRef);
  return objectsOf(object.subjects).map(
    (subject) => `gives ${subjectText(subject, namespaceOf(object))} the rights of ${role.kind} ${role.name}`,
  );
}

function subjectText({ kind, name, namespace }: Fields, own: string): string {
  const place = textOf(namespace) === undefined || namespace === own ? '' : ` of ${namespace}`;
  return `${kind} ${name}${place}`;
}

function accounts({ metadata: { annotations = {} } }: PlainObject): string[] {
  return cloudAccounts.flatMap((key) => (annotations[key] ? [`runs as ${annotations[key]} in the cloud`] : []));
}
