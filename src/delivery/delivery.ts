import { Construct } from 'constructs';
import type { Application, ApplicationSet, AppProject } from '../../imports/argoproj.io';
import { ConfigMap } from '../../imports/kubernetes';
import { Environment } from '../platform/environment';
import { pathOf, refuse } from '../platform/golden-error';
import { check, show } from '../platform/rule';
import { isTaken, takeOnce } from '../team/once-per-cluster';
import type { TeamNamespace } from '../team/team-namespace';
import { argoCdSettings } from './argo-cd-settings';
import { type DeliveryPlace, deliveryMetadata, deliveryPlace, waves } from './delivery-place';
import { type DeliveryProps, deliveryRules } from './delivery-props';
import { lastWave, platformApplications } from './platform-applications';
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

/**
 * What has Argo CD bring the GitOps tree to a cluster: for each team a project that bounds it and Applications of its apps, and
 * the platform's own apps before them. It belongs to the platform's own app.
 *
 * ```ts
 * app.forEachEnvironment((env) => {
 *   new Tenancy(env, 'tenancy', { keepers });
 *   const teams = ['orders', 'payments'].map((team) => new TeamNamespace(env, team));
 *   new Delivery(env, 'delivery', { teams });
 * });
 * ```
 *
 * Everything lands in `<environment>/<cluster>/argocd/<app>`. Two files there are applied by hand once,
 * `appproject-cluster-<environment>.yaml` and `application-cluster-<environment>.yaml`: they deliver the rest and themselves. Where the topology says `promotion: auto`, apps are synced, pruned and healed by
 * themselves; where it says `manual`, somebody syncs.
 */
export class Delivery extends Construct {
  /** What bounds the platform's own apps. */
  readonly project: AppProject;
  /** The platform's own apps, in their order. */
  readonly applications: readonly Application[];
  /** Delivers everything else and itself. */
  readonly root: Application;
  /** What is delivered for each team, by its name. */
  readonly teams: Readonly<Record<string, TeamDelivery>>;
  /** What Argo CD has to know; undefined where somebody else says it. */
  readonly settings?: ConfigMap;

  /** @throws GoldenError with everything that is wrong with the props, or when the environment is delivered already. */
  constructor(scope: Construct, id: string, props: DeliveryProps) {
    super(scope, id);
    check(this, props ?? {}, deliveryRules(this));
    const place = deliveryPlace(this, props);
    const before = takeOnce(this, `delivery of ${place.environment.name}`);
    if (before) {
      refuse(this, `environment ${show(place.environment.name)} is delivered already, by ${pathOf(before)}; drop one`);
    }

    outsideAccount(this, place);
    if (props.settings ?? props.serves !== 'every-cluster') this.settings = settings(this, place, props);
    const { project, applications, root } = platformApplications(this, place);
    this.project = project;
    this.applications = applications;
    this.root = root;
    this.teams = Object.fromEntries(props.teams.map((team) => [team.team, teamDelivery(this, place, team, props)]));
  }
}

function teamDelivery(scope: Construct, place: DeliveryPlace, team: TeamNamespace, props: DeliveryProps): TeamDelivery {
  const project = teamProject(scope, place, team, props);
  const wave = lastWave(place);
  const apps = props.apps?.[team.team];
  const applications = apps ? teamApplications(scope, place, team, apps, wave) : [];
  return { project, applications, applicationSet: teamApplicationSet(scope, place, team, wave, apps) };
}

/** The account of the platform's own apps comes with the installation of Argo CD. */
function outsideAccount(scope: Construct, { account }: DeliveryPlace): void {
  const environment = scope.node.scopes.find((s) => Environment.isEnvironment(s)) as Environment;
  environment.external({ kind: 'ServiceAccount', name: account.split('/')[1] });
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
