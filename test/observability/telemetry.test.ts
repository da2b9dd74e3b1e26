import { App, Chart, Testing } from 'cdk8s';
import { GoldenService, Platform } from 'cdk8s-golden-path';
import { testEnvironment } from 'cdk8s-golden-path/testing';
import { containerOf, image, service, variableOf } from '../workload/workloads';

test('the SDK is told who the service is', () => {
  expect(variableOf(service(), 'OTEL_SERVICE_NAME').value).toBe('api');
});

test('the SDK is told version, environment, system and owner', () => {
  expect(variableOf(service(), 'OTEL_RESOURCE_ATTRIBUTES').value.split(',')).toEqual([
    'service.namespace=system',
    'service.version=1.2.3',
    'service.instance.id=$(POD_NAME)',
    'deployment.environment.name=dev',
    'service.owner=team',
  ]);
});

test('the pod’s name is known before it is referred to', () => {
  const names = containerOf(service()).env.map((v: { name: string }) => v.name);
  expect(names.indexOf('POD_NAME')).toBeLessThan(names.indexOf('OTEL_RESOURCE_ATTRIBUTES'));
});

test('without a collector the exporter keeps its own defaults', () => {
  expect(variableOf(service(), 'OTEL_EXPORTER_OTLP_ENDPOINT')).toBeUndefined();
});

test.each([
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://collector:4317'],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
  ['OTEL_TRACES_SAMPLER', 'parentbased_traceidratio'],
  ['OTEL_TRACES_SAMPLER_ARG', '0.1'],
  ['OTEL_PROPAGATORS', 'tracecontext,baggage'],
])('a platform with a collector sets %s', (name, value) => {
  const telemetry = { endpoint: 'http://collector:4317', protocol: 'grpc', sampling: 0.1 } as const;
  const env = testEnvironment({ platform: new Platform({ domain: 'acme.io', telemetry }) });
  expect(variableOf(service({}, env), name).value).toBe(value);
});

test('a plain chart has neither system nor owner', () => {
  const chart = new Chart(new App(), 'chart');
  new GoldenService(chart, 'api', { image, port: 8080 });
  const text = JSON.stringify(Testing.synth(chart));
  expect(text).not.toMatch(/service\.(owner|namespace)=/);
});
