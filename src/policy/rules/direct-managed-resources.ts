import { definePolicy } from '../define-policy';
import { object } from '../example-objects';

const queue = (metadata: Readonly<Record<string, unknown>> = {}) =>
  object('sqs.aws.m.upbound.io/v1beta1', 'Queue', { spec: { forProvider: { region: 'eu-west-1' } } }, metadata);

const composed = {
  ownerReferences: [{ apiVersion: 'acme.io/v1', kind: 'MessageQueue', name: 'events', uid: 'a', controller: true }],
};

export const directManagedResources = definePolicy({
  id: 'direct-managed-resources',
  title: 'Cloud resources come from the APIs of the platform',
  why: 'A resource made by hand skips size limits, encryption, backups and names that its API takes care of.',
  fix: 'request it through an API of the platform, which composes the managed resource',
  severity: 'high',
  category: 'crossplane',
  match: { kinds: 'all', when: 'has(object.spec) && has(object.spec.forProvider)' },
  checks: [
    {
      field: 'metadata.ownerReferences',
      holds: 'object.metadata.?ownerReferences.orValue([]).exists(owner, owner.?controller.orValue(false))',
      says: 'names no composite resource',
    },
  ],
  examples: { passes: [queue(composed), object('v1', 'ConfigMap')], fails: [queue()] },
});
