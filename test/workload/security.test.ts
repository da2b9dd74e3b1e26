import type { SecurityOptions } from 'cdk8s-golden-path';
import { synthObject } from 'cdk8s-golden-path/testing';
import { containerOf, cronJob, job, podOf, service, stateful, worker } from './workloads';

const every = { service, worker, cronJob, job, stateful };

test.each(Object.entries(every))('the pods of a %s keep to the restricted profile', (_, workload) => {
  expect(podOf(workload()).securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  expect(containerOf(workload()).securityContext).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
});

test('ids are passed on, and a big volume is not walked at each start', () => {
  const security = { runAsUser: 1000, runAsGroup: 1001, fsGroup: 1002 };
  expect(podOf(service({ security })).securityContext).toMatchObject({
    ...security,
    fsGroupChangePolicy: 'OnRootMismatch',
  });
});

const reason = 'the vendor image writes to its root';

test.each<[SecurityOptions, (api: ReturnType<typeof service>) => unknown, unknown, string]>([
  [{ runAsUser: 0 }, (api) => podOf(api).securityContext.runAsNonRoot, false, 'runAsUser: 0'],
  [
    { readOnlyRootFilesystem: false },
    (api) => containerOf(api).securityContext.readOnlyRootFilesystem,
    false,
    'readOnlyRootFilesystem: false',
  ],
  [
    { allowPrivilegeEscalation: true },
    (api) => containerOf(api).securityContext.allowPrivilegeEscalation,
    true,
    'allowPrivilegeEscalation: true',
  ],
  [
    { seccomp: 'Unconfined' },
    (api) => podOf(api).securityContext.seccompProfile.type,
    'Unconfined',
    'seccomp: Unconfined',
  ],
  [{ privileged: true }, (api) => containerOf(api).securityContext.privileged, true, 'privileged: true'],
  [
    { capabilities: ['SYS_PTRACE'] },
    (api) => containerOf(api).securityContext.capabilities.add,
    ['SYS_PTRACE'],
    'capabilities: SYS_PTRACE',
  ],
])('%j needs a reason, which lands in an annotation', (security, field, value, words) => {
  expect(() => service({ security })).toThrow(`security is weakened by ${words} without a reason`);
  const api = service({ security: { ...security, reason } });
  expect(field(api)).toEqual(value);
  expect(synthObject(api.deployment).metadata.annotations).toEqual({
    'acme.io/security-reason': `${reason} (${words})`,
  });
});

test('binding a low port needs no reason', () => {
  const api = service({ security: { capabilities: ['NET_BIND_SERVICE'] } });
  expect(containerOf(api).securityContext.capabilities).toEqual({ drop: ['ALL'], add: ['NET_BIND_SERVICE'] });
});
