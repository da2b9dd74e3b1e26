import type { JudgedObject } from '../src/policy/evaluate-policies';
import type { AnyPolicy } from '../src/policy/policy';
import type { PolicyInForce } from '../src/policy/rollout';
import { compiled } from './compiled';

/** Sixteen rules of the Pod Security Standards, as many as Kyverno's own collection has. */
export function podSecurityRules(): PolicyInForce[] {
  const { podSecurityBaseline, podSecurityRestricted } = compiled(
    '../lib/src/policy/index',
  ) as typeof import('../src/policy/index');
  return inForce([...podSecurityRestricted.policies, ...podSecurityBaseline.policies]).slice(0, 16);
}

/** Every rule of every pack, with the parameters of its examples where it needs some. */
export function allRules(): PolicyInForce[] {
  const { allPacks } = compiled('../lib/src/policy/index') as typeof import('../src/policy/index');
  return inForce(allPacks.flatMap(({ policies }) => policies)).map((rule) => ({
    ...rule,
    policy: withExamples(rule.policy),
  }));
}

function inForce(policies: readonly AnyPolicy[]): PolicyInForce[] {
  return [...new Set(policies)].map((policy) => ({
    policy,
    enforcement: 'deny',
    failClosed: true,
    excludedNamespaces: ['kube-system'],
  }));
}

function withExamples(policy: AnyPolicy): AnyPolicy {
  const parameters: Readonly<Record<string, { readonly example: unknown }>> = policy.parameters ?? {};
  return policy.with(Object.fromEntries(Object.entries(parameters).map(([name, { example }]) => [name, example])));
}

/** Deployments that keep most of the rules, each with a sidecar, an init container and volumes. */
export function deployments(count: number): JudgedObject['object'][] {
  return Array.from({ length: count }, (_, i) => deployment(`app-${i}`));
}

function deployment(name: string) {
  const securityContext = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
    seccompProfile: { type: 'RuntimeDefault' },
  };
  const container = (role: string) => ({
    name: role,
    image: `ghcr.io/acme/${role}:1.4.2`,
    ports: [{ name: role, containerPort: 8080 }],
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    securityContext,
  });
  const labels = { 'app.kubernetes.io/name': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'bench', labels },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          securityContext: { runAsNonRoot: true },
          containers: [container('main'), container('proxy')],
          initContainers: [container('migrate')],
          volumes: [{ name: 'tmp', emptyDir: {} }],
        },
      },
    },
  };
}
