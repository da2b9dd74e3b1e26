import { Construct } from 'constructs';
import type { Application, AppProject } from '../../imports/argoproj.io';
import type { ConfigMap } from '../../imports/kubernetes';
import { Environment } from '../platform/environment';
import { pathOf, refuse } from '../platform/golden-error';
import { check, show } from '../platform/rule';
import { takeOnce } from '../team/once-per-cluster';
import { type ArgoCdDelivery, argoCdDelivery, type TeamDelivery } from './argo-cd-delivery';
import { type DeliveryPlace, deliveryPlace } from './delivery-place';
import { type DeliveryEngine, type DeliveryProps, deliveryRules } from './delivery-props';
import { engineProblems } from './engine-problems';
import { type FluxDelivery, fluxDelivery } from './flux-delivery';

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
 * `appproject-cluster-<environment>.yaml` and `application-cluster-<environment>.yaml`: they deliver the rest and themselves. Where the
 * topology says `promotion: auto`, apps are synced, pruned and healed by themselves; where it says `manual`, somebody syncs.
 *
 * Where the topology names a `rollout`, named apps reach one cluster after the other, by themselves: what somebody does is the promotion.
 * A cluster goes on only when those of the step before run the same commit and are healthy; one that is not holds the others until a
 * later commit mends it. It takes one Argo CD that `serves: 'every-cluster'`, that has {@link argoCdSettings} (without them it waits for
 * nothing), and {@link rolloutFile} in the repository. Data and the platform's own apps are not rolled out. Applications that folders had
 * made are taken over. Where apps were named before, `appproject-<namespace>.yaml` and `application-<namespace>.<app>.yaml` take theirs
 * over once they are applied by hand; until then Argo CD asks to prune them, which nobody should confirm.
 *
 * With `engine: 'flux'` the same tree is brought by Kustomizations, of a team with the team's own account, which is what bounds it. The
 * two files that are applied by hand are `gitrepository-cluster-<environment>.yaml` and `kustomization-cluster-<environment>.yaml` in
 * `<environment>/<cluster>/flux-system/<app>`. Flux has no sync by hand: where the topology says `manual`, the promotion is what
 * somebody does, and Flux brings what it commits. Kustomizations of teams read a GitRepository in Flux's namespace, so Flux must not run
 * with `--no-cross-namespace-refs`. With `--feature-gates=CancelHealthCheckOnNewRevision=true` a commit does not wait up to five minutes for
 * what the one before broke.
 */
export class Delivery extends Construct {
  /** What brings the tree. */
  readonly engine: DeliveryEngine;
  /** What Flux delivers with; undefined where Argo CD delivers. */
  readonly flux?: FluxDelivery;
  private readonly argoCd?: ArgoCdDelivery;

  /** @throws GoldenError with everything that is wrong with the props, or when the environment is delivered already. */
  constructor(scope: Construct, id: string, props: DeliveryProps) {
    super(scope, id);
    check(this, props ?? {}, [...deliveryRules(this), (p) => engineProblems(this, p)]);
    const place = deliveryPlace(this, props);
    const before = takeOnce(this, `delivery of ${place.environment.name}`);
    if (before) {
      refuse(this, `environment ${show(place.environment.name)} is delivered already, by ${pathOf(before)}; drop one`);
    }

    outsideAccount(this, place);
    this.engine = props.engine ?? 'argo-cd';
    if (this.engine === 'flux') this.flux = fluxDelivery(this, place, props);
    else this.argoCd = argoCdDelivery(this, place, props);
  }

  /** What bounds the platform's own apps. Throws a GoldenError where Flux delivers, as the other parts of Argo CD do. */
  get project(): AppProject {
    return this.ofArgoCd('project').project;
  }

  /** The platform's own apps, in their order. */
  get applications(): readonly Application[] {
    return this.ofArgoCd('applications').applications;
  }

  /** Delivers everything else and itself. */
  get root(): Application {
    return this.ofArgoCd('root').root;
  }

  /** What is delivered for each team, by its name. */
  get teams(): Readonly<Record<string, TeamDelivery>> {
    return this.ofArgoCd('teams').teams;
  }

  /** What Argo CD has to know; undefined where somebody else says it, and with Flux. */
  get settings(): ConfigMap | undefined {
    return this.argoCd?.settings;
  }

  /** What Argo CD has to know to tell people; undefined where somebody else says it, where nothing is said, and with Flux. */
  get notifications(): ConfigMap | undefined {
    return this.argoCd?.notifications;
  }

  private ofArgoCd(part: string): ArgoCdDelivery {
    return this.argoCd ?? refuse(this, `Flux delivers, so there is no ${part} of Argo CD; read flux instead`);
  }
}

/** The account of the platform's own apps comes with the installation of Argo CD, or of Flux. */
function outsideAccount(scope: Construct, { account }: DeliveryPlace): void {
  const environment = scope.node.scopes.find((s) => Environment.isEnvironment(s)) as Environment;
  environment.external({ kind: 'ServiceAccount', name: account.split('/')[1] });
}
