import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Certificate } from '../../imports/cert-manager.io';
import type { GRPCRoute, HTTPRoute } from '../../imports/gateway.networking.k8s.io';
import { Deployment, type Ingress, type Service } from '../../imports/kubernetes';
import type { ServiceMonitor } from '../../imports/monitoring.coreos.com';
import { routeIngress } from '../network/baseline';
import type { GraphService } from '../network/call-graph';
import { hostsOf, type RouteProps, routeProblems, routes } from '../network/route';
import { serviceMonitor } from '../observability/monitor';
import { environmentOf } from '../platform/environment';
import { suffixed } from '../platform/names';
import { Platform } from '../platform/platform';
import { type AfterFailedDeployOptions, type BeforeDeployOptions, deployCommandProblems } from './before-deploy';
import { deploymentSpec } from './deployment';
import type { EnvironmentValue } from './environment-variables';
import { GoldenJob } from './golden-job';
import { namedPorts } from './ports';
import { type ServedProps, ServedWorkload } from './served-workload';
import { service } from './service';

/** What a {@link GoldenService} can be told. */
export interface GoldenServiceProps extends ServedProps, RouteProps {
  /**
   * A command that runs to its end before a new version is rolled out, such as a database migration.
   * @default - none
   */
  readonly beforeDeploy?: BeforeDeployOptions;
  /**
   * A command that runs to its end after a deployment failed, as a {@link GoldenJob} does that runs `after-failed-deploy`.
   * @default - none
   */
  readonly afterFailedDeploy?: AfterFailedDeployOptions;
}

/**
 * A program that listens and always runs: Deployment, Service, autoscaler, disruption budget, account, and a route,
 * a monitor and a migration where they are asked for.
 */
export class GoldenService extends ServedWorkload {
  /** What makes the pods. */
  readonly deployment: Deployment;
  /** The address of the pods. */
  readonly service: Service;
  /** What brings requests from outside through a Gateway; undefined without a host. */
  readonly route?: HTTPRoute | GRPCRoute;
  /** What brings requests from outside through an ingress controller; undefined unless asked for. */
  readonly ingress?: Ingress;
  /** The certificate of the hosts; undefined unless the platform names an issuer. */
  readonly certificate?: Certificate;
  /** What Prometheus scrapes; undefined without metrics. */
  readonly monitor?: ServiceMonitor;
  /** What runs before a new version is rolled out; undefined unless asked for. */
  readonly migration?: GoldenJob;
  /** What runs after a deployment failed; undefined unless asked for. */
  readonly afterFailure?: GoldenJob;

  /** @throws GoldenError with every rule that the props violate. */
  constructor(scope: Construct, id: string, props: GoldenServiceProps) {
    const platform = Platform.of(scope);
    const environment = environmentOf(scope);
    super(
      scope,
      id,
      props,
      {
        component: 'service',
        maxName: 63,
        restartPolicy: 'Always',
        rules: [
          (p: GoldenServiceProps) => routeProblems(p, environment),
          (p: GoldenServiceProps) => deployCommandProblems('beforeDeploy', 'migrate', p.beforeDeploy, platform),
          (p: GoldenServiceProps) =>
            deployCommandProblems('afterFailedDeploy', 'clean-up', p.afterFailedDeploy, platform),
        ] as never,
      },
      'Deployment',
    );
    const ports = namedPorts(props);
    this.deployment = new Deployment(this, 'deployment', {
      metadata: this.metadata(this.mainAnnotations()),
      spec: Lazy.any({ produce: () => deploymentSpec(props, this.replicas(), this.selector, this.template()) }),
    });
    this.service = service(this, ports, this.selector, this.metadata());
    const { route, ingress, certificate } = routes(this, props, {
      platform,
      environment,
      name: this.name,
      labels: this.labels,
      service: this.name,
      port: ports[0].servicePort,
      protocol: ports[0].protocol,
    });
    if (route ?? ingress)
      this.network?.allowFrom(routeIngress(platform, environment, props.via ?? platform.routing.via, ports[0]));
    this.route = route;
    this.ingress = ingress;
    this.certificate = certificate;
    const monitored = this.monitorOptions();
    this.monitor = monitored && serviceMonitor(this, monitored);
    this.migration = props.beforeDeploy && this.deployJob('before-deploy', props, props.beforeDeploy);
    this.afterFailure =
      props.afterFailedDeploy && this.deployJob('after-failed-deploy', props, props.afterFailedDeploy);
  }

  /** Sets an environment variable of the main container, and of what runs before a deployment or after one that failed. */
  override env(name: string, value: EnvironmentValue): void {
    super.env(name, value);
    this.migration?.env(name, value);
    this.afterFailure?.env(name, value);
  }

  protected override graphService(): GraphService {
    return { ...super.graphService(), hosts: hostsOf(this.pods as RouteProps, this.environment) };
  }

  protected get main(): Deployment {
    return this.deployment;
  }

  /** It sees the same configuration, secrets and identity as the service, and no ports or volumes. */
  private deployJob(
    runs: 'before-deploy' | 'after-failed-deploy',
    props: GoldenServiceProps,
    { command, args, image, retries, timeout }: BeforeDeployOptions,
  ): GoldenJob {
    const { env, config, files, secretsFrom, secretFiles, secretTemplates, existingSecrets } = props;
    const { size, security, architecture, nodePool, tolerations, identity, imagePullSecrets, egress } = props;
    return new GoldenJob(this, suffixed(this.node.id, runs), {
      ...{ env, config, files, secretsFrom, secretFiles, secretTemplates, existingSecrets },
      ...{ size, security, architecture, nodePool, tolerations, identity, imagePullSecrets, egress },
      image: image ?? props.image,
      command,
      args,
      retries: retries ?? 0,
      timeout: timeout ?? '10m',
      restartOnRotation: false,
      runs,
    });
  }
}
