import { PodIdentityAssociation } from '../../../imports/eks.aws.m.upbound.io';
import { problemsOf } from './build';

const forProvider = {
  region: 'eu-west-1',
  clusterName: 'eu-prod',
  roleArn: 'arn:aws:iam::123456789012:role/x',
  serviceAccount: 'x',
};

test('a field is required by its name, also where CEL has to write it otherwise', () => {
  const add = (fields: object) =>
    problemsOf((c) => c.add('x', PodIdentityAssociation, { spec: { forProvider: { ...forProvider, ...fields } } }));
  expect(add({})).toEqual(['x: spec.forProvider.namespace is missing; a rule of PodIdentityAssociation requires it']);
  expect(add({ namespace: 'x' })).toEqual([]);
});
