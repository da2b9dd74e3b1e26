import { GoldenError } from '../platform/golden-error';
import { oneOf, show, suggestion } from '../platform/rule';
import type { KindRegistry } from '../schema/kind-registry';
import { knownKinds } from '../schema/kinds';
import type { AnyPolicy, PolicyMatch } from './policy';

/** A kind as an API server's rules and Gatekeeper's constraints name it. */
export interface MatchedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
}

const kind = (group: string, name: string, plural: string): MatchedKind => ({
  group,
  version: 'v1',
  kind: name,
  plural,
});

/** Pods, and the built-in kinds that make them. */
export const podKinds: readonly MatchedKind[] = [
  kind('', 'Pod', 'pods'),
  kind('', 'ReplicationController', 'replicationcontrollers'),
  kind('apps', 'Deployment', 'deployments'),
  kind('apps', 'StatefulSet', 'statefulsets'),
  kind('apps', 'DaemonSet', 'daemonsets'),
  kind('apps', 'ReplicaSet', 'replicasets'),
  kind('batch', 'Job', 'jobs'),
  kind('batch', 'CronJob', 'cronjobs'),
];

/**
 * The kinds that a rule looks at, or `'all'`.
 *
 * @param extra kinds of the platform's own CRDs
 * @throws Error naming each kind that nothing serves
 */
export function kindsOf({ kinds }: PolicyMatch, extra?: KindRegistry): readonly MatchedKind[] | 'all' {
  if (kinds === 'all') return 'all';
  if (kinds === 'pods') return podKinds;
  const known = new Map(knownKinds(extra).map((each) => [`${each.apiVersion}/${each.kind}`, each]));
  const unknown = kinds.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const names = [...known.keys()];
    const told = unknown.map((name) => `${show(name)}${suggestion(name, names)}`);
    throw new Error(`no cluster serves ${oneOf(told)}; write kinds as "v1/Service" or "apps/v1/Deployment"`);
  }
  return kinds.map((name) => known.get(name) as MatchedKind);
}

/**
 * The kinds that a rule looks at, or `'all'`.
 *
 * @throws GoldenError naming the rule and each kind that nothing serves
 */
export function kindsOfPolicy({ id, match }: AnyPolicy, extra?: KindRegistry): readonly MatchedKind[] | 'all' {
  try {
    return kindsOf(match, extra);
  } catch (error) {
    throw new GoldenError([{ path: `policy ${show(id)}`, message: (error as Error).message }]);
  }
}

/** Group, version and kind as an object writes them. */
export function apiVersionOf({ group, version }: MatchedKind): string {
  return group === '' ? version : `${group}/${version}`;
}
