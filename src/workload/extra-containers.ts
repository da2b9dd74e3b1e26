import type { Container } from '../../imports/kubernetes';
import { imageProblem } from '../platform/image';
import { nameProblem } from '../platform/names';
import type { Platform } from '../platform/platform';
import { isRecord, show } from '../platform/rule';
import type { Size } from '../platform/size';
import {
  type EnvironmentProps,
  type EnvironmentValue,
  environmentProblems,
  environmentVariables,
  type StoredIn,
} from './environment-variables';
import { containerPorts, namedPorts, type PortProps, portProblems } from './ports';
import { containerProbes, type ProbeProps, probeProblems } from './probes';
import { resourceProblems, resourceRequirements } from './resources';
import { containerSecurityContext, type SecurityOptions } from './security';

/** A container beside the main one. It is as hardened as the main one, and can't be less. */
export interface ExtraContainer extends EnvironmentProps, ProbeProps, Omit<PortProps, 'metrics' | 'servicePort'> {
  /** Its image, with tag or digest. */
  readonly image: string;
  /**
   * Words that replace the image's entry point.
   * @default - the image's own
   */
  readonly command?: readonly string[];
  /**
   * Words that replace the image's arguments.
   * @default - the image's own
   */
  readonly args?: readonly string[];
  /**
   * How big it is.
   * @default 'xs'
   */
  readonly size?: string | Size;
  /**
   * Whether it has the main container's environment too.
   * @default false
   */
  readonly inheritEnv?: boolean;
  /**
   * Volumes of the workload by name, with the path where this container sees them.
   * @default - only `/tmp`
   */
  readonly mounts?: Readonly<Record<string, string>>;
}

/** Containers beside the main one. */
export interface ExtraContainerProps {
  /**
   * Containers that run one after the other before all others, by name.
   * @default - none
   */
  readonly initContainers?: Readonly<Record<string, ExtraContainer>>;
  /**
   * Containers that start before the main one and stop after it (Kubernetes' native sidecars), by name.
   * @default - none
   */
  readonly sidecars?: Readonly<Record<string, ExtraContainer>>;
  /**
   * Containers that run side by side with the main one, by name.
   * @default - none
   */
  readonly extraContainers?: Readonly<Record<string, ExtraContainer>>;
}

const groups = ['initContainers', 'sidecars', 'extraContainers'] as const;

/** What extra containers share with the pod around them. */
export interface PodSurroundings {
  readonly platform: Platform;
  readonly security: SecurityOptions | undefined;
  /** Variables of the main container. */
  readonly env: ReadonlyMap<string, EnvironmentValue>;
  /** Where values from the store are, by container; the main one is undefined. */
  readonly storedIn: (container: string | undefined) => StoredIn;
}

/** The containers of one group, as the pod declares them. */
export function extraContainers(
  props: ExtraContainerProps,
  group: (typeof groups)[number],
  pod: PodSurroundings,
): Container[] {
  return Object.entries(props[group] ?? {}).map(([name, c]) => {
    const own = new Map(Object.entries(c.env ?? {}));
    const inherited = new Map([...(c.inheritEnv ? pod.env : [])].filter(([variable]) => !own.has(variable)));
    const variables = [
      ...environmentVariables(inherited, pod.storedIn(undefined)),
      ...environmentVariables(own, pod.storedIn(name)),
    ];
    const ports = namedPorts(c);
    const probes = group === 'initContainers' ? {} : containerProbes(c);
    return {
      name,
      image: c.image,
      ...(group === 'sidecars' && { restartPolicy: 'Always' }),
      ...(c.command?.length && { command: [...c.command] }),
      ...(c.args?.length && { args: [...c.args] }),
      ...(ports.length > 0 && { ports: containerPorts(ports) }),
      ...(variables.length > 0 && { env: variables }),
      ...probes,
      resources: resourceRequirements(pod.platform, c.size ?? 'xs'),
      securityContext: containerSecurityContext(pod.security),
      volumeMounts: [
        { name: 'tmp', mountPath: '/tmp' },
        ...Object.entries(c.mounts ?? {}).map(([volume, mountPath]) => ({ name: volume, mountPath })),
      ],
    };
  });
}

