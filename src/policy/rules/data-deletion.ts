import { definePolicy } from '../define-policy';
import { object } from '../example-objects';
import { strings } from '../parameter';

const region = 'eu-west-1';
const database = { region, engine: 'postgres', instanceClass: 'db.t4g.small', allocatedStorage: 20, username: 'app' };
const instance = (forProvider: object, spec: object = {}) =>
  object('rds.aws.m.upbound.io/v1beta1', 'Instance', {
    spec: { ...spec, forProvider: { ...database, ...forProvider } },
  });

export const dataDeletion = definePolicy({
  id: 'data-deletion',
  title: 'Data outlives its objects',
  why: 'Deleting an object, or the namespace around it, would delete the database in the cloud.',
  fix: 'set deletionProtection, or leave Delete out of managementPolicies',
  severity: 'critical',
  category: 'crossplane',
  match: { kinds: 'all', when: 'has(object.spec) && has(object.spec.forProvider)' },
  parameters: {
    dataKinds: strings({
      says: 'the kinds of managed resources that hold data',
      example: ['Instance', 'Bucket'],
      default: ['Bucket', 'Cluster', 'DatabaseInstance', 'DBInstance', 'Instance', 'RDSInstance', 'Table'],
    }),
  },
  checks: [
    {
      field: 'spec.managementPolicies',
      holds:
        '!(object.kind in variables.dataKinds) || ' +
        'object.spec.forProvider.?deletionProtection.orValue(false) || ' +
        "object.spec.?deletionPolicy.orValue('Delete') == 'Orphan' || " +
        "!object.spec.?managementPolicies.orValue(['*']).exists(policy, policy in ['*', 'Delete'])",
      says: 'lets a deletion reach the data',
    },
  ],
  examples: {
    passes: [
      instance({ deletionProtection: true }),
      instance({}, { managementPolicies: ['Observe', 'Create', 'Update'] }),
      object('sqs.aws.m.upbound.io/v1beta1', 'Queue', { spec: { forProvider: { region } } }),
    ],
    fails: [instance({}), instance({}, { managementPolicies: ['*'] })],
  },
});
