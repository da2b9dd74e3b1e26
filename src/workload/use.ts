import type { IConstruct } from 'constructs';
import { type Granted, type Grantee, isGrantable } from '../crossplane/resource/grantable';
import { isUsable, type Usable, type UseTarget } from '../crossplane/resource/usable';
import type { NetworkAccess } from '../network/network-access';
import type { SignIn } from '../platform/backend';
import type { EnvironmentFacts } from '../platform/environment';
import { refuse } from '../platform/golden-error';
import { isRecord, oneOf, show, suggestion } from '../platform/rule';
import { type EnvironmentValue, environmentVariableProblem } from './environment-variables';

/** How a workload is told of a resource that it uses. */
export interface UseOptions<Key extends string = string> {
  /**
   * Environment variables of the main container, each with the key of the connection contract that it holds.
   * @default - none: only the network is opened
   */
  readonly env?: Readonly<Record<string, Key>>;
}

/** What a workload is, as far as using something concerns it. */
export interface UserOfResources {
  readonly scope: IConstruct;
  readonly environment: EnvironmentFacts;
  /** What it is when it is granted something. */
  readonly grantee: Grantee;
  /** What the main container reads; variables of resources are added. */
  readonly variables: Map<string, EnvironmentValue>;
  /** Undefined where the platform does not enforce the network. */
  readonly network: NetworkAccess | undefined;
}

/** The resources that a workload uses. */
export class UsedResources {
  private readonly secretsByName = new Map<string, readonly string[]>();
  private readonly signIns = new Set<string>();

  /** The resources as the catalog names them, `PostgresInstance/orders-db`, in the order in which they were added. */
  get names(): readonly string[] {
    return [...this.secretsByName.keys()];
  }

  /** The Secrets that are read. */
  get secrets(): readonly string[] {
    return [...this.secretsByName.values()].flat();
  }

  /**
   * Uses a resource.
   *
   * @param verb what is done with it. @default - nothing is granted
   * @returns annotations that the account of the workload needs to sign in
   * @throws GoldenError when it is elsewhere, when nothing says how it is fulfilled or where it is reached, when it does not take the
   * verb or lacks a key, or when a variable is set already.
   */
  add(
    user: UserOfResources,
    usable: Usable,
    { env = {} }: UseOptions,
    verb?: unknown,
  ): Readonly<Record<string, string>> {
    const { scope, environment, variables, network } = user;
    const target = targetOf(scope, environment, usable);
    const name = `${target.kind}/${target.name}`;
    const granted = verb === undefined ? undefined : grantedOf(user.grantee, usable, name, verb);
    const keys = { ...target.keys, ...granted?.keys };
    checkKeys(scope, name, env, keys);
    const added = variablesOf(env, keys);
    const taken = [...added.keys()].filter((variable) => variables.has(variable));
    if (taken.length > 0)
      refuse(scope, `uses ${name}, but ${taken.join(', ')} is set already; choose another variable`);
    if (network && !this.secretsByName.has(name)) openTo(scope, network, environment, target);
    for (const [variable, value] of added) variables.set(variable, value);
    const read = [...added.values()].flatMap((value) =>
      typeof value === 'object' && 'fromSecret' in value ? [value.fromSecret] : [],
    );
    this.secretsByName.set(name, [...new Set([...(this.secretsByName.get(name) ?? []), ...read])]);
    if (network) this.openSignIn(user, network, granted?.signIn);
    return granted?.signIn?.annotations ?? {};
  }

  /** Opens the network to what its account signs in at, once. */
  private openSignIn(user: UserOfResources, network: NetworkAccess, { reaches = [] }: Partial<SignIn> = {}): void {
    const { scope, environment, grantee } = user;
    for (const place of reaches) {
      const key = JSON.stringify(place);
      if (this.signIns.has(key)) continue;
      this.signIns.add(key);
      const { port } = place;
      if ('cidrs' in place) network.allowToBackend({ cidrs: place.cidrs }, port);
      else openTo(scope, network, environment, { kind: place.backend, name: grantee.account.name, ports: [port] });
    }
  }
}

