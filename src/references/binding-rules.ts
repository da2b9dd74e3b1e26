import type { ReferenceRule } from './app-index';
import { fieldsOf, objectsOf, textOf, valueAt } from './fields';
import { namesMissing } from './reference-words';

const rbac = 'rbac.authorization.k8s.io';

/** A binding grants a role that exists to service accounts that exist. ClusterRoles are the cluster's own matter. */
export const bindingFindsItsEnds: ReferenceRule = (app) => {
  const namespaces = new Set(app.all.map(({ namespace }) => namespace));
  return ({ object, groupKind, namespace: own }) => {
    const clusterWide = groupKind === `${rbac}/ClusterRoleBinding`;
    if (!clusterWide && groupKind !== `${rbac}/RoleBinding`) return [];
    const problems: string[] = [];
    const { kind, name } = fieldsOf(object.roleRef);
    const role = textOf(name);
    if (
      kind === 'Role' &&
      role !== undefined &&
      !app.find(`${rbac}/Role`, own, role) &&
      !app.isExternal('Role', own, role)
    ) {
      problems.push(namesMissing('roleRef', 'Role', role, own, app.names(`${rbac}/Role`, own)));
    }
    for (const [index, subject] of objectsOf(object.subjects).entries()) {
      const account = textOf(valueAt(subject, 'name'));
      const namespace = textOf(subject.namespace) ?? own;
      const appsOwn = clusterWide ? namespaces.has(namespace) : namespace === own;
      if (subject.kind !== 'ServiceAccount' || account === undefined || account === 'default' || !appsOwn) continue;
      if (app.find('ServiceAccount', namespace, account) || app.isExternal('ServiceAccount', namespace, account))
        continue;
      const known = app.names('ServiceAccount', namespace);
      problems.push(namesMissing(`subjects[${index}]`, 'ServiceAccount', account, namespace, known));
    }
    return problems;
  };
};
