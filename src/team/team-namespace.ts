import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { SecretStore } from '../../imports/external-secrets.io';
import type {
  LimitRange,
  Namespace,
  NetworkPolicy,
  ResourceQuota,
  RoleBinding,
  ServiceAccount,
} from '../../imports/kubernetes';
import { Environment } from '../platform/environment';
import { pathOf, refuse } from '../platform/golden-error';
import { nameProblem } from '../platform/names';
import { check, show } from '../platform/rule';
import { kindOf } from '../schema/kinds';
import { roleBindings } from './access';
import { type TeamBounds, teamBounds } from './bounds';
import { defaultAccount } from './default-account';
import { type GitopsAccount, gitopsAccount } from './gitops-account';
import { networkGuardRails } from './guard-rails';
import { teamNamespace } from './namespace';
import { isTaken, takeOnce } from './once-per-cluster';
import type { TeamRole } from './roles';
import { strayPaths, teamSecretStore } from './secret-store';
import { isLeftOut, isOwnApp, type TeamNamespaceProps, teamNamespaceRules, teamOf } from './team-namespace-props';
import { type TeamPlace, teamMetadata, teamPlace } from './team-place';
import { tenancy } from './tenancy';

/**
 * Everything that a team gets on day one in an environment: a namespace with bounds, access by group, an account that applies its
 * manifests, a closed network, and a way to its secrets. Each object is there to be extended: `namespace.resourceQuota.patch(…)`.
 *
 * ```ts
 * new TeamNamespace(env, 'orders', { quota: 'medium', access: { viewers: ['support'] } });
 * ```
 *
 * In the platform's own app it stands beside one {@link Tenancy} per cluster, which holds the roles that it binds. In the
 * team's own app its quota follows the workloads; the account that applies that app has to be one that may change guard
 * rails.
 */
export class TeamNamespace extends Construct {
  readonly team: string;
  /** The namespace's name. */
  readonly name: string;
  readonly namespace: Namespace;
  /** What it may hold; undefined where it is left out. */
  readonly resourceQuota?: ResourceQuota;
  /** What containers and claims may ask for; undefined where it is left out. */
  readonly limitRange?: LimitRange;
  /** Who may what, by role; a role that nobody has is not there. */
  readonly roleBindings: Readonly<Partial<Record<TeamRole, RoleBinding>>>;
  /** Who applies the team's manifests; undefined where it is left out. */
  readonly gitops?: GitopsAccount;
  /** Closes the network of every pod; undefined where it is left out. */
  readonly defaultDeny?: NetworkPolicy;
  /** Opens what every pod needs; undefined where it is left out. */
  readonly baseline?: NetworkPolicy;
  /** The store that the team's ExternalSecrets read; undefined where the platform has none, or it is left out. */
  readonly secretStore?: SecretStore;
  /** Who the secret store is to its provider. */
  readonly secretStoreAccount?: ServiceAccount;
  /** The account of pods that name none; undefined where it is left out. */
  readonly defaultAccount?: ServiceAccount;
  private readonly place: TeamPlace;
  private readonly bounds: TeamBounds;

  /** @throws GoldenError with everything that is wrong with the props, or when the namespace is somebody else's already. */
  constructor(scope: Construct, id: string, props: TeamNamespaceProps = {}) {
    if (typeof id !== 'string' || id === '') refuse(scope, nameProblem('team', id) as string);
    super(scope, id);
    this.team = teamOf(id, props ?? {});
    const place = teamPlace(this, this.team, props?.system);
    this.place = place;
    check(this, props ?? {}, teamNamespaceRules(place));
    this.name = place.namespace;
    const before = takeOnce(this, `namespace ${this.name}`);
    if (before) {
      refuse(
        this,
        `namespace ${show(this.name)} of team ${show(this.team)} is there already in the cluster ${show(place.environment.cluster)}, made for team ${show((before as TeamNamespace).team)} by ${pathOf(before)}; let the platform's namespace rule keep them apart, or drop one`,
      );
    }

    const has = (part: Parameters<typeof isLeftOut>[1]) => !isLeftOut(props, part);
    this.namespace = teamNamespace(this, place, props, leftOut(place, props));
    this.bounds = teamBounds(this, place, {
      quota: has('quota') ? (props.quota ?? (isOwnApp(this, this.team) ? 'computed' : 'small')) : undefined,
      limits: has('limits') ? (props.limits ?? {}) : undefined,
      namespace: this.namespace,
    });
    this.resourceQuota = this.bounds.resourceQuota;
    this.limitRange = this.bounds.limitRange;
    this.roleBindings = has('access') ? roleBindings(this, place, props.access) : {};
    this.gitops = has('gitops') ? gitopsAccount(this, place, props.gitops) : undefined;
    if (has('network') && place.platform.network.enforce !== false) {
      const { defaultDeny, baseline } = networkGuardRails(this, place, props.network);
      this.defaultDeny = defaultDeny;
      this.baseline = baseline;
    }
    const store = has('secretStore') ? teamSecretStore(this, place, props.secretPaths) : undefined;
    this.secretStore = store?.secretStore;
    this.secretStoreAccount = store?.serviceAccount;
    this.defaultAccount = has('defaultAccount') ? defaultAccount(this, place, props.imagePullSecrets) : undefined;
    for (const [key, object] of Object.entries(props.objects ?? {})) this.addObject(key, object);

    this.node.addValidation({ validate: () => this.problems(props) });
  }

  /** What can be said only when everything is there. */
  private problems(props: TeamNamespaceProps): string[] {
    const problems = this.bounds.problems();
    if (!isLeftOut(props, 'secretStore')) {
      problems.push(...strayPaths(this.place, props.secretPaths ?? [], this.bounds.around()));
    }
    const inEnvironment = this.node.scopes.some((s) => Environment.isEnvironment(s));
    if (inEnvironment && !isOwnApp(this, this.team) && !isTaken(this, tenancy)) {
      problems.push(
        `the roles that it binds, and the rules that keep its guard rails, are made by a Tenancy, and the cluster ${show(this.place.environment.cluster)} has none; make one with new Tenancy(env, "tenancy", { keepers })`,
      );
    }
    return problems;
  }

  private addObject(
    id: string,
    object: { readonly apiVersion: string; readonly kind: string; readonly [key: string]: unknown },
  ) {
    const own = teamMetadata(this.place, id);
    const given = (object.metadata ?? {}) as { readonly labels?: object; readonly namespace?: string };
    const isNamespaced = kindOf(object.apiVersion, object.kind, this.place.environment.kubernetes)?.namespaced ?? true;
    const { namespace, ...named } = own;
    const metadata = {
      ...named,
      ...(isNamespaced && { namespace }),
      ...given,
      labels: { ...own.labels, ...given.labels },
    };
    new ApiObject(this, `object-${id}`, { ...object, metadata });
  }
}

/** Why parts are left out, as annotations of the namespace. */
function leftOut({ platform }: TeamPlace, { without = {} }: TeamNamespaceProps): Record<string, string> {
  const { enforce, reason } = platform.network;
  const reasons = { ...(enforce === false && reason !== undefined && { network: reason }), ...without };
  return Object.fromEntries(
    Object.entries(reasons).map(([part, why]) => [`${platform.labelPrefix}/without-${kebab(part)}`, why]),
  );
}

function kebab(part: string): string {
  return part.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
