import { type ApiObject, Chart } from 'cdk8s';
import type { INetworkPolicyPeer, IPodSelector, NetworkPolicyPeerConfig, PodSelectorConfig } from 'cdk8s-plus-29';
import { Construct } from 'constructs';
import type { ExternalSecret } from '../../imports/external-secrets.io';
import type {
  ConfigMap,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodTemplateSpec,
  ServiceAccount,
} from '../../imports/kubernetes';
import type { Grantable, Grantee } from '../crossplane/resource/grantable';
import type { Usable } from '../crossplane/resource/usable';
import { type GraphService, inCallGraph } from '../network/call-graph';
import { destinations } from '../network/egress';
import type { NetworkAccess } from '../network/network-access';
import type { Callable } from '../platform/call-target';
import { Environment, type EnvironmentFacts, environmentOf } from '../platform/environment';
import { pathOf, refuse } from '../platform/golden-error';
import { imageVersion } from '../platform/image';
import { environmentLabels, nameLabel } from '../platform/labels';
import { labelValue, nameProblem, suffixed } from '../platform/names';
import { ownershipOf } from '../platform/ownership';
import { Platform } from '../platform/platform';
import { previewName } from '../platform/preview';
import { check, isRecord, type Rule } from '../platform/rule';
import { CalledServices, type CallOptions } from './call';
import { plusNetworkPolicyPeer, plusPodSelector } from './cdk8s-plus';
import { type Configuration, configuration } from './configuration';
import { type EnvironmentValue, environmentVariableProblem } from './environment-variables';
import { identityPodLabels } from './identity';
import { outsideOf } from './outside';
import { type OwnMetadata, ownAccount, ownConfigMap, ownedClaims, ownedObjects } from './own-objects';
import { OwnSecret } from './own-secret';
import { ownVariables } from './own-variables';
import { podTemplate } from './pod-template';
import { previewPods } from './preview-pods';
import { roomFor } from './room-for';
import { rotationAnnotations } from './secrets';
import { securityReason } from './security-reason';
import { UsedResources, type UseOptions } from './use';
import type { PodProps, WorkloadKind } from './workload-kind';
import { workloadNetwork } from './workload-network';
import { workloadRules } from './workload-props';

/**
 * What all golden workloads share: a name, an account, configuration, secrets, storage and the pods.
 *
 * The construct's id is the name of its objects and the value of its selector, in a preview with its suffix; nothing
 * depends on where it stands in the tree.
 */
export abstract class Workload extends Construct implements IPodSelector, INetworkPolicyPeer {
  /** Name of the workload and of its objects. */
  readonly name: string;
  /** What selects its pods: one label, which never changes. */
  readonly selector: Readonly<Record<string, string>>;
  /** Labels of its objects and pods. */
  readonly labels: Readonly<Record<string, string>>;
  /** The identity of its pods. */
  readonly serviceAccount: ServiceAccount;
  /** Configuration as environment; undefined without `config`. */
  readonly configMap?: ConfigMap;
  /** Configuration as files; undefined without `files`. */
  readonly filesConfigMap?: ConfigMap;
  /** The claims it makes for its volumes, by volume name. */
  readonly claims: Readonly<Record<string, PersistentVolumeClaim>>;
  /** The team that owns it; empty in a plain cdk8s chart. */
  readonly team: string;
  /** The namespace of its objects. */
  readonly namespace: string;
  /** What the network lets through; undefined where the platform does not enforce the network. */
  protected readonly network?: NetworkAccess;
  /** Where it is rendered for. */
  protected readonly environment: EnvironmentFacts;
  protected readonly platform: Platform;
  protected readonly pods: PodProps;
  private readonly kind: WorkloadKind;
  private readonly configuration: Configuration;
  private readonly variables = new Map<string, EnvironmentValue>();
  private readonly called = new CalledServices();
  private readonly used = new UsedResources();
  private readonly secret: OwnSecret;
  /** The object that makes the pods; set by each kind of workload. */
  protected abstract get main(): ApiObject | undefined;

