import type { MutationRule } from './kyverno-rule';

const level = 'pod-security.kubernetes.io/warn';

const namespace = (name: string, labels?: Readonly<Record<string, string>>) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, ...(labels && { labels }) },
});

/** Lets the API server itself warn, in every namespace that says nothing of its own, of what the restricted profile forbids. */
export const podSecurityWarnings: MutationRule = {
  kind: 'mutate',
  id: 'pod-security-warnings',
  title: 'Namespaces warn of pods that the restricted profile forbids',
  why: 'The warning comes from the API server and needs nothing else, so it is there when the rules are not.',
  category: 'pod security',
  match: { kinds: ['v1/Namespace'], when: `!object.metadata.?labels[?'${level}'].hasValue()` },
  apply: [`Object{metadata: Object.metadata{labels: {'${level}': 'restricted'}}}`],
  examples: [
    { before: namespace('shop'), after: namespace('shop', { [level]: 'restricted' }) },
    {
      before: namespace('shop', { team: 'shop' }),
      after: namespace('shop', { team: 'shop', [level]: 'restricted' }),
    },
    { before: namespace('shop', { [level]: 'baseline' }), after: namespace('shop', { [level]: 'baseline' }) },
    { before: namespace('kube-system'), after: namespace('kube-system') },
  ],
};