/** Every container beside the main one, by name. */
export function extraContainersOf(props: ExtraContainerProps): [string, ExtraContainer][] {
  return groups.flatMap((group) => Object.entries(props[group] ?? {}));
}

/** Names are unique in the pod, and each container is one that could run. */
export function extraContainerProblems(
  props: ExtraContainerProps,
  platform: Platform,
  main: string,
  volumes: readonly string[],
): string[] {
  const problems: string[] = [];
  const names = new Set([main]);
  for (const group of groups) {
    const containers = props[group];
    if (containers === undefined) continue;
    if (!isRecord(containers)) {
      problems.push(`${group} ${show(containers)} is no record; write containers by name`);
      continue;
    }
    for (const [name, c] of Object.entries(containers)) {
      const what = `${group}.${name}`;
      const wrong = nameProblem('container name', name);
      if (wrong) problems.push(wrong);
      if (names.has(name)) problems.push(`container name ${show(name)} is used twice in the pod; rename one`);
      names.add(name);
      if (!isRecord(c)) problems.push(`${what} ${show(c)} is no container; write { image }`);
      else problems.push(...containerProblems(what, c as unknown as ExtraContainer, platform, volumes));
    }
  }
  return problems;
}

function containerProblems(what: string, c: ExtraContainer, platform: Platform, volumes: readonly string[]): string[] {
  const image = imageProblem(c.image, platform.registries);
  return [
    ...(image ? [image] : []),
    ...wordsProblems('command', c.command),
    ...wordsProblems('args', c.args),
    ...environmentProblems(c),
    ...portProblems(c),
    ...probeProblems(c),
    ...resourceProblems(platform, 'size', c.size),
    ...Object.keys(c.mounts ?? {})
      .filter((volume) => !volumes.includes(volume))
      .map(
        (volume) =>
          `mounts names the volume ${show(volume)}, which the workload lacks; it has ${volumes.join(', ') || 'none'}`,
      ),
  ].map((problem) => `${what}: ${problem}`);
}

/**
 * The containers that run side by side share one network: a number can be listened on once, and a Service or probe that
 * names a port has to find one only.
 */
export function podPortProblems(props: ExtraContainerProps & PortProps): string[] {
  const problems: string[] = [];
  const names = new Map<string, string>();
  const numbers = new Map<string, string>();
  const beside = (['sidecars', 'extraContainers'] as const).flatMap((group) =>
    Object.entries(isRecord(props[group]) ? props[group] : {}).map(([name, c]) => [`${group}.${name}`, c] as const),
  );
  for (const [what, container] of [['the main container', props] as const, ...beside]) {
    if (!isRecord(container) || portProblems(container as PortProps).length > 0) continue;
    const own = namedPorts(container as PortProps);
    for (const { name, port, protocol } of own) {
      const number = `${protocol === 'udp' ? 'UDP' : 'TCP'}/${port}`;
      if (names.has(name)) {
        problems.push(
          `port name ${show(name)} of ${what} is used by ${names.get(name)} too; name it in ports: { ${show(what.slice(what.indexOf('.') + 1))}: { port, protocol } }`,
        );
      }
      if (numbers.has(number)) {
        problems.push(`port ${port} of ${what} is used by ${numbers.get(number)} too; give one of them another number`);
      }
    }
    for (const { name, port, protocol } of own) {
      names.set(name, what);
      numbers.set(`${protocol === 'udp' ? 'UDP' : 'TCP'}/${port}`, what);
    }
  }
  return problems;
}

/** A command is a list of words: one text would be taken for the name of one program. */
export function wordsProblems(what: string, words: unknown): string[] {
  return words === undefined || (Array.isArray(words) && words.every((w) => typeof w === 'string'))
    ? []
    : [`${what} ${show(words)} is no list of words; write each word on its own: ["node", "main.js"]`];
}
