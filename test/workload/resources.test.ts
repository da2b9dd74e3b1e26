import { Platform } from 'cdk8s-golden-path';
import { testEnvironment } from 'cdk8s-golden-path/testing';
import { containerOf, service } from './workloads';

test.each([
  ['xs', '100m', '128Mi', '256Mi'],
  ['small', '200m', '256Mi', '512Mi'],
  ['medium', '500m', '512Mi', '1Gi'],
  ['large', 1, '1Gi', '2Gi'],
  ['xl', 2, '2Gi', '4Gi'],
])('size %s asks for %s CPU and %s memory and may use %s', (size, cpu, memory, limit) => {
  expect(containerOf(service({ size })).resources).toEqual({ requests: { cpu, memory }, limits: { memory: limit } });
});

test('a workload without a size is small', () => {
  expect(containerOf(service()).resources).toEqual(containerOf(service({ size: 'small' })).resources);
});

test('explicit numbers have the memory request as limit', () => {
  expect(containerOf(service({ size: { cpu: '250m', memory: '300Mi' } })).resources).toEqual({
    requests: { cpu: '250m', memory: '300Mi' },
    limits: { memory: '300Mi' },
  });
});

test('a CPU limit is written where it is asked for', () => {
  expect(containerOf(service({ size: { cpu: 1, memory: '1Gi', cpuLimit: 2 } })).resources.limits.cpu).toBe(2);
});

test.each([
  ['xs', 1.5, '150m'],
  ['small', 5, '1000m'],
  ['xl', 1, '2000m'],
])('a platform that wants CPU limits gives size %s %d times its request', (size, cpuLimitRatio, limit) => {
  const platform = new Platform({ domain: 'acme.io', cpuLimitRatio });
  expect(containerOf(service({ size }, testEnvironment({ platform }))).resources.limits.cpu).toBe(limit);
});

test('a platform may name sizes and the default among them', () => {
  const sizes = { huge: { cpu: 16, memory: '64Gi' } };
  const platform = new Platform({ domain: 'acme.io', sizes, defaultSize: 'huge' });
  expect(containerOf(service({}, testEnvironment({ platform }))).resources.requests.cpu).toBe(16);
});