  /** @throws GoldenError with every rule that the props violate. */
  protected constructor(scope: Construct, id: string, props: PodProps, kind: WorkloadKind) {
    super(roomFor(scope, id), id);
    this.platform = Platform.of(this);
    this.environment = environmentOf(this);
    check(this, props ?? ({} as PodProps), [
      () => nameProblem('name', id, kind.maxName),
      ...workloadRules(this.platform, this.environment, id),
      ...(kind.rules as readonly Rule<PodProps>[]),
    ]);
    const { preview } = this.environment;
    const name = previewName(id, preview, kind.maxName);
    this.name = name;
    this.pods = preview ? previewPods(this.platform, props) : props;
    this.kind = kind;
    const ownership = ownershipOf(this);
    this.team = ownership?.team ?? '';
    this.namespace = Chart.of(this).namespace ?? 'default';
    const version = imageVersion(props.image);
    this.selector = { [nameLabel]: name };
    this.labels = {
      ...environmentLabels(this.platform, this.environment.name, ownership, preview),
      ...this.selector,
      'app.kubernetes.io/component': kind.component,
      'app.kubernetes.io/version': labelValue(version),
      ...props.labels,
    };

    const files = suffixed(name, 'files');
    this.configuration = configuration(props, files);
    const metadata: OwnMetadata = (own, named) => this.metadata(own, named);
    this.serviceAccount = ownAccount(this, metadata, props);
    this.configMap = ownConfigMap(this, 'config', metadata(), this.configuration.variables);
    this.filesConfigMap = ownConfigMap(this, 'files', metadata({}, files), this.configuration.fileData);
    this.claims = kind.controllerMakesClaims ? {} : ownedClaims(this, metadata, name, props, preview === undefined);
    const facts = { service: name, version, environment: this.environment.name };
    const owned = { system: ownership?.system, owner: ownership?.team };
    for (const [variable, value] of ownVariables(this.platform, { ...facts, ...owned }, props)) {
      this.variables.set(variable, value);
    }
    const { platform, environment, selector, pods, variables } = this;
    this.secret = new OwnSecret({ scope: this, platform, name, pods, variables, metadata });
    if (Environment.isEnvironment(environment)) environment.external(...outsideOf(props));
    this.network = workloadNetwork(this, props, { platform, environment, selector, metadata });
    inCallGraph(this, () => this.graphService());
    ownedObjects(this, { name, labels: this.labels }, props.objects);
  }

  /**
   * Sets an environment variable of the main container.
   *
   * @throws GoldenError when the name or the value can't be one.
   */
  env(name: string, value: EnvironmentValue): void {
    const problem = environmentVariableProblem(name, value);
    if (problem) refuse(this, problem);
    this.variables.set(name, value);
    this.secret.makeWhenNeeded();
    this.restartOnRotation();
  }

  /**
   * Calls a service, or one of its ports: opens the network on both sides, and tells the program the address in an
   * environment variable, such as `PAYMENTS_API_URL`. A service of another team has to list the caller.
   *
   * @throws GoldenError when it can't be called, or does not take the call.
   */
  calls(callee: Callable, options: CallOptions = {}): void {
    const { environment, variables, network } = this;
    const place = `${environment.name}/${environment.cluster}`;
    this.called.add({ scope: this, place, variables, network }, callee, options);
  }

  /**
   * Uses what a request provides, the same line whatever fulfils it: opens the network to it, and tells the program how to
   * connect in environment variables, each of one key of the connection contract.
   *
   * ```ts
   * api.uses(db, { env: { DATABASE_URL: 'uri' } });
   * api.uses(events, 'send', { env: { EVENTS_URL: 'queue' } });
   * ```
   *
   * With a verb its account is granted the least that the verb takes, on this one resource. What it signs in with, where a backend
   * does not know accounts, are keys as well; a variable of one that is not needed is left out.
   *
   * @throws GoldenError when it is of another place or another team, when nothing says how it is fulfilled or where it is reached,
   * when it does not take the verb, or when a variable is set already.
   */
  uses<Key extends string, Verb extends string, Credential extends string>(
    resource: Usable<Key> & Grantable<Verb, Credential>,
    verb: NoInfer<Verb>,
    options?: UseOptions<NoInfer<Key | Credential>>,
  ): void;
  uses<Key extends string>(resource: Usable<Key>, options?: UseOptions<NoInfer<Key>>): void;
  uses(resource: Usable, ...rest: readonly unknown[]): void {
    const { environment, variables, network, grantee } = this;
    const [verb, options] = rest[0] === undefined || isRecord(rest[0]) ? [undefined, rest[0]] : rest;
    const user = { scope: this, environment, variables, network, grantee };
    const annotations = this.used.add(user, resource, (options ?? {}) as UseOptions, verb);
    for (const [key, value] of Object.entries(annotations)) this.serviceAccount.metadata.addAnnotation(key, value);
    this.restartOnRotation();
  }

