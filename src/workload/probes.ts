import type { Probe } from '../../imports/kubernetes';
import { type Duration, durationProblem, toSeconds } from '../platform/duration';
import type { NamedPort } from '../platform/named-port';
import { isRecord, show, suggestion } from '../platform/rule';
import { plainFields } from './cdk8s-plus';
import { isUrlPath, namedPorts, type PortProps } from './ports';

/** When a probe asks, and how often it may fail. */
export interface ProbeTiming {
  /**
   * Time between two questions.
   * @default '10s', and '5s' for the startup probe
   */
  readonly every?: Duration;
  /**
   * How long an answer may take.
   * @default '1s', as Kubernetes
   */
  readonly timeout?: Duration;
  /**
   * Failures in a row that count as failed.
   * @default 3, and 30 for the startup probe: 150 seconds to start
   */
  readonly failures?: number;
  /**
   * Time before the first question.
   * @default - none: the startup probe holds the others back
   */
  readonly delay?: Duration;
}

/** How one probe asks: by HTTP, by TCP, by gRPC's health protocol, or by a command in the container. */
export type ProbeOptions = ProbeTiming &
  (
    | { readonly http: string; readonly port?: number | string }
    | { readonly tcp: true | number | string }
    | { readonly grpc: true | number; readonly service?: string }
    | { readonly exec: readonly string[] }
  );

/** A cdk8s-plus probe, which knows how to render itself. */
export interface PlusProbe {
  /** @internal */
  _toKube(container: never): unknown;
}

/** The probes of a workload. */
export interface ProbeProps {
  /**
   * How all three probes ask: an HTTP path on the main port, or `'grpc'` for gRPC's health protocol.
   * @default - a TCP connection to the main port; no probe without a main port
   */
  readonly health?: string;
  /**
   * Single probes: what is set here replaces what `health` says, and `false` leaves one out.
   * @default - all three as `health` says
   */
  readonly probes?: {
    readonly readiness?: ProbeOptions | PlusProbe | false;
    readonly liveness?: ProbeOptions | PlusProbe | false;
    readonly startup?: ProbeOptions | PlusProbe | false;
  };
}

const probeNames = ['readiness', 'liveness', 'startup'] as const;

/** The fields of a container that hold probes. */
export type ContainerProbes = Partial<Record<'readinessProbe' | 'livenessProbe' | 'startupProbe', Probe>>;

/** The probes of the main container. */
export function containerProbes(props: ProbeProps & PortProps): ContainerProbes {
  const main = namedPorts(props)[0] as NamedPort | undefined;
  const result: ContainerProbes = {};
  for (const name of probeNames) {
    const own = props.probes?.[name];
    const options = own ?? (own === false ? false : defaultProbe(props, main));
    if (options) result[`${name}Probe`] = probe(name, options, main);
  }
  return result;
}

function defaultProbe(props: ProbeProps, main: NamedPort | undefined): ProbeOptions | undefined {
  if (props.health === 'grpc') return { grpc: true };
  if (props.health !== undefined) return { http: props.health };
  return main && main.protocol !== 'udp' ? { tcp: true } : undefined;
}

function probe(
  name: (typeof probeNames)[number],
  options: ProbeOptions | PlusProbe,
  main: NamedPort | undefined,
): Probe {
  if (isPlusProbe(options)) {
    return plainFields(options._toKube({ port: main?.port, portNumber: main?.port } as never)) as Probe;
  }
  const startup = name === 'startup';
  return {
    ...action(options, main),
    ...(options.delay && { initialDelaySeconds: toSeconds(options.delay) }),
    periodSeconds: toSeconds(options.every ?? (startup ? '5s' : '10s')),
    timeoutSeconds: toSeconds(options.timeout ?? '1s'),
    failureThreshold: options.failures ?? (startup ? 30 : 3),
  };
}

