import { securityWeakened } from '../../../src/diff/risks/security-weakened';
import { deployment, found, holdsFor, object } from './risk-cases';

const guarded = {
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  seccompProfile: { type: 'RuntimeDefault' },
  capabilities: { drop: ['ALL'] },
};
const guardedPod = { automountServiceAccountToken: false };
const before = deployment({ securityContext: guarded }, guardedPod);
/** The guarded Deployment with another guard of its container. */
const withGuard = (securityContext: object) =>
  deployment({ securityContext: { ...guarded, ...securityContext } }, guardedPod);
const withPod = (pod: object) => deployment({ securityContext: guarded }, { ...guardedPod, ...pod });
const namespace = (level: string) =>
  object('Namespace', {}, { labels: { 'pod-security.kubernetes.io/enforce': level }, namespace: undefined });
const policy = (...validationActions: string[]) =>
  object('policies.kyverno.io/v1 ValidatingPolicy', { spec: { validationActions, validations: [] } });

holdsFor(
  securityWeakened,
  (
    [
      [
        'privileges',
        withGuard({ privileged: true }),
        'container api runs privileged',
        withGuard({ privileged: false }),
      ],
      ['root by its number', withGuard({ runAsUser: 0 }), 'container api runs as root', withGuard({ runAsUser: 1000 })],
      ['root allowed', withGuard({ runAsNonRoot: false }), 'container api may run as root', withGuard({})],
      [
        'privileges that can be gained',
        withGuard({ allowPrivilegeEscalation: undefined }),
        'container api may gain privileges',
        withGuard({ allowPrivilegeEscalation: false }),
      ],
      [
        'an image that can be written to',
        withGuard({ readOnlyRootFilesystem: false }),
        'container api can write to its image',
        withGuard({}),
      ],
      [
        'a capability',
        withGuard({ capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } }),
        'container api has the capability NET_ADMIN',
        withGuard({ capabilities: { drop: ['ALL'], add: [] } }),
      ],
      [
        'capabilities that stay',
        withGuard({ capabilities: { drop: ['KILL'] } }),
        'container api keeps the default capabilities',
        withGuard({ capabilities: { drop: ['KILL', 'ALL'] } }),
      ],
      [
        'no seccomp',
        withGuard({ seccompProfile: { type: 'Unconfined' } }),
        'container api runs without a seccomp profile',
        withGuard({ seccompProfile: { type: 'Localhost', localhostProfile: 'a' } }),
      ],
      [
        "the node's network",
        withPod({ hostNetwork: true }),
        "pods use the node's network",
        withPod({ hostNetwork: false }),
      ],
      [
        "the node's processes",
        withPod({ hostPID: true }),
        "pods see the node's processes",
        withPod({ hostPID: false }),
      ],
      [
        "a folder of the node's",
        withPod({ volumes: [{ name: 'a', hostPath: { path: '/etc' } }] }),
        "pods mount the node's folder /etc",
        withPod({ volumes: [{ name: 'a', emptyDir: {} }] }),
      ],
      ['a token', withPod({ automountServiceAccountToken: true }), 'pods get a token of the API server', withPod({})],
    ] as const
  ).map(([name, after, says, twin]) => ({ name, risk: [before, after], says: [says], twin: [before, twin] })),
);

holdsFor(securityWeakened, [
  {
    name: 'a new container that is privileged',
    risk: [undefined, deployment({ securityContext: { privileged: true } })],
    says: ['container api runs privileged'],
    // What a new one lacks is for policies to judge.
    twin: [undefined, deployment({})],
  },
  {
    name: 'a level of pods that is lowered',
    risk: [namespace('restricted'), namespace('baseline')],
    says: ['goes from restricted to baseline'],
    twin: [namespace('baseline'), namespace('restricted')],
  },
  {
    name: 'a policy that denies no more',
    risk: [policy('Deny'), policy('Audit')],
    says: ['goes from Deny to Audit'],
    twin: [policy('Audit'), policy('Deny')],
  },
  {
    name: 'a policy that goes',
    risk: [policy('Deny'), undefined],
    says: ['is deleted, and was in stage Deny'],
    twin: [policy('Audit'), undefined],
  },
  {
    name: 'an exception',
    risk: [undefined, object('policies.kyverno.io/v1 PolicyException')],
    says: ['excuses objects from a policy'],
    twin: [object('policies.kyverno.io/v1 PolicyException'), undefined],
  },
]);

test('a guard of the pod covers its containers', () => {
  const pod = { ...guardedPod, securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } };
  const { runAsNonRoot: _, seccompProfile: __, ...rest } = guarded;
  expect(found(securityWeakened, before, deployment({ securityContext: rest }, pod))).toEqual([]);
});

test('what was weak already is no risk of the change', () => {
  const weak = (image: string) => deployment({ image, securityContext: { privileged: true } });
  expect(found(securityWeakened, weak('a:1'), weak('a:2'))).toEqual([]);
});
