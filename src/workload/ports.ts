import type { ContainerPort, ServicePort } from '../../imports/kubernetes';
import { isPort, type NamedPort, type PortProtocol } from '../platform/named-port';
import { isRecord, show } from '../platform/rule';

/** One port that a container listens on. */
export interface PortOptions {
  /** Number of the port that the container listens on, 1 to 65535. */
  readonly port: number;
  /**
   * What is spoken on it.
   * @default 'http'
   */
  readonly protocol?: PortProtocol;
  /**
   * Number of the port that the Service offers.
   * @default - the container's own number; 80 for the main port of an HTTP service
   */
  readonly servicePort?: number;
}

/** Where metrics are read from. */
export interface MetricsOptions {
  /**
   * Number or name of the port. A number that is no other port becomes a port `metrics` of its own.
   * @default - the main port
   */
  readonly port?: number | string;
  /**
   * Path of the metrics.
   * @default '/metrics'
   */
  readonly path?: string;
  /**
   * Time between two scrapes.
   * @default - the platform's
   */
  readonly interval?: string;
}

/** The ports of a workload. */
export interface PortProps {
  /**
   * Number of the main port, 1 to 65535. It is named after its protocol.
   * @default - no main port
   */
  readonly port?: number;
  /**
   * What is spoken on the main port.
   * @default 'http'
   */
  readonly protocol?: PortProtocol;
  /**
   * Number that the Service offers the main port on.
   * @default - 80 for HTTP, else the main port's own number
   */
  readonly servicePort?: number;
  /**
   * More ports by name: a number speaks HTTP.
   * @default - none
   */
  readonly ports?: Readonly<Record<string, number | PortOptions>>;
  /**
   * Where Prometheus reads metrics: `true` for `/metrics` on the main port.
   * @default - nothing is scraped
   */
  readonly metrics?: boolean | MetricsOptions;
}

const protocols: readonly PortProtocol[] = ['http', 'grpc', 'tcp', 'udp'];

/** All ports of a workload, the main one first. */
export function namedPorts(props: PortProps): NamedPort[] {
  const ports: NamedPort[] = [];
  const main = props.protocol ?? 'http';
  if (props.port !== undefined) {
    ports.push({
      name: main,
      port: props.port,
      servicePort: props.servicePort ?? (main === 'http' ? 80 : props.port),
      protocol: main,
    });
  }
  for (const [name, value] of Object.entries(props.ports ?? {})) {
    // Other rules ask for the ports too, before it is known that all of them are ports.
    if (typeof value !== 'number' && !isRecord(value)) continue;
    const { port, protocol = 'http', servicePort = port }: PortOptions = isRecord(value) ? value : { port: value };
    ports.push({ name, port, servicePort, protocol });
  }
  const metrics = isRecord(props.metrics) ? props.metrics.port : undefined;
  if (typeof metrics === 'number' && !ports.some((p) => p.port === metrics)) {
    ports.push({ name: 'metrics', port: metrics, servicePort: metrics, protocol: 'http' });
  }
  return ports;
}

/** The port that metrics are read from; undefined when nothing is scraped. */
export function metricsPort(props: PortProps): NamedPort | undefined {
  if (!props.metrics) return undefined;
  const ports = namedPorts(props);
  const wanted = props.metrics === true ? undefined : props.metrics.port;
  return wanted === undefined ? ports[0] : ports.find((p) => p.port === wanted || p.name === wanted);
}

