import type { Caller } from './call-target';
import { nameProblem } from './names';
import { isRecord, show, suggestion } from './rule';

/** Who may call a service: a team (`'orders'`), one service (`'orders/orders-api'`), or every pod of the cluster. */
export type CallerName = string | 'anyone';

/** Who may call a service, and on which ports. */
export interface CallerOptions {
  /** A team, a service as `team/name`, or `'anyone'`. */
  readonly from: CallerName;
  /**
   * Names of the ports.
   * @default - every port that the Service offers, but for one that only metrics are read from
   */
  readonly ports?: readonly string[];
}

/** The form that all callers are brought into. */
export function callerOptions(callers: readonly (CallerName | CallerOptions)[] | undefined): CallerOptions[] {
  return (callers ?? []).map((caller) => (typeof caller === 'string' ? { from: caller } : caller));
}

/** Whether callers of a list include one that calls a port. */
export function accepts(
  callers: readonly CallerOptions[],
  { team, name }: Pick<Caller, 'team' | 'name'>,
  port: string,
): boolean {
  return callers.some(
    ({ from, ports }) =>
      (from === 'anyone' || from === team || from === `${team}/${name}`) &&
      (ports === undefined || ports.includes(port)),
  );
}

/** Every caller is a team that the platform knows, a service of one, or anyone; every port is one that there is. */
export function callersProblems(
  callers: unknown,
  owners: readonly string[] | undefined,
  ports: readonly string[],
): string[] {
  if (callers === undefined) return [];
  if (!Array.isArray(callers))
    return [`callers ${show(callers)} is no list; write them like ["orders", "payments/payments-api"]`];
  return callers.flatMap((caller: unknown) => {
    const options = typeof caller === 'string' ? { from: caller } : caller;
    if (!isRecord(options) || typeof options.from !== 'string') {
      return [`caller ${show(caller)} is neither a team, nor a service as team/name, nor "anyone"`];
    }
    return [...fromProblems(options.from, owners), ...portsProblems(options, ports)];
  });
}

function fromProblems(from: string, owners: readonly string[] | undefined): string[] {
  if (from === 'anyone') return [];
  const [team, name, ...rest] = from.split('/');
  if (rest.length > 0) return [`caller ${show(from)} has more than one "/"; write a service as team/name`];
  const problems = [nameProblem(`caller`, team), ...(name === undefined ? [] : [nameProblem('caller', name)])];
  if (owners && !owners.includes(team)) {
    problems.push(
      `caller ${show(from)} is of the team ${show(team)}, which the platform does not know${suggestion(team, owners)}; use ${owners.join(', ')}`,
    );
  }
  return problems.filter((problem) => problem !== undefined);
}

function portsProblems({ from, ports }: Record<string, unknown>, known: readonly string[]): string[] {
  if (ports === undefined) return [];
  if (!Array.isArray(ports) || ports.length === 0)
    return [`caller ${show(from)} has ports ${show(ports)}; name at least one, or leave it out`];
  return ports
    .filter((port) => !known.includes(port))
    .map(
      (port) =>
        `caller ${show(from)} names the port ${show(port)}, which is not there${suggestion(String(port), known)}; use ${known.join(', ')}`,
    );
}