function targetOf(scope: IConstruct, { name, cluster }: EnvironmentFacts, usable: Usable): UseTarget {
  if (!isUsable(usable)) {
    const what = (usable as Partial<IConstruct> | undefined)?.node?.id ?? usable;
    refuse(scope, `uses ${show(what)}, which nobody can use; give a request like a PostgresInstance`);
  }
  const target = usable.useTarget();
  const place = `${name}/${cluster}`;
  if (target.place !== place) {
    refuse(
      scope,
      `uses ${target.kind}/${target.name} of ${target.place} from ${place}; use the one that is made for the same environment and cluster`,
    );
  }
  return target;
}

function grantedOf(grantee: Grantee, usable: Usable, name: string, verb: unknown): Granted {
  if (isGrantable(usable)) return usable.access.grant(grantee, usable, verb as string);
  return refuse(
    grantee.scope,
    `uses ${name} with the verb ${show(verb)}, and takes none: whoever reads its connection may use it; leave the verb out`,
  );
}

function checkKeys(scope: IConstruct, name: string, env: unknown, keys: UseTarget['keys']): void {
  if (!isRecord(env)) refuse(scope, `uses ${name} with env ${show(env)}, which is no record; write keys by variable`);
  const known = Object.keys(keys);
  for (const [variable, key] of Object.entries(env)) {
    const problem = environmentVariableProblem(variable, key);
    if (problem) refuse(scope, problem);
    if (known.includes(key as string)) continue;
    refuse(
      scope,
      `uses ${name} with the key ${show(key)} for ${variable}, which it has not${suggestion(String(key), known)}; it has ${oneOf(known)}`,
    );
  }
}

/**
 * Which key of which Secret each variable reads. What a backend makes of several keys is joined by Kubernetes, which expands
 * `$(NAME)` of variables that stand before; a part that nobody asked for is in a variable named after the whole:
 * `DATABASE_URL_HOST`.
 */
function variablesOf(env: Readonly<Record<string, string>>, keys: UseTarget['keys']): Map<string, EnvironmentValue> {
  const variables = new Map<string, EnvironmentValue>();
  const asked = new Map(Object.entries(env).map(([variable, key]) => [key, variable]));
  const add = (variable: string, key: string): string => {
    const location = keys[key];
    if (variables.has(variable) || ('text' in location && location.text === '')) return variable;
    const value =
      'secret' in location
        ? { fromSecret: location.secret, key: location.key }
        : location.text.replace(/\$\(([^)]*)\)/g, (_, part: string) => {
            const own = `${variable}_${part.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase()}`;
            return `$(${add(asked.get(part) ?? own, part)})`;
          });
    variables.set(variable, value);
    return variable;
  };
  for (const [variable, key] of Object.entries(env)) add(variable, key);
  return variables;
}

/** Opens the network to a resource: where the topology says that resources of its kind are, else to the pods that fulfil it. */
function openTo(
  scope: IConstruct,
  network: NetworkAccess,
  { cluster, network: facts }: EnvironmentFacts,
  { kind, name, ports, pods }: Pick<UseTarget, 'kind' | 'name' | 'ports' | 'pods'>,
): void {
  if (ports.length === 0) return;
  const backend = facts.backends?.[kind] ?? pods;
  if (!backend) {
    refuse(
      scope,
      `uses ${kind}/${name}, and nothing is known of where a ${kind} is reached from the cluster ${show(cluster)}; set network.backends.${kind} of the cluster in the topology`,
    );
  }
  if ('host' in backend && facts.hostNames === undefined) {
    refuse(
      scope,
      `uses ${kind}/${name} at ${show(backend.host)}, and the policies of the cluster ${show(cluster)} know only addresses; give network.backends.${kind} as cidrs, or set network.hostNames of the cluster`,
    );
  }
  for (const port of ports) network.allowToBackend(backend, port);
}
