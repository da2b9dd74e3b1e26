import type { IConstruct } from 'constructs';
import type { CallerOptions } from '../platform/callers';
import type { NamedPort } from '../platform/named-port';

/** A call, as the caller knows it. */
export interface GraphCall {
  /** The service that is called, as `team/name`. */
  readonly to: string;
  /** Name of the port. */
  readonly port: string;
  /**
   * Why the other side does not take it, as far as is known here.
   * @default - it does
   */
  readonly refusal?: string;
}

/** A workload as the call graph knows it. */
export interface GraphService {
  /** `team/name`. */
  readonly id: string;
  readonly team: string;
  readonly environment: string;
  readonly cluster: string;
  readonly namespace: string;
  /**
   * The preview that it is part of.
   * @default - none: it is part of the app itself
   */
  readonly preview?: string;
  /** Path of its construct, for messages. */
  readonly path: string;
  /** What kind of workload it is. */
  readonly component: string;
  /** The ports that others may call, the main one first; none when it only calls. */
  readonly ports: readonly NamedPort[];
  /** Who may call it from outside of its team. */
  readonly callers: readonly CallerOptions[];
  readonly calls: readonly GraphCall[];
  /**
   * The resources that it uses, as `Kind/name`, in the order in which it said so.
   * @default - none
   */
  readonly uses?: readonly string[];
  /** Hosts that a route brings requests for. */
  readonly hosts: readonly string[];
  /** Destinations outside of the cluster, as `host:port`. */
  readonly egress: readonly string[];
}

/** One for all copies of the library in a process. */
const key = Symbol.for('cdk8s-golden-path.GraphService');

/** Makes a construct part of the call graph; it is asked when the graph is. */
export function inCallGraph(construct: IConstruct, service: () => GraphService): void {
  Object.defineProperty(construct, key, { value: service });
}

/** The workloads below a construct, in the order in which they were made. */
export function callGraph(root: IConstruct): GraphService[] {
  return root.node.findAll().flatMap((construct) => {
    const service = (construct as unknown as Record<symbol, (() => GraphService) | undefined>)[key];
    return service ? [service()] : [];
  });
}
