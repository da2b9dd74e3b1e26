import { GoldenService, Platform } from 'cdk8s-golden-path';
import { bestPractices, Guardrails, podSecurityRestricted } from 'cdk8s-golden-path/policy';
import { synthObjects, testEnvironment } from 'cdk8s-golden-path/testing';
import type { Finding } from '../../src/policy/finding';
import { refusedProblems } from '../platform/refusals';

test('a service that its author patches off the golden path is refused by every rule that it breaks, at once', () => {
  const packs = [podSecurityRestricted, bestPractices];
  const policies = new Guardrails({ packs, rollout: { '*': 'deny' } });
  const platform = new Platform({ domain: 'acme.io', registries: ['ghcr.io/acme'], policies });
  const env = testEnvironment({ platform });
  const api = new GoldenService(env, 'api', { image: 'ghcr.io/acme/api:1.2.3', port: 8080, scale: 2 });
  const spec = '/spec/template/spec';
  const main = `${spec}/containers/0`;
  for (const [pointer, value] of [
    [`${spec}/hostNetwork`, true],
    [`${spec}/automountServiceAccountToken`, true],
    [`${spec}/topologySpreadConstraints`, undefined],
    [`${spec}/affinity`, undefined],
    [`${spec}/volumes/-`, { name: 'root', hostPath: { path: '/' } }],
    [`${spec}/securityContext`, { sysctls: [{ name: 'kernel.msgmax', value: '1' }], runAsUser: 0 }],
    [`${spec}/containers/0/image`, 'nginx:latest'],
    [`${main}/resources`, undefined],
    [`${main}/livenessProbe`, undefined],
    [`${main}/readinessProbe`, undefined],
    [`${main}/startupProbe`, undefined],
    [`${main}/ports/0/hostPort`, 80],
    [`${main}/securityContext`, { privileged: true, procMount: 'Unmasked', capabilities: { add: ['SYS_ADMIN'] } }],
  ] as const) {
    api.deployment.patch(pointer, value);
  }
  const findings = refusedProblems(() => synthObjects(env)).flatMap(({ finding }) => (finding as Finding) ?? []);
  expect([...new Set(findings.map(({ policy }) => policy))].sort()).toEqual([
    'container-probes',
    'container-resources',
    'host-namespaces',
    'host-ports',
    'latest-tag',
    'privilege-escalation',
    'privileged-containers',
    'proc-mount-always',
    'read-only-root-filesystem',
    'restricted-capabilities',
    'restricted-seccomp',
    'run-as-non-root',
    'run-as-user',
    'service-account-token',
    'sysctls',
    'topology-spread',
    'trusted-registries',
    'volume-types',
  ]);
  for (const { object, path, fix, why } of findings) {
    expect(object).toMatch(/^Deployment \S+\/api$/);
    expect(path).toMatch(/\/api\//);
    expect(`${fix}${why}`).toMatch(/\S/);
  }
});
