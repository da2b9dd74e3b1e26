import { type GoldenServiceProps, Platform, type RoutingSettings } from 'cdk8s-golden-path';
import { synthObject, synthObjects, testEnvironment } from 'cdk8s-golden-path/testing';
import { kindsOf, service } from '../workload/workloads';

const host = 'orders.dev.acme.io';
const routed = (props: Partial<Omit<GoldenServiceProps, 'image'>> = {}, routing?: RoutingSettings) =>
  service({ host, ...props }, testEnvironment({ platform: new Platform({ domain: 'acme.io', topology, routing }) }));
const topology = { environments: { dev: { clusters: ['a'] } } };

test('a service without a host has no route', () => {
  expect(kindsOf(service())).toEqual(expect.not.arrayContaining(['HTTPRoute', 'Ingress', 'Certificate']));
});

test('a host leads through the platform’s gateway to the service', () => {
  const { kind, spec } = synthObject(routed().route);
  expect(kind).toBe('HTTPRoute');
  expect(spec.hostnames).toEqual([host]);
  expect(spec.parentRefs).toMatchObject([{ namespace: 'gateway', name: 'public' }]);
  expect(spec.rules[0].backendRefs).toMatchObject([{ kind: 'Service', name: 'api', port: 80 }]);
});

test('a cluster’s own gateway wins', () => {
  const clusters = { a: { gateway: 'edge/internal' } };
  const platform = new Platform({ domain: 'acme.io', topology: { ...topology, clusters } });
  const { route } = service({ host }, testEnvironment({ platform }));
  expect(synthObject(route).spec.parentRefs).toMatchObject([{ namespace: 'edge', name: 'internal' }]);
});

test('a gRPC service has a GRPCRoute', () => {
  expect(synthObject(routed({ protocol: 'grpc' }).route).kind).toBe('GRPCRoute');
});

test('several hosts and paths', () => {
  const { spec } = synthObject(routed({ hosts: ['shop.dev.acme.io'], paths: ['/api', '/v2'] }).route);
  expect(spec.hostnames).toEqual([host, 'shop.dev.acme.io']);
  expect(spec.rules[0].matches).toEqual([
    { path: { type: 'PathPrefix', value: '/api' } },
    { path: { type: 'PathPrefix', value: '/v2' } },
  ]);
});

test.each([
  ['gateway', ['HTTPRoute']],
  ['ingress', ['Ingress']],
  ['both', ['HTTPRoute', 'Ingress']],
] as const)('via %s makes %j, whether the service or the platform says it', (via, kinds) => {
  const made = (api: ReturnType<typeof service>) => kindsOf(api).filter((k) => /Route|Ingress/.test(k));
  expect(made(routed({ via }))).toEqual(kinds);
  expect(made(routed({}, { via }))).toEqual(kinds);
});

test('an Ingress has the platform’s class and leads to the service', () => {
  const { spec } = synthObject(routed({ via: 'ingress' }, { ingressClass: 'nginx' }).ingress);
  expect(spec.ingressClassName).toBe('nginx');
  expect(spec.rules[0]).toMatchObject({
    host,
    http: { paths: [{ path: '/', backend: { service: { name: 'api', port: { number: 80 } } } }] },
  });
});

test('a certificate is requested where the platform names an issuer', () => {
  const api = routed({ via: 'both' }, { certificateIssuer: 'letsencrypt' });
  expect(synthObject(api.certificate).spec).toMatchObject({
    dnsNames: [host],
    secretName: 'api-tls',
    issuerRef: { kind: 'ClusterIssuer', name: 'letsencrypt' },
  });
  expect(synthObject(api.ingress).spec.tls).toEqual([{ hosts: [host], secretName: 'api-tls' }]);
});

test('without an issuer there is neither certificate nor TLS', () => {
  const api = routed({ via: 'ingress' });
  expect(kindsOf(api)).not.toContain('Certificate');
  expect(synthObject(api.ingress).spec).not.toHaveProperty('tls');
});

test('external-dns is told the hosts', () => {
  const { route, ingress } = routed({ via: 'both', hosts: ['shop.dev.acme.io'] });
  for (const object of [route, ingress]) {
    expect(synthObject(object).metadata.annotations).toHaveProperty(
      ['external-dns.alpha.kubernetes.io/hostname'],
      `${host},shop.dev.acme.io`,
    );
  }
});

test.each([
  [undefined, 302],
  [301, 301],
] as const)('a redirect with status %p answers %d before the service is asked', (status, statusCode) => {
  const [redirect, backend] = synthObject(routed({ redirects: [{ from: '/old', to: '/new', status }] }).route).spec
    .rules;
  expect(redirect.matches[0].path.value).toBe('/old');
  expect(redirect.filters[0].requestRedirect).toEqual({
    path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new' },
    statusCode,
  });
  expect(backend.backendRefs[0].name).toBe('api');
});

test('the host is free in the domain of the environment itself', () => {
  expect(synthObjects(routed({ host: 'dev.acme.io' })).length).toBeGreaterThan(0);
});
