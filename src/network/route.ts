import type { Construct } from 'constructs';
import { Certificate } from '../../imports/cert-manager.io';
import { GRPCRoute, HTTPRoute } from '../../imports/gateway.networking.k8s.io';
import { Ingress } from '../../imports/kubernetes';
import type { EnvironmentFacts } from '../platform/environment';
import { isHostName, suffixed } from '../platform/names';
import type { Platform } from '../platform/platform';
import { previewHost } from '../platform/preview';
import { isRecord, show } from '../platform/rule';

/** A path that answers with another address. */
export interface Redirect {
  /** Path that is redirected, with everything below it. */
  readonly from: string;
  /** Path that the caller is sent to instead. */
  readonly to: string;
  /**
   * 301 says for ever, 302 says for now.
   * @default 302
   */
  readonly status?: 301 | 302;
}

/** How a service is reached from outside. */
export interface RouteProps {
  /**
   * Host that the service answers for, inside the environment's domain.
   * @default - it is reached from inside the cluster only
   */
  readonly host?: string;
  /**
   * More hosts, inside the environment's domain.
   * @default - none
   */
  readonly hosts?: readonly string[];
  /**
   * Paths that belong to the service, each with everything below it.
   * @default - all: `/`
   */
  readonly paths?: readonly string[];
  /**
   * Gateway API route, Ingress, or both while a platform migrates.
   * @default - the platform's `routing.via`
   */
  readonly via?: 'gateway' | 'ingress' | 'both';
  /**
   * Paths that answer with another address.
   * @default - none
   */
  readonly redirects?: readonly Redirect[];
}

/** What a route leads to. */
export interface RouteTarget {
  readonly platform: Platform;
  readonly environment: EnvironmentFacts;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Name of the Service. */
  readonly service: string;
  /** Port that the Service offers. */
  readonly port: number;
  readonly protocol: 'http' | 'grpc' | 'tcp' | 'udp';
}

/** The objects that bring requests from outside. */
export interface Routes {
  readonly route?: HTTPRoute | GRPCRoute;
  readonly ingress?: Ingress;
  readonly certificate?: Certificate;
}

/** Brings requests for the hosts to the service; nothing without a host. */
export function routes(scope: Construct, props: RouteProps, target: RouteTarget): Routes {
  const hosts = hostsOf(props, target.environment);
  if (hosts.length === 0) return {};
  const via = props.via ?? target.platform.routing.via;
  const issuer = target.platform.routing.certificateIssuer;
  return {
    ...(via !== 'ingress' && { route: gatewayRoute(scope, props, hosts, target) }),
    ...(via !== 'gateway' && { ingress: ingress(scope, props, hosts, target, issuer !== undefined) }),
    ...(issuer !== undefined && { certificate: certificate(scope, hosts, target, issuer) }),
  };
}

/** The hosts that a service answers for; a preview's are not the app's. */
export function hostsOf(props: RouteProps, { domain, preview }: EnvironmentFacts): string[] {
  return writtenHosts(props).map((host) => previewHost(host, domain, preview));
}

function writtenHosts(props: RouteProps): string[] {
  return [...(props.host === undefined ? [] : [props.host]), ...(props.hosts ?? [])];
}

function metadata(target: RouteTarget, hosts: readonly string[]) {
  return {
    name: target.name,
    labels: { ...target.labels },
    annotations: { 'external-dns.alpha.kubernetes.io/hostname': hosts.join(',') },
  };
}

/** Values that the API server would fill in: written here, a comparison with the live object finds nothing. */
const parentDefaults = { group: 'gateway.networking.k8s.io', kind: 'Gateway' } as const;

function gatewayRoute(
  scope: Construct,
  props: RouteProps,
  hosts: readonly string[],
  target: RouteTarget,
): HTTPRoute | GRPCRoute {
  const [namespace, name] = target.environment.gateway.split('/');
  const common = {
    parentRefs: [{ ...parentDefaults, namespace, name }],
    hostnames: [...hosts],
  };
  const backendRefs = [{ group: '', kind: 'Service', name: target.service, port: target.port, weight: 1 }];
  if (target.protocol === 'grpc') {
    return new GRPCRoute(scope, 'route', {
      metadata: metadata(target, hosts),
      spec: { ...common, rules: [{ backendRefs }] },
    });
  }
  const path = (value: string) => ({ type: 'PathPrefix' as const, value });
  return new HTTPRoute(scope, 'route', {
    metadata: metadata(target, hosts),
    spec: {
      ...common,
      rules: [
        ...(props.redirects ?? []).map((redirect) => ({
          matches: [{ path: path(redirect.from) }],
          filters: [
            {
              type: 'RequestRedirect' as const,
              requestRedirect: {
                path: { type: 'ReplacePrefixMatch' as const, replacePrefixMatch: redirect.to },
                statusCode: redirect.status ?? (302 as const),
              },
            },
          ],
        })),
        { matches: (props.paths ?? ['/']).map((value) => ({ path: path(value) })), backendRefs },
      ],
    },
  });
}

