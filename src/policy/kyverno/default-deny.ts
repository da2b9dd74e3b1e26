import type { GenerationRule } from './kyverno-rule';

const policy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'default-deny' },
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
};

const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });

/** Puts a policy that allows no traffic into every namespace, so that none is open before its team has said what it needs. */
export const defaultDeny: GenerationRule = {
  kind: 'generate',
  id: 'default-deny',
  title: 'Every namespace starts with no traffic allowed',
  why: 'Without a policy every pod of the cluster reaches every other.',
  category: 'network',
  match: { kinds: ['v1/Namespace'] },
  namespace: 'object.metadata.name',
  objects: [policy],
  examples: [
    { of: namespace('shop'), makes: [{ ...policy, metadata: { name: 'default-deny', namespace: 'shop' } }] },
    { of: namespace('kube-system'), makes: [] },
  ],
};