/** Every port number is possible and used once, every name is one that Kubernetes takes, and metrics have a port. */
export function portProblems(props: PortProps): string[] {
  if (props.ports !== undefined && (typeof props.ports !== 'object' || props.ports === null)) {
    return [`ports ${show(props.ports)} is no record; write ports by name`];
  }
  for (const [name, value] of Object.entries(props.ports ?? {})) {
    if (typeof value !== 'number' && (typeof value !== 'object' || value === null)) {
      return [`ports.${name} ${show(value)} is no port; write a number or { port, protocol }`];
    }
  }
  const problems: string[] = [];
  const numbers = new Map<string, string>();
  const offered = new Map<string, string>();
  const names = new Set<string>();
  for (const { name, port, servicePort, protocol } of namedPorts(props)) {
    const transport = protocol === 'udp' ? 'UDP' : 'TCP';
    // Anything can be here from JavaScript, also what no text can be made of.
    const number = `${transport}/${String(port)}`;
    const offer = `${transport}/${String(servicePort)}`;
    if (!isPort(port))
      problems.push(`port ${show(port)} of ${show(name)} is no port; use a whole number from 1 to 65535`);
    if (!isPort(servicePort)) {
      problems.push(`servicePort ${show(servicePort)} of ${show(name)} is no port; use a whole number from 1 to 65535`);
    }
    if (!protocols.includes(protocol))
      problems.push(`protocol ${show(protocol)} of ${show(name)} is unknown; use ${protocols.join(', ')}`);
    if (!/^(?=.*[a-z])[a-z0-9]([a-z0-9]|-(?!-)){0,14}$/.test(name) || String(name).endsWith('-')) {
      problems.push(
        `port name ${show(name)} is no port name; use at most 15 lower-case letters, digits and single "-", with a letter`,
      );
    }
    if (names.has(name)) problems.push(`port name ${show(name)} is used twice; rename one`);
    names.add(name);
    const other = numbers.get(number);
    if (other !== undefined)
      problems.push(`port ${show(port)} is used by ${show(other)} and ${show(name)}; give one of them another number`);
    numbers.set(number, name);
    const twin = offered.get(offer);
    if (twin !== undefined && other === undefined) {
      problems.push(
        `servicePort ${show(servicePort)} is offered for ${show(twin)} and ${show(name)}; give one of them another number`,
      );
    }
    offered.set(offer, name);
  }
  return [...problems, ...metricsProblems(props)];
}

function metricsProblems(props: PortProps): string[] {
  if (props.metrics === undefined || props.metrics === false) return [];
  if (props.metrics !== true && !isRecord(props.metrics)) {
    return [`metrics ${show(props.metrics)} is neither true nor settings; write { port: 9090 }`];
  }
  const names = namedPorts(props).map((p) => p.name);
  const problems: string[] = [];
  if (!metricsPort(props)) {
    const wanted = typeof props.metrics === 'object' ? props.metrics.port : undefined;
    problems.push(
      wanted === undefined
        ? 'metrics has no port to be read from; set port, or metrics: { port: 9090 }'
        : `metrics.port ${show(wanted)} is none of the ports ${names.join(', ') || '(there are none)'}`,
    );
  }
  const path = typeof props.metrics === 'object' ? props.metrics.path : undefined;
  if (path !== undefined && !isUrlPath(path)) problems.push(`metrics.path ${show(path)} is no path; start it with "/"`);
  const interval = typeof props.metrics === 'object' ? props.metrics.interval : undefined;
  if (interval !== undefined && !/^[1-9]\d*(ms|s|m|h)$/.test(String(interval))) {
    problems.push(`metrics.interval ${show(interval)} is no duration; write a number with its unit, like "30s"`);
  }
  return problems;
}

/** Whether a value is an absolute URL path without blanks. */
export function isUrlPath(path: unknown): path is string {
  return typeof path === 'string' && /^\/[!-~]*$/.test(path);
}

/** The ports as a container declares them. */
export function containerPorts(ports: readonly NamedPort[]): ContainerPort[] {
  return ports.map(({ name, port, protocol }) => ({
    name,
    containerPort: port,
    protocol: protocol === 'udp' ? 'UDP' : 'TCP',
  }));
}

/** Application protocols by KEP-3726's names, so that gateways and meshes need not guess. */
const appProtocols: Partial<Record<PortProtocol, string>> = { http: 'http', grpc: 'kubernetes.io/h2c' };

/** The ports as a Service offers them. */
export function servicePorts(ports: readonly NamedPort[]): ServicePort[] {
  return ports.map(({ name, servicePort, protocol }) => ({
    name,
    port: servicePort,
    targetPort: name,
    protocol: protocol === 'udp' ? 'UDP' : 'TCP',
    ...(appProtocols[protocol] && { appProtocol: appProtocols[protocol] }),
  }));
}
