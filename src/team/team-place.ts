import type { Construct } from 'constructs';
import type { ObjectMeta } from '../../imports/kubernetes';
import { type EnvironmentFacts, environmentOf } from '../platform/environment';
import { environmentLabels, type Labels } from '../platform/labels';
import { labelValue } from '../platform/names';
import { ownershipOf } from '../platform/ownership';
import { Platform } from '../platform/platform';
import type { OwnerTopology } from '../platform/topology';

/** Whose namespace it is, where it is, and what all of its objects carry. */
export interface TeamPlace {
  readonly platform: Platform;
  readonly environment: EnvironmentFacts;
  readonly team: string;
  /** What the topology says of the team. */
  readonly owner: OwnerTopology;
  readonly namespace: string;
  /** Labels of every object of the bundle. */
  readonly labels: Labels;
}

/** Works out the place of a team's namespace below a construct. */
export function teamPlace(scope: Construct, team: string, system: string | undefined): TeamPlace {
  const platform = Platform.of(scope);
  const environment = environmentOf(scope);
  const owner = platform.topology.owners?.[team] ?? {};
  const labels = {
    ...environmentLabels(platform, environment.name, { team, system: system ?? ownershipOf(scope)?.system ?? team }),
    ...(owner.costCenter !== undefined && {
      [`${platform.labelPrefix}/cost-center`]: labelValue(owner.costCenter),
    }),
  };
  return { platform, environment, team, owner, namespace: platform.namespace(team, environment.name), labels };
}

/** The label of what only the platform may change. */
export function guardRailLabel(platform: Platform): Labels {
  return { [`${platform.labelPrefix}/guard-rail`]: 'true' };
}

/** Metadata of an object of the bundle. */
export function teamMetadata(place: TeamPlace, name: string, annotations: Labels = {}): ObjectMeta {
  return {
    name,
    namespace: place.namespace,
    labels: { ...place.labels },
    ...(Object.keys(annotations).length > 0 && { annotations: { ...annotations } }),
  };
}

/** Metadata of an object of the bundle that only the platform may change. */
export function guardRailMetadata(place: TeamPlace, name: string, annotations: Labels = {}): ObjectMeta {
  const metadata = teamMetadata(place, name, annotations);
  return { ...metadata, labels: { ...metadata.labels, ...guardRailLabel(place.platform) } };
}