  /** What closes its network but for what is needed; undefined where the platform does not enforce the network. */
  get networkPolicy(): NetworkPolicy | undefined {
    return this.network?.policy;
  }

  /** What lets it reach hosts by name; undefined while it needs none. */
  get hostPolicy(): ApiObject | undefined {
    return this.network?.hostPolicy;
  }

  /** What fetches its values from the secret store; undefined when it reads none. */
  get externalSecret(): ExternalSecret | undefined {
    return this.secret.externalSecret;
  }

  /** How cdk8s-plus Services and network policies select the pods. */
  toPodSelectorConfig(): PodSelectorConfig {
    return plusPodSelector(this.selector);
  }

  /** How cdk8s-plus network policies name the pods. */
  toNetworkPolicyPeerConfig(): NetworkPolicyPeerConfig {
    return plusNetworkPolicyPeer(this.selector);
  }

  /** How cdk8s-plus network policies select the pods. */
  toPodSelector(): IPodSelector {
    return this;
  }

  /** Metadata of an object of the workload. */
  protected metadata(own: Readonly<Record<string, string>> = {}, name = this.name) {
    const annotations = { ...this.kind.annotations, ...own };
    return {
      name,
      labels: { ...this.labels },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    };
  }

  /** Annotations of the main object: the user's, why security is weakened, and what restarts it on rotation. */
  protected mainAnnotations(): Record<string, string> {
    const reason = securityReason(this.pods);
    return {
      ...this.pods.annotations,
      ...(reason !== '' && { [`${this.platform.labelPrefix}/security-reason`]: reason }),
      ...this.rotation(),
    };
  }

  /** The pods, worked out when the app is synthesized, so that what is added until then is in them. */
  protected template(): PodTemplateSpec {
    return podTemplate({
      platform: this.platform,
      name: this.name,
      props: this.pods,
      labels: { ...this.labels, ...identityPodLabels(this.pods.identity) },
      selector: this.selector,
      env: this.variables,
      configuration: this.configuration,
      serviceAccount: this.serviceAccount.name,
      configMap: this.name,
      secret: this.name,
      stored: this.secret.values,
      hasSecret: this.externalSecret !== undefined,
      claimName: (volume) => this.claims[volume]?.name,
      revisionLabel: this.kind.controllerMakesClaims ? 'controller-revision-hash' : 'pod-template-hash',
      restartPolicy: this.kind.restartPolicy,
    });
  }

  /** What it is when it is granted something. */
  private get grantee(): Grantee {
    return {
      scope: this,
      account: { name: this.serviceAccount.name, namespace: this.namespace },
      team: this.team,
      identities: Object.keys(this.pods.identity ?? {}),
      runsBefore: Object.keys(this.kind.annotations ?? {}).length > 0,
    };
  }

  /** What the call graph knows of it; kinds that are called or routed to add their part. */
  protected graphService(): GraphService {
    const { name, team, namespace } = this;
    return {
      id: `${team}/${name}`,
      ...{ team, namespace },
      environment: this.environment.name,
      cluster: this.environment.cluster,
      ...(this.environment.preview && { preview: this.environment.preview.id }),
      path: pathOf(this),
      component: this.kind.component,
      ports: [],
      callers: [],
      calls: this.called.calls,
      ...(this.used.names.length > 0 && { uses: this.used.names }),
      hosts: [],
      egress: destinations(this.pods.egress).map(({ host, cidrs, port }) => `${host ?? cidrs.join(',')}:${port}`),
    };
  }

  private restartOnRotation(): void {
    for (const [key, value] of Object.entries(this.rotation())) this.main?.metadata.addAnnotation(key, value);
  }

  private rotation(): Record<string, string> {
    return rotationAnnotations(this.pods, [...(this.externalSecret ? [this.name] : []), ...this.used.secrets]);
  }
}
