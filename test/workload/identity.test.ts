import { synthObject } from 'cdk8s-golden-path/testing';
import { cronJob, job, kindsOf, podOf, service, stateful, templateOf, worker } from './workloads';

test.each(Object.entries({ service, worker, cronJob, job, stateful }))(
  'each %s has an account and no token',
  (_, workload) => {
    const made = workload();
    expect(podOf(made)).toMatchObject({ serviceAccountName: made.name, automountServiceAccountToken: false });
    expect(synthObject(made.serviceAccount).automountServiceAccountToken).toBe(false);
  },
);

test.each([
  ['aws', 'arn:aws:iam::123456789012:role/orders', 'eks.amazonaws.com/role-arn'],
  ['gcp', 'orders@project.iam.gserviceaccount.com', 'iam.gke.io/gcp-service-account'],
  ['azure', '01234567-89ab-cdef-0123-456789abcdef', 'azure.workload.identity/client-id'],
])('an identity of %s is an annotation of the account', (cloud, value, annotation) => {
  const { serviceAccount } = service({ identity: { [cloud]: value } });
  expect(synthObject(serviceAccount).metadata.annotations).toEqual({ [annotation]: value });
});

test('an identity of azure marks the pods too, and no other does', () => {
  const label = ['azure.workload.identity/use'];
  const azure = '01234567-89ab-cdef-0123-456789abcdef';
  expect(templateOf(service({ identity: { azure } })).metadata.labels).toHaveProperty(label, 'true');
  expect(templateOf(service()).metadata.labels).not.toHaveProperty(label);
});

test('permissions are a role of the namespace, and bring the token', () => {
  const permissions = [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }];
  const api = service({ permissions });
  expect(kindsOf(api)).toEqual(expect.arrayContaining(['Role', 'RoleBinding']));
  expect(synthObject(api.node.findChild('role') as never).rules).toEqual(permissions);
  expect(synthObject(api.node.findChild('role-binding') as never).subjects).toEqual([
    { kind: 'ServiceAccount', name: 'api' },
  ]);
  expect(podOf(api).automountServiceAccountToken).toBe(true);
});
