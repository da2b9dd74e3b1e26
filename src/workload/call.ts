import type { IConstruct } from 'constructs';
import { callAddress, callVariable } from '../network/call-address';
import type { GraphCall } from '../network/call-graph';
import { type NetworkRule, transport } from '../network/network-rule';
import { type Callable, type Caller, isCallable } from '../platform/call-target';
import { refuse } from '../platform/golden-error';
import { nameLabel } from '../platform/labels';
import { show } from '../platform/rule';
import { environmentVariableProblem } from './environment-variables';

/** How a call is told to the program. */
export interface CallOptions {
  /**
   * Name of the environment variable that holds the address, or `false` for none.
   * @default - from the service's name: `PAYMENTS_API_URL` for HTTP, `PAYMENTS_API_ADDRESS` for other protocols
   */
  readonly env?: string | false;
}

/** What a call comes to. */
export interface Call {
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
export function makeCall(scope: IConstruct & Caller, place: string, callee: Callable, { env }: CallOptions): Call {
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
