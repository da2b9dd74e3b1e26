import { groupKindOf, type PlainObject } from '../../platform/placed-object';
import { type Fields, fieldsOf, objectsOf, textOf } from '../../references/fields';
import { podTemplateOf } from '../../references/pod-template';
import { wordsOf } from './words-of';

/** How pods of an object are less guarded than the restricted profile and our own defaults allow. */
export interface PodWeaknesses {
  /** What is asked for beyond what a pod has by itself: privileges, the host. */
  readonly asked: readonly string[];
  /** Guards that are not there, by the container that lacks them; the empty name stands for the pod. */
  readonly lacking: ReadonlyMap<string, readonly string[]>;
}

/** What guards the pods of an object, or does not; nothing for one that runs none. */
export function podWeaknesses(object: PlainObject): PodWeaknesses {
  const pod = podTemplateOf(object, groupKindOf(object));
  if (!pod) return { asked: [], lacking: new Map() };
  const { spec } = pod;
  const guard = fieldsOf(spec.securityContext);
  const containers = pod.containers.map(({ fields }) => ofContainer(fields, guard));
  return {
    asked: [...hostUses(spec), ...containers.flatMap(({ asked }) => asked)],
    lacking: new Map([
      ['', spec.automountServiceAccountToken === false ? [] : ['pods get a token of the API server']],
      ...containers.map(({ name, lacking }) => [name, lacking] as const),
    ]),
  };
}

function hostUses(spec: Fields): string[] {
  const shares = [
    ['hostNetwork', "pods use the node's network"],
    ['hostPID', "pods see the node's processes"],
    ['hostIPC', "pods share the node's memory"],
  ].filter(([field]) => spec[field] === true);
  const paths = objectsOf(spec.volumes).flatMap(({ hostPath }) => textOf(fieldsOf(hostPath).path) ?? []);
  return [...shares.map(([, fact]) => fact), ...paths.map((path) => `pods mount the node's folder ${path}`)];
}

function ofContainer(container: Fields, pod: Fields) {
  const name = textOf(container.name) ?? '';
  const own = fieldsOf(container.securityContext);
  const effective = (field: string) => own[field] ?? pod[field];
  const capabilities = fieldsOf(own.capabilities);
  const [added, dropped] = [wordsOf(capabilities.add), wordsOf(capabilities.drop)];
  const seccomp = textOf(fieldsOf(effective('seccompProfile')).type);
  const asked = [
    ...(own.privileged === true ? ['runs privileged'] : []),
    ...(effective('runAsUser') === 0 ? ['runs as root'] : []),
    ...(seccomp === 'Unconfined' ? ['runs without a seccomp profile'] : []),
    ...(own.procMount === 'Unmasked' ? ["sees all of the node's /proc"] : []),
    ...added.map((capability) => `has the capability ${capability}`),
    ...objectsOf(container.ports).flatMap(({ hostPort }) => (hostPort ? [`takes port ${hostPort} of the node`] : [])),
  ];
  const lacking = [
    ...(effective('runAsNonRoot') === true ? [] : ['may run as root']),
    ...(own.allowPrivilegeEscalation === false ? [] : ['may gain privileges']),
    ...(own.readOnlyRootFilesystem === true ? [] : ['can write to its image']),
    ...(dropped.includes('ALL') ? [] : ['keeps the default capabilities']),
    ...(seccomp === undefined ? ['names no seccomp profile'] : []),
  ];
  const of = (fact: string) => `container ${name} ${fact}`;
  return { name, asked: asked.map(of), lacking: lacking.map(of) };
}