function ingress(
  scope: Construct,
  props: RouteProps,
  hosts: readonly string[],
  target: RouteTarget,
  tls: boolean,
): Ingress {
  const { ingressClass } = target.platform.routing;
  const backend = { service: { name: target.service, port: { number: target.port } } };
  return new Ingress(scope, 'ingress', {
    metadata: metadata(target, hosts),
    spec: {
      ...(ingressClass !== undefined && { ingressClassName: ingressClass }),
      rules: hosts.map((host) => ({
        host,
        http: { paths: (props.paths ?? ['/']).map((path) => ({ path, pathType: 'Prefix' as const, backend })) },
      })),
      ...(tls && { tls: [{ hosts: [...hosts], secretName: tlsSecret(target) }] }),
    },
  });
}

function tlsSecret(target: RouteTarget): string {
  return suffixed(target.name, 'tls');
}

function certificate(scope: Construct, hosts: readonly string[], target: RouteTarget, issuer: string): Certificate {
  return new Certificate(scope, 'certificate', {
    metadata: { name: target.name, labels: { ...target.labels } },
    spec: {
      secretName: tlsSecret(target),
      dnsNames: [...hosts],
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: issuer },
    },
  });
}

/** Hosts lie in the environment's domain, paths are paths, and what is asked for can be expressed. */
export function routeProblems(
  props: RouteProps & { readonly port?: number; readonly protocol?: string },
  environment: EnvironmentFacts,
): string[] {
  const problems: string[] = [];
  if (props.hosts !== undefined && !Array.isArray(props.hosts))
    return [`hosts ${show(props.hosts)} is no list of hosts`];
  if (props.paths !== undefined && !Array.isArray(props.paths))
    return [`paths ${show(props.paths)} is no list of paths`];
  if (props.redirects !== undefined && !Array.isArray(props.redirects)) {
    return [`redirects ${show(props.redirects)} is no list; write [{ from: "/old", to: "/new" }]`];
  }
  const hosts = writtenHosts(props);
  for (const host of hosts) {
    if (!isHostName(host))
      problems.push(
        `host ${show(host)} is no host name; use lower-case labels with dots, like "orders.${environment.domain}"`,
      );
    else if (!host.endsWith(`.${environment.domain}`) && host !== environment.domain) {
      problems.push(
        `host ${show(host)} is outside ${show(environment.domain)}, the domain of ${environment.name}; use "${host.split('.')[0]}.${environment.domain}"`,
      );
    }
  }
  if (problems.length === 0) {
    for (const host of hostsOf(props, environment).filter((each) => !isHostName(each))) {
      problems.push(`host ${show(host)} of the preview is no host name; shorten the host or the preview's id`);
    }
  }
  if (new Set(hosts).size < hosts.length) problems.push(`hosts ${show(hosts)} names a host twice; name each once`);
  if (hosts.length > 0 && props.port === undefined)
    problems.push(`host ${show(hosts[0])} has no port to lead to; set port`);
  if (hosts.length > 0 && (props.protocol === 'tcp' || props.protocol === 'udp')) {
    problems.push(
      `host ${show(hosts[0])} can't be routed to a ${props.protocol} port; use protocol http or grpc, or leave the host out`,
    );
  }
  for (const path of props.paths ?? []) {
    if (typeof path !== 'string' || !/^\/([A-Za-z0-9._~!$&'()*+,;=:@%-]+\/?)*$/.test(path)) {
      problems.push(`path ${show(path)} is no URL path; start it with "/", without "//"`);
    }
  }
  if (props.paths !== undefined && new Set(props.paths).size < props.paths.length) {
    problems.push(`paths ${show(props.paths)} names a path twice; name each once`);
  }
  if (props.via !== undefined && !['gateway', 'ingress', 'both'].includes(props.via)) {
    problems.push(`via ${show(props.via)} is unknown; use gateway, ingress or both`);
  }
  return [...problems, ...redirectProblems(props, hosts)];
}

function redirectProblems(props: RouteProps & { readonly protocol?: string }, hosts: readonly string[]): string[] {
  const { redirects } = props;
  if (redirects === undefined || redirects.length === 0) return [];
  const problems: string[] = [];
  if (hosts.length === 0) problems.push('redirects need a host that they answer for; set host');
  if (props.via === 'ingress') problems.push('redirects have no form in an Ingress; use via "gateway" or "both"');
  if (props.protocol === 'grpc') problems.push('redirects have no meaning for gRPC; leave them out');
  for (const redirect of redirects) {
    if (!isRecord(redirect) || ![redirect.from, redirect.to].every((p) => /^\/[!-~]*$/.test(String(p)))) {
      problems.push(`redirect ${show(redirect)} needs two paths, from and to, that start with "/"`);
    } else if (redirect.from === redirect.to) problems.push(`redirect ${show(redirect)} leads to itself`);
  }
  return problems;
}
