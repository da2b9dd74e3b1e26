import { isIP } from 'node:net';
import { cidrProblem, isEverywhere } from '../platform/cidr';
import { isPort } from '../platform/named-port';
import { isHostName } from '../platform/names';
import type { ClusterNetwork } from '../platform/network-settings';
import { isRecord, show } from '../platform/rule';

/** A destination outside of the cluster. */
export interface EgressOptions {
  /**
   * Its host name; a first label `*` stands for any.
   * @default - none: it is known by its addresses
   */
  readonly host?: string;
  /**
   * Its addresses, for clusters whose network policies know no host names: `10.2.0.0/16`.
   * @default - none: it is known by its host name
   */
  readonly cidrs?: readonly string[];
  /** Number of the port. */
  readonly port: number;
  /** @default 'tcp' */
  readonly protocol?: 'tcp' | 'udp';
  /**
   * Why every address there is may be reached. It lands in an annotation of the policy.
   * @default - none: such a block is refused
   */
  readonly reason?: string;
}

/** A destination: `api.stripe.com:443`, `*.example.com:443`, `10.2.0.0/16:5432`, `[2001:db8::/32]:443`, or its parts. */
export type Egress = string | EgressOptions;

/** Where a workload may go outside of the cluster. */
export interface EgressProps {
  /**
   * Destinations outside of the cluster that it calls.
   * @default - none
   */
  readonly egress?: readonly Egress[];
}

/** A destination with its form decided. */
export interface Destination {
  readonly host?: string;
  readonly cidrs: readonly string[];
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  readonly reason?: string;
}

/** The destinations of a list that has no problems. */
export function destinations(egress: readonly Egress[] | undefined): Destination[] {
  return (egress ?? []).map((each) => {
    const { host, cidrs = [], port, protocol, reason } = optionsOf(each) as EgressOptions;
    return { host, cidrs, port, protocol: protocol === 'udp' ? 'UDP' : 'TCP', reason };
  });
}

function optionsOf(egress: unknown): Partial<EgressOptions> | undefined {
  if (typeof egress !== 'string') return isRecord(egress) ? egress : undefined;
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:\s]+)):(\d{1,5})$/.exec(egress) ?? [];
  const target = bracketed ?? plain;
  if (target === undefined) return undefined;
  const family = isIP(target);
  if (family !== 0) return { cidrs: [`${target}/${family === 4 ? 32 : 128}`], port: Number(port) };
  return target.includes('/') ? { cidrs: [target], port: Number(port) } : { host: target, port: Number(port) };
}

/** Every destination can be read, has a port, and can be let through on the cluster without opening more. */
export function egressProblems({ egress }: EgressProps, cluster: string, network: ClusterNetwork): string[] {
  if (egress === undefined) return [];
  if (!Array.isArray(egress)) return [`egress ${show(egress)} is no list; write it like ["api.stripe.com:443"]`];
  return egress.flatMap((each: unknown) => {
    const options = optionsOf(each);
    if (options === undefined) {
      return [
        `egress ${show(each)} is no destination; write host:port or block:port, like "api.stripe.com:443" or "10.2.0.0/16:5432"`,
      ];
    }
    return destinationProblems(show(each), options, cluster, network);
  });
}

function destinationProblems(
  shown: string,
  { host, cidrs, port, protocol, reason }: Partial<EgressOptions>,
  cluster: string,
  network: ClusterNetwork,
): string[] {
  const problems: string[] = [];
  if (!isPort(port)) {
    problems.push(`egress ${shown} has the port ${show(port)}; use a whole number from 1 to 65535`);
  }
  if (protocol !== undefined && protocol !== 'tcp' && protocol !== 'udp') {
    problems.push(`egress ${shown} has the protocol ${show(protocol)}; use tcp or udp`);
  }
  if (host !== undefined && !isHostName(String(host).replace(/^\*\./, ''))) {
    problems.push(`egress ${shown} has the host ${show(host)}, which is no host name; it may begin with "*."`);
  }
  if (cidrs !== undefined && (!Array.isArray(cidrs) || cidrs.length === 0)) {
    return [...problems, `egress ${shown} has the addresses ${show(cidrs)}; write blocks like ["10.2.0.0/16"]`];
  }
  for (const cidr of cidrs ?? []) {
    const problem = cidrProblem(`egress ${shown}: block`, cidr);
    if (problem) problems.push(problem);
    else if (isEverywhere(cidr) && (typeof reason !== 'string' || reason.trim() === '')) {
      problems.push(`egress ${shown} opens every address there is; narrow the block, or say why in reason`);
    }
  }
  if (host === undefined && cidrs === undefined)
    problems.push(`egress ${shown} names neither host nor cidrs; give one`);
  if (host !== undefined && cidrs === undefined && network.hostNames === undefined) {
    problems.push(
      `egress ${shown} names a host, and the policies of the cluster ${show(cluster)} know only addresses; give its addresses too, as { host, cidrs: ["..."], port }, or set network.hostNames of the cluster to cilium or gke where it has such policies`,
    );
  }
  return problems;
}
