import { parseServedKinds, servedOf } from '../../src/live/served-kinds';

// As kubectl 1.36 prints them, and the last one as 1.26 did.
const printed = `
bindings                                         v1                                        true    Binding                            create
componentstatuses                   cs           v1                                        false   ComponentStatus                    get,list
configmaps                          cm           v1                                        true    ConfigMap                          create,delete,deletecollection,get,list,patch,update,watch
pods                                po           v1                                        true    Pod                                create,delete,deletecollection,get,list,patch,update,watch   all
deployments                         deploy       apps/v1                                   true    Deployment                         create,delete,deletecollection,get,list,patch,update,watch   all
ciliumnetworkpolicies               cnp,ciliumnp cilium.io/v2                              true    CiliumNetworkPolicy                delete,deletecollection,get,list,patch,create,update,watch   cilium,ciliumpolicy
clusterroles                                     rbac.authorization.k8s.io/v1              false   ClusterRole                        [create delete deletecollection get list patch update watch]
`;

test('kinds are read from the columns of kubectl, with short names and without', () => {
  expect(
    parseServedKinds(printed).map(({ resource, apiVersion, kind }) => `${resource} ${apiVersion} ${kind}`),
  ).toEqual([
    'bindings v1 Binding',
    'componentstatuses v1 ComponentStatus',
    'configmaps v1 ConfigMap',
    'pods v1 Pod',
    'deployments.apps apps/v1 Deployment',
    'ciliumnetworkpolicies.cilium.io cilium.io/v2 CiliumNetworkPolicy',
    'clusterroles.rbac.authorization.k8s.io rbac.authorization.k8s.io/v1 ClusterRole',
  ]);
});

test('only what can be listed and deleted is looked through, in the version that the cluster prefers', () => {
  const wanted = ['v1 Binding', 'v1 ComponentStatus', 'v1 ConfigMap', 'cilium.io/v2alpha1 CiliumNetworkPolicy'].map(
    (each) => ({ apiVersion: each.split(' ')[0], kind: each.split(' ')[1] }),
  );
  expect(servedOf(parseServedKinds(printed), wanted).map(({ resource }) => resource)).toEqual([
    'configmaps',
    'ciliumnetworkpolicies.cilium.io',
  ]);
});

test('a kind has namespaces or not', () => {
  const served = parseServedKinds(printed);
  expect(served.filter(({ isNamespaced }) => !isNamespaced).map(({ kind }) => kind)).toEqual([
    'ComponentStatus',
    'ClusterRole',
  ]);
});

test.each(['', 'error: the server is away', 'pods po v1 true'])('%j is no kind', (line) => {
  expect(parseServedKinds(line)).toEqual([]);
});
