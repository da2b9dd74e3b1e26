import type { Construct } from 'constructs';
import type { Application, ApplicationSet, AppProject } from '../../imports/argoproj.io';
import { ConfigMap } from '../../imports/kubernetes';
import { isTaken, takeOnce } from '../team/once-per-cluster';
import type { TeamNamespace } from '../team/team-namespace';
import { argoCdSettings } from './argo-cd-settings';
import { type DeliveryPlace, deliveryMetadata, waves } from './delivery-place';
import type { DeliveryProps } from './delivery-props';
import { lastWave, type PlatformApplications, platformApplications } from './platform-applications';
import { teamApplicationSet, teamApplications } from './team-applications';
import { teamProject } from './team-project';

/** What delivers the apps of one team. */
export interface TeamDelivery {
  /** What bounds them. */
  readonly project: AppProject;
  /** What makes an Application for each folder; where apps are named, for the data of each that keeps some. */
  readonly applicationSet: ApplicationSet;
  /** One for each named app. */
  readonly applications: readonly Application[];
}

/** Everything that Argo CD delivers with. */
export interface ArgoCdDelivery extends PlatformApplications {
  readonly teams: Readonly<Record<string, TeamDelivery>>;
  /** Undefined where somebody else says it. */
  readonly settings?: ConfigMap;
}

/** What has Argo CD deliver the place. */
export function argoCdDelivery(scope: Construct, place: DeliveryPlace, props: DeliveryProps): ArgoCdDelivery {
  const own = (props.settings ?? props.serves !== 'every-cluster') ? settings(scope, place, props) : undefined;
  const platform = platformApplications(scope, place);
  const teams = Object.fromEntries(props.teams.map((team) => [team.team, teamDelivery(scope, place, team, props)]));
  return { ...platform, teams, settings: own };
}

function teamDelivery(scope: Construct, place: DeliveryPlace, team: TeamNamespace, props: DeliveryProps): TeamDelivery {
  const project = teamProject(scope, place, team, props);
  const wave = lastWave(place);
  const apps = props.apps?.[team.team];
  const applications = apps ? teamApplications(scope, place, team, apps, wave) : [];
  return { project, applications, applicationSet: teamApplicationSet(scope, place, team, wave, apps) };
}

const settingsOnce = 'settings of Argo CD';

/** Environments that share a cluster share its Argo CD: the first of them tells it what it has to know. */
function settings(scope: Construct, place: DeliveryPlace, { apis }: DeliveryProps): ConfigMap | undefined {
  if (isTaken(scope, settingsOnce)) return undefined;
  takeOnce(scope, settingsOnce);
  const { namespace, annotations } = deliveryMetadata(place, 'argocd-cm', waves.settings);
  return new ConfigMap(scope, 'settings', {
    metadata: {
      ...{ name: 'argocd-cm', namespace },
      // Argo CD finds its settings by this label; the installation owns the object, so it is never pruned.
      labels: { 'app.kubernetes.io/part-of': 'argocd' },
      annotations: { ...annotations, 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
    },
    data: argoCdSettings(apis),
  });
}
