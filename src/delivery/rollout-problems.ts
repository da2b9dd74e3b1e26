import type { IConstruct } from 'constructs';
import { environmentOf } from '../platform/environment';
import { Platform } from '../platform/platform';
import { isRecord, show } from '../platform/rule';
import type { TeamNamespace } from '../team/team-namespace';
import type { DeliveryProps } from './delivery-props';

/** Where the environment names a `rollout`, one Argo CD serves all of its clusters, and knows the apps by name. */
export function rolloutProblems(scope: IConstruct, { engine, serves, apps, teams }: DeliveryProps): string[] {
  const { name } = environmentOf(scope);
  if (Platform.of(scope).topology.environments[name].rollout === undefined) return [];
  const what = `the topology names a rollout for ${show(name)}`;
  const instead = `or drop topology.environments.${name}.rollout`;
  if (engine === 'flux') return [`${what}, and Flux has none; deliver with argo-cd, ${instead}`];
  if (serves !== 'every-cluster') {
    return [
      `${what}, and an Argo CD for each cluster knows nothing of the others; set serves to every-cluster, ${instead}`,
    ];
  }
  const named: Readonly<Record<string, unknown>> = isRecord(apps) ? apps : {};
  const others = (Array.isArray(teams) ? (teams as TeamNamespace[]) : []).filter(
    (team) => typeof team?.team === 'string' && !Object.hasOwn(named, team.team),
  );
  return others.map(
    ({ team }) => `${what}, which takes apps by name, and apps lacks ${show(team)}; name the apps of that team`,
  );
}