function action(options: ProbeOptions, main: NamedPort | undefined): Probe {
  if ('http' in options) return { httpGet: { path: options.http, port: options.port ?? main?.name ?? '' } };
  if ('tcp' in options) return { tcpSocket: { port: options.tcp === true ? (main?.name ?? '') : options.tcp } };
  if ('grpc' in options) {
    return {
      grpc: {
        port: options.grpc === true ? (main?.port ?? 0) : options.grpc,
        ...(options.service && { service: options.service }),
      },
    };
  }
  return { exec: { command: [...options.exec] } };
}

function isPlusProbe(value: unknown): value is PlusProbe {
  return typeof value === 'object' && value !== null && '_toKube' in value;
}

/** Every probe asks in one way, at a port that is declared, at times that Kubernetes takes. */
export function probeProblems(props: ProbeProps & PortProps): string[] {
  const ports = namedPorts(props);
  const problems: string[] = [];
  const { health, probes } = props;
  if (health !== undefined && health !== 'grpc' && !isUrlPath(health)) {
    problems.push(`health ${show(health)} is neither a path nor "grpc"; start a path with "/"`);
  }
  if (health !== undefined && ports.length === 0)
    problems.push(`health ${show(health)} has no port to ask at; set port`);
  if (probes !== undefined && !isRecord(probes)) {
    return [...problems, `probes ${show(probes)} is no record; write them by name: ${probeNames.join(', ')}`];
  }
  for (const key of Object.keys(probes ?? {}).filter((k) => !probeNames.includes(k as never))) {
    problems.push(`probes has no ${show(key)}${suggestion(key, probeNames)}; use ${probeNames.join(', ')}`);
  }
  for (const name of probeNames) {
    const own = probes?.[name];
    if (own !== undefined && own !== false && !isPlusProbe(own))
      problems.push(...oneProbeProblems(`probes.${name}`, own, ports));
  }
  return problems;
}

function oneProbeProblems(what: string, options: ProbeOptions, ports: readonly NamedPort[]): string[] {
  if (typeof options !== 'object' || options === null)
    return [`${what} ${show(options)} is no probe; use { http: "/health" } or false`];
  const ways = ['http', 'tcp', 'grpc', 'exec'].filter((way) => way in options);
  if (ways.length !== 1)
    return [`${what} ${show(options)} asks in ${ways.length} ways; use one of http, tcp, grpc, exec`];
  const problems: string[] = [];
  if ('http' in options && !isUrlPath(options.http))
    problems.push(`${what}.http ${show(options.http)} is no path; start it with "/"`);
  if (
    'exec' in options &&
    !(Array.isArray(options.exec) && options.exec.length > 0 && options.exec.every((w) => typeof w === 'string'))
  ) {
    problems.push(`${what}.exec ${show(options.exec)} is no command; write its words as a list`);
  }
  const port =
    'http' in options ? options.port : 'tcp' in options ? options.tcp : 'grpc' in options ? options.grpc : undefined;
  const named = typeof port === 'string' || typeof port === 'number';
  if (named && !ports.some((p) => p.name === port || p.port === port)) {
    problems.push(
      `${what} asks at port ${show(port)}, which is not declared; use ${ports.map((p) => p.name).join(', ') || 'a port of this workload'}`,
    );
  }
  if (!named && !('exec' in options) && ports.length === 0) problems.push(`${what} has no port to ask at; set port`);
  for (const [key, min] of [
    ['every', 1],
    ['timeout', 1],
    ['delay', 0],
  ] as const) {
    const problem = options[key] === undefined ? undefined : durationProblem(`${what}.${key}`, options[key], min, 3600);
    if (problem) problems.push(problem);
  }
  if (
    options.failures !== undefined &&
    !(Number.isInteger(options.failures) && options.failures >= 1 && options.failures <= 1000)
  ) {
    problems.push(`${what}.failures ${show(options.failures)} is no count; use a whole number from 1 to 1000`);
  }
  return problems;
}
