import { composition, defineApi, joined, keyIn, s, text } from 'cdk8s-golden-path/crossplane';
import { Deployment, NetworkPolicy, Secret, Service } from 'cdk8s-golden-path/imports/kubernetes';

/** An API of Acme's own. */
export const cache = defineApi({
  group: 'platform.acme.io',
  kind: 'Cache',
  description: 'Memory that the services of one namespace share, and that may lose what it holds.',
  versions: { v1: { spec: { size: s.string({ enum: ['small', 'large'], default: 'small' }) } } },
  connection: { host: 'Name of the host', address: 'Host and port' },
  maxNameLength: 50, // with a suffix it names a Service
});
export class Cache extends cache.Request {}

/** Where its users find it. */
const reached = { ports: [11211], pods: { podLabels: { 'acme.io/cache': '%s' } } };

/** How it is fulfilled: a memcached, which knows no passwords, so only its namespace may reach it. */
export const cacheOnprem = composition(cache, { name: 'caches-onprem', ...reached }, (c) => {
  const { metadata, spec } = c.xr;
  const name = text`${metadata.name}-cache`;
  const labels = { 'acme.io/cache': metadata.name };
  const memory = spec.size.map({ small: '320Mi', large: '2200Mi' });
  const container = {
    name: 'memcached',
    image: 'ghcr.io/acme/memcached:1.6.39',
    args: ['--memory-limit', spec.size.map({ small: '256', large: '2048' })],
    resources: { requests: { cpu: '100m', memory }, limits: { memory } },
    readinessProbe: { tcpSocket: { port: 11211 } },
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
  };
  const restricted = { runAsNonRoot: true, runAsUser: 11211, seccompProfile: { type: 'RuntimeDefault' } } as const;
  const pod = { containers: [container], securityContext: restricted, automountServiceAccountToken: false };
  const selector = { matchLabels: labels };
  c.add('server', Deployment, { spec: { selector, template: { metadata: { labels }, spec: pod } } });
  c.add('address', Service, { metadata: { name }, spec: { selector: labels, ports: [{ port: 11211 }] } });
  c.add('network', NetworkPolicy, { spec: { podSelector: selector, ingress: [{ from: [{ podSelector: {} }] }] } });
  const host = text`${name}.${metadata.namespace}.svc`;
  c.add('connection', Secret, { metadata: { name }, data: { host: host.toBase64() } });
  return c.report({ connection: { host: keyIn(name, 'host'), address: joined('$(host):11211') } });
});
