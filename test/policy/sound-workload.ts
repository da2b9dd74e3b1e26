import * as fc from 'fast-check';
import type { ExampleObject } from '../../src/policy/policy';
import { workloadOf } from './pod-arbitrary';

type Fields = Record<string, unknown>;

const restricted = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

const container = (name: string) =>
  fc.record({
    name: fc.constant(name),
    image: fc.constantFrom('ghcr.io/acme/app:1.2.3', `ghcr.io/acme/app@sha256:${'a'.repeat(64)}`),
    securityContext: fc.constantFrom<Fields>(
      restricted,
      { ...restricted, readOnlyRootFilesystem: true, runAsUser: 1000 },
      { ...restricted, capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] }, procMount: null },
      { ...restricted, seLinuxOptions: { type: 'container_t' }, privileged: false },
    ),
    ports: fc.constantFrom<unknown>(null, [], [{ containerPort: 8080 }]),
  });

const sound = fc.record({
  containers: fc.tuple(container('app'), container('proxy')).chain((both) => fc.subarray(both, { minLength: 1 })),
  initContainers: fc.oneof(
    fc.constant(null),
    container('init').map((each) => [each]),
    container('sidecar').map((each) => [{ ...each, restartPolicy: 'Always' }]),
  ),
  volumes: fc.constantFrom<unknown>(null, [{ name: 'tmp', emptyDir: {} }]),
  securityContext: fc.constantFrom<unknown>(null, {}, { runAsNonRoot: true, fsGroup: 1000 }),
});

/** Changes one thing of one container, whichever list it is in. */
const ofContainer = (change: (context: Fields) => Fields) => (spec: Fields, pick: number) => {
  const lists = ['containers', 'initContainers'].filter((list) => Array.isArray(spec[list]));
  const list = lists[pick % lists.length];
  const containers = (spec[list] as Fields[]).map((each, i, all) =>
    i === pick % all.length ? { ...each, securityContext: change(each.securityContext as Fields) } : each,
  );
  return { ...spec, [list]: containers };
};

const set = (field: string, value: unknown) => ofContainer((context) => ({ ...context, [field]: value }));

/** One thing that some rule of a profile forbids. */
const deviations: readonly ((spec: Fields, pick: number) => Fields)[] = [
  set('runAsNonRoot', null),
  set('runAsNonRoot', false),
  set('runAsUser', 0),
  set('seccompProfile', null),
  set('seccompProfile', { type: 'Unconfined' }),
  set('appArmorProfile', { type: 'Unconfined' }),
  set('seLinuxOptions', { type: 'spc_t' }),
  set('allowPrivilegeEscalation', null),
  set('allowPrivilegeEscalation', true),
  set('capabilities', { drop: ['KILL'] }),
  set('capabilities', { drop: ['ALL'], add: ['NET_RAW'] }),
  ofContainer(() => ({})),
  (spec) => ({ ...spec, hostPID: true }),
  (spec) => ({ ...spec, hostIPC: true }),
  (spec) => ({ ...spec, volumes: [{ name: 'root', hostPath: { path: '/' } }] }),
  (spec) => ({ ...spec, volumes: [{ name: 'share', nfs: { server: 'nfs', path: '/' } }] }),
  (spec) => ({ ...spec, securityContext: { runAsUser: 0 } }),
  (spec) => ({ ...spec, securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }),
];

const spec = fc
  .tuple(
    sound,
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom(...deviations) },
    ),
    fc.nat({ max: 7 }),
  )
  .map(([fields, deviate, pick]): Fields => (deviate ? deviate(fields, pick) : fields));

/** A workload that keeps the restricted profile; one in four breaks it by one thing. */
export const soundWorkload: fc.Arbitrary<ExampleObject> = workloadOf(spec);
