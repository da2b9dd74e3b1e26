import type { Construct } from 'constructs';
import type { GraphService } from '../network/call-graph';
import { type NetworkRule, transport } from '../network/network-rule';
import type { Callable, CallTarget } from '../platform/call-target';
import { accepts, type CallerName, type CallerOptions, callerOptions, callersProblems } from '../platform/callers';
import { environmentOf } from '../platform/environment';
import { refuse } from '../platform/golden-error';
import { nameLabel } from '../platform/labels';
import type { NamedPort } from '../platform/named-port';
import { Platform } from '../platform/platform';
import type { Rule } from '../platform/rule';
import { show, suggestion } from '../platform/rule';
import { metricsPort, namedPorts, type PortProps } from './ports';
import { type ReplicatedProps, ReplicatedWorkload } from './replicated-workload';
import type { WorkloadKind } from './workload-kind';

/** What a workload that others call can be told. */
export interface ServedProps extends ReplicatedProps {
  /** Number of the port that it listens on, 1 to 65535. */
  readonly port: number;
  /**
   * Who may call it from outside of its team: a team (`'orders'`), a service (`'orders/orders-api'`), or `'anyone'` in the
   * cluster. Services of its own team need no entry.
   * @default - its own team
   */
  readonly callers?: readonly (CallerName | CallerOptions)[];
}

/** A workload that others call: it has an address, ports, and callers that the network lets in. */
export abstract class ServedWorkload extends ReplicatedWorkload implements Callable {
  /** Its ports, the main one first. */
  readonly ports: readonly NamedPort[];
  /** Who may call it from outside of its team, and on which ports. */
  readonly callers: readonly CallerOptions[];
  private readonly opened = new Set<string>();

  protected constructor(
    scope: Construct,
    id: string,
    props: ServedProps,
    kind: WorkloadKind,
    targetKind: 'Deployment' | 'StatefulSet',
  ) {
    const { owners } = Platform.of(scope).topology;
    const rules = [
      (p: ServedProps) =>
        p.port === undefined ? 'port is missing; set the port that the program listens on' : undefined,
      (p: ServedProps) =>
        callersProblems(
          p.callers,
          owners && Object.keys(owners),
          namedPorts(p).map((port) => port.name),
        ),
    ] as unknown as readonly Rule<never>[];
    super(scope, id, props, { ...kind, rules: [...rules, ...kind.rules] }, targetKind);
    this.ports = namedPorts(props);
    const callable = callablePorts(props).map((port) => port.name);
    this.callers = callerOptions(props.callers).map(({ from, ports = callable }) => ({ from, ports }));
    for (const caller of this.callers) this.network?.allowFrom(this.callerRule(caller));
  }

  /** One of its ports, by name, to be called. @throws GoldenError when it has no port of that name. */
  port(name: string): Callable {
    const known = this.ports.map((port) => port.name);
    const port = this.ports.find((p) => p.name === name);
    if (!port) refuse(this, `has no port ${show(name)}${suggestion(String(name), known)}; use ${known.join(', ')}`);
    return { callTarget: () => this.target(port) };
  }

  /** Its main port, as others call it. */
  callTarget(): CallTarget {
    return this.target(this.ports[0]);
  }

  protected override graphService(): GraphService {
    return { ...super.graphService(), ports: this.ports, callers: this.callers };
  }

  private target(port: NamedPort): CallTarget {
    const { team, name, namespace } = this;
    return {
      ...{ team, name, namespace, port, alias: this.node.id },
      isMain: port === this.ports[0],
      place: `${this.environment.name}/${this.environment.cluster}`,
      accept: (caller) => {
        if (caller.team !== team) {
          return accepts(this.callers, caller, port.name)
            ? undefined
            : `add ${show(`${caller.team}/${caller.name}`)} or ${show(caller.team)} to the callers of ${team}/${name}`;
        }
        const key = `${caller.namespace}/${caller.name} ${port.name}`;
        if (!this.opened.has(key)) {
          const peer = { namespace: caller.namespace, podLabels: { [nameLabel]: caller.name } };
          this.network?.allowFrom({ peers: [peer], ports: openPorts([port]) });
        }
        this.opened.add(key);
        return undefined;
      },
    };
  }

  private callerRule({ from, ports = [] }: CallerOptions): NetworkRule {
    const open = openPorts(this.ports.filter((port) => ports.includes(port.name)));
    if (from === 'anyone') return { peers: ['every-pod'], ports: open };
    const [team, name] = from.split('/');
    const namespace = this.platform.namespace(team, environmentOf(this).name);
    return { peers: [{ namespace, ...(name !== undefined && { podLabels: { [nameLabel]: name } }) }], ports: open };
  }
}

/** All ports but one that exists only for metrics. */
function callablePorts(props: PortProps): NamedPort[] {
  const ports = namedPorts(props);
  const metrics = metricsPort(props);
  return ports.filter((port, i) => i === 0 || port !== ports.find((p) => p.port === metrics?.port));
}

function openPorts(ports: readonly NamedPort[]) {
  return ports.map(({ port, protocol }) => ({ port, protocol: transport(protocol) }));
}
