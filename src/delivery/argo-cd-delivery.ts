import type { Construct } from 'constructs';
import type { Application, ApplicationSet, AppProject } from '../../imports/argoproj.io';
import type { ConfigMap } from '../../imports/kubernetes';
import { isTaken, takeOnce } from '../team/once-per-cluster';
import type { TeamNamespace } from '../team/team-namespace';
import { argoCdConfigMap } from './argo-cd-config-map';
import { argoCdSettings } from './argo-cd-settings';
import { type DeliveryPlace, rolloutOf } from './delivery-place';
import type { DeliveryProps } from './delivery-props';
import { notificationConfigMap } from './notification-config-map';
import { lastWave, type PlatformApplications, platformApplications } from './platform-applications';
import { teamApplicationSet, teamApplications } from './team-applications';
import { teamProject } from './team-project';
import { teamRollouts } from './team-rollouts';

/** What delivers the apps of one team. */
export interface TeamDelivery {
  /** What bounds them. */
  readonly project: AppProject;
  /** What makes an Application for each folder; where apps are named, for the data of each that keeps some. */
  readonly applicationSet: ApplicationSet;
  /** One for each named app. Where the topology names a `rollout`, those that bring it from cluster to cluster, in the home alone. */
  readonly applications: readonly Application[];
  /** What bounds those of a `rollout`. */
  readonly rolloutProject?: AppProject;
}

/** Everything that Argo CD delivers with. */
export interface ArgoCdDelivery extends PlatformApplications {
  readonly teams: Readonly<Record<string, TeamDelivery>>;
  /** Undefined where somebody else says it. */
  readonly settings?: ConfigMap;
  /** Undefined where somebody else says it. */
  readonly notifications?: ConfigMap;
}

/** What has Argo CD deliver the place. */
export function argoCdDelivery(scope: Construct, place: DeliveryPlace, props: DeliveryProps): ArgoCdDelivery {
  const isOwn = props.settings ?? props.serves !== 'every-cluster';
  const own = isOwn ? settings(scope, place, props) : undefined;
  const notifications = isOwn ? notificationConfigMap(scope, place, props.notifications) : undefined;
  const platform = platformApplications(scope, place, props);
  const teams = Object.fromEntries(props.teams.map((team) => [team.team, teamDelivery(scope, place, team, props)]));
  return { ...platform, teams, settings: own, notifications };
}

function teamDelivery(scope: Construct, place: DeliveryPlace, team: TeamNamespace, props: DeliveryProps): TeamDelivery {
  const project = teamProject(scope, place, team, props);
  const wave = lastWave(place);
  const apps = props.apps?.[team.team];
  const applicationSet = teamApplicationSet(scope, place, team, wave, apps);
  const steps = rolloutOf(place);
  if (steps === undefined || apps === undefined) {
    const applications = apps ? teamApplications(scope, place, team, apps, wave) : [];
    return { project, applications, applicationSet };
  }
  if (!place.environment.isHome) return { project, applications: [], applicationSet };
  const rollouts = teamRollouts(scope, place, team, { apps, steps, wave });
  return { project, applications: rollouts.applications, applicationSet, rolloutProject: rollouts.project };
}

const settingsOnce = 'settings of Argo CD';

/** Environments that share a cluster share its Argo CD: the first of them tells it what it has to know. */
function settings(scope: Construct, place: DeliveryPlace, { apis }: DeliveryProps): ConfigMap | undefined {
  if (isTaken(scope, settingsOnce)) return undefined;
  takeOnce(scope, settingsOnce);
  return argoCdConfigMap(scope, place, 'settings', 'argocd-cm', argoCdSettings(apis));
}
