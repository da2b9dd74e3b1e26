import type { IConstruct } from 'constructs';
import { callAddress, callVariable } from '../network/call-address';
import type { GraphCall } from '../network/call-graph';
import type { NetworkAccess } from '../network/network-access';
import { type NetworkRule, transport } from '../network/network-rule';
import { type Callable, type Caller, isCallable } from '../platform/call-target';
import { refuse } from '../platform/golden-error';
import { nameLabel } from '../platform/labels';
import { show } from '../platform/rule';
import { type EnvironmentValue, environmentVariableProblem } from './environment-variables';

/** How a call is told to the program. */
export interface CallOptions {
  /**
   * Name of the environment variable that holds the address, or `false` for none.
   * @default - from the service's name: `PAYMENTS_API_URL` for HTTP, `PAYMENTS_API_ADDRESS` for other protocols
   */
  readonly env?: string | false;
}

/** A workload that calls. */
export interface CallingWorkload {
  readonly scope: IConstruct & Caller;
  /** Its environment and cluster. */
  readonly place: string;
  /** The variables of its main container. */
  readonly variables: Map<string, EnvironmentValue>;
  /**
   * What its network lets through.
   * @default - the platform does not enforce the network
   */
  readonly network?: NetworkAccess;
}

/** The calls of a workload, each once. */
export class CalledServices {
  private readonly byKey = new Map<string, GraphCall>();

  /** What the call graph knows of them. */
  get calls(): GraphCall[] {
    return [...this.byKey.values()];
  }

  /**
   * Opens the network to a service, and sets the variable that tells its address.
   *
   * @throws GoldenError when it can't be called, does not take the call, or the variable is set already.
   */
  add({ scope, place, variables, network }: CallingWorkload, callee: Callable, options: CallOptions): void {
    const { key, call, variable, address, rule } = makeCall(scope, place, callee, options);
    if (this.byKey.has(key)) return;
    if (variable !== undefined && variables.has(variable)) {
      refuse(
        scope,
        `${variable} is set already; choose another variable for the address, or none: { env: "NAME" }, { env: false }`,
      );
    }
    this.byKey.set(key, call);
    network?.allowTo(rule);
    if (variable !== undefined) variables.set(variable, address);
  }
}

/** What a call comes to. */
interface Call {
  /** What makes it the same call. */
  readonly key: string;
  readonly call: GraphCall;
  /** The variable that tells the address; undefined when none is wanted. */
  readonly variable?: string;
  readonly address: string;
  /** What the caller's policy opens. */
  readonly rule: NetworkRule;
}

/**
 * Makes a call from a workload.
 *
 * @throws GoldenError when the other side can't be called, is elsewhere, or does not take the call.
 */
function makeCall(scope: IConstruct & Caller, place: string, callee: Callable, { env }: CallOptions): Call {
  if (!isCallable(callee)) {
    const what = (callee as Partial<IConstruct> | undefined)?.node?.id ?? callee;
    refuse(
      scope,
      `calls ${show(what)}, which nobody can call; only services have an address: give a GoldenService, one of its ports, or env.service("team/name")`,
    );
  }
  const target = callee.callTarget();
  const id = `${target.team}/${target.name}`;
  if (target.place !== undefined && target.place !== place) {
    refuse(
      scope,
      `calls ${id} of ${target.place} from ${place}; call the one that is made for the same environment and cluster`,
    );
  }
  const problem = typeof env === 'string' ? environmentVariableProblem(env, 'address') : undefined;
  if (problem) refuse(scope, problem);
  const { team, name, namespace } = scope;
  const refusal = target.accept({ team, name, namespace });
  if (refusal && target.place !== undefined) {
    refuse(
      scope,
      `calls ${id} on port ${target.port.name}, which does not take calls from ${team}/${name}; ${refusal}`,
    );
  }
  return {
    key: `${id} ${target.port.name}`,
    call: { to: id, port: target.port.name, ...(refusal && { refusal }) },
    ...(env !== false && { variable: env ?? callVariable(target) }),
    address: callAddress(target),
    rule: {
      peers: [{ namespace: target.namespace, podLabels: { [nameLabel]: target.name } }],
      ports: [{ port: target.port.port, protocol: transport(target.port.protocol) }],
    },
  };
}
