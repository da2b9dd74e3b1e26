import type { IConstruct } from 'constructs';
import { evaluatePolicies } from '../../src/policy/evaluate-policies';
import { container, deployment } from '../../src/policy/example-objects';
import { allPacks } from '../../src/policy/packs/all-packs';
import { configurePacks } from '../../src/policy/platform-packs';
import { policiesInForce } from '../../src/policy/rollout';
import { synthObjects, testPlatform } from '../../src/testing';
import { cronJob, job, service, stateful, worker } from '../workload/workloads';

const platformKnows = { owners: ['team'], costCentres: ['cc-1'], regions: ['eu-west-1'] };
const { packs } = configurePacks(allPacks, testPlatform, platformKnows);
// Tests name images by tag; pinning is what the image lock is for.
const inForce = policiesInForce(packs, { '*': 'deny', 'image-digest': 'off' }, 'production');

const find = (object: object) => evaluatePolicies([{ object: object as never, path: 'x' }], inForce);

test.each<[string, () => IConstruct]>([
  ['service', () => service({ host: 'api.dev.acme.io', scale: { min: 2, max: 4 } })],
  ['worker', () => worker()],
  ['cron job', () => cronJob()],
  ['job', () => job()],
  ['stateful service', () => stateful()],
])('a golden %s keeps every rule with no exception', (_, make) => {
  const construct = make();
  const findings = synthObjects(construct).flatMap(find);
  expect(findings.map(({ policy, object, field }) => `${policy}: ${object} ${field}`)).toEqual([]);
});

test('a bad workload breaks every rule that is about it, at once', () => {
  const bad = deployment(
    {
      hostNetwork: true,
      volumes: [{ name: 'root', hostPath: { path: '/' } }],
      containers: [
        container({
          image: 'nginx',
          ports: [{ containerPort: 80, hostPort: 80 }],
          securityContext: { privileged: true, runAsUser: 0, capabilities: { add: ['SYS_ADMIN'] } },
        }),
      ],
    },
    { replicas: 500 },
    { namespace: 'default' },
  );
  expect([...new Set(find(bad).map(({ policy }) => policy))].sort()).toEqual([
    'baseline-capabilities',
    'container-probes',
    'container-resources',
    'default-namespace',
    'host-namespaces',
    'host-path-volumes',
    'host-ports',
    'latest-tag',
    'owner-labels',
    'privilege-escalation',
    'privileged-containers',
    'read-only-root-filesystem',
    'replica-ceiling',
    'restricted-capabilities',
    'restricted-seccomp',
    'run-as-non-root',
    'run-as-user',
    'service-account-token',
    'topology-spread',
    'trusted-registries',
    'volume-types',
  ]);
});
