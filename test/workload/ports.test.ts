import { synthObject } from 'cdk8s-golden-path/testing';
import { containerOf, kindsOf, service, worker } from './workloads';

const portsOf = (props: Parameters<typeof service>[0]) => synthObject(service(props).service).spec.ports;

test('an HTTP service is offered on port 80', () => {
  expect(portsOf({})).toEqual([{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }]);
});

test.each([
  ['grpc', 8080, 'TCP', 'kubernetes.io/h2c'],
  ['tcp', 8080, 'TCP', undefined],
  ['udp', 8080, 'UDP', undefined],
] as const)('a %s service is offered on its own number', (protocol, port, transport, appProtocol) => {
  expect(portsOf({ protocol })[0]).toEqual({
    name: protocol,
    port,
    targetPort: protocol,
    protocol: transport,
    ...(appProtocol && { appProtocol }),
  });
});

test('the offered number can be chosen', () => {
  expect(portsOf({ servicePort: 8443 })[0].port).toBe(8443);
});

test('more ports follow the main one in the order in which they were given', () => {
  const ports = { zeta: 9000, alpha: { port: 9001, protocol: 'grpc', servicePort: 90 } } as const;
  expect(portsOf({ ports }).map((p: { name: string; port: number }) => [p.name, p.port])).toEqual([
    ['http', 80],
    ['zeta', 9000],
    ['alpha', 90],
  ]);
});

test('one number may be used by TCP and UDP at once', () => {
  const ports = { 'dns-udp': { port: 8080, protocol: 'udp' } } as const;
  expect(containerOf(service({ ports })).ports.map((p: { protocol: string }) => p.protocol)).toEqual(['TCP', 'UDP']);
});

test('a metrics port that is no other becomes a port of its own', () => {
  expect(containerOf(service({ metrics: { port: 9090 } })).ports[1]).toEqual({
    name: 'metrics',
    containerPort: 9090,
    protocol: 'TCP',
  });
});

test('the main port is told to the program', () => {
  expect(containerOf(service()).env).toContainEqual({ name: 'PORT', value: '8080' });
});

test('a worker without ports has neither Service nor port', () => {
  expect(kindsOf(worker())).not.toContain('Service');
  expect(containerOf(worker())).not.toHaveProperty('ports');
});
