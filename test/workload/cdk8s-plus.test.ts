import { ApiObject } from 'cdk8s';
import { type Manifest, synthObject, testEnvironment } from 'cdk8s-golden-path/testing';
import * as kplus from 'cdk8s-plus-29';
import { containerOf, podOf, service, variableOf, worker } from './workloads';

/** What a cdk8s-plus construct renders. */
const rendered = (construct: kplus.Resource): Manifest => synthObject(ApiObject.of(construct));

describe('its values in our props', () => {
  test('a Secret is read whole as environment', () => {
    const env = testEnvironment();
    const secret = new kplus.Secret(env, 'legacy', { metadata: { name: 'legacy' } });
    expect(containerOf(service({ existingSecrets: [secret] }, env)).envFrom).toEqual([
      { secretRef: { name: 'legacy' } },
    ]);
  });

  test('a Secret and a ConfigMap are mounted', () => {
    const env = testEnvironment();
    const secret = new kplus.Secret(env, 'keys', { metadata: { name: 'keys' } });
    const configMap = new kplus.ConfigMap(env, 'settings', { metadata: { name: 'settings' } });
    const volumes = { s: { secret, mountPath: '/s' }, c: { configMap, mountPath: '/c' } };
    expect(podOf(service({ volumes }, env)).volumes).toEqual(
      expect.arrayContaining([
        { name: 's', secret: { secretName: 'keys' } },
        { name: 'c', configMap: { name: 'settings' } },
      ]),
    );
  });

  test('values read a key of a ConfigMap and of a Secret', () => {
    const env = testEnvironment();
    const configMap = new kplus.ConfigMap(env, 'settings', { metadata: { name: 'settings' }, data: { a: '1' } });
    const secret = new kplus.Secret(env, 'keys', { metadata: { name: 'keys' }, stringData: { token: '' } });
    const api = service({ env: { A: kplus.EnvValue.fromConfigMap(configMap, 'a'), T: secret.envValue('token') } }, env);
    expect(variableOf(api, 'A').valueFrom.configMapKeyRef).toMatchObject({ name: 'settings', key: 'a' });
    expect(variableOf(api, 'T').valueFrom.secretKeyRef).toMatchObject({ name: 'keys', key: 'token' });
  });

  test('a probe replaces one of ours', () => {
    const readiness = kplus.Probe.fromHttpGet('/ready');
    expect(containerOf(service({ probes: { readiness } })).readinessProbe.httpGet.path).toBe('/ready');
  });

  test('a volume is mounted', () => {
    const env = testEnvironment();
    const volume = kplus.Volume.fromEmptyDir(env, 'volume', 'scratch');
    const api = service({ volumes: { scratch: { volume, mountPath: '/scratch' } } }, env);
    expect(podOf(api).volumes).toContainEqual({ name: 'scratch', emptyDir: {} });
  });
});

describe('our workloads in its constructs', () => {
  test('an autoscaler targets a service, whose replicas are left to it', () => {
    const env = testEnvironment();
    const target = service({ scale: 2 }, env);
    const autoscaler = new kplus.HorizontalPodAutoscaler(env, 'autoscaler', { target, maxReplicas: 9 });
    expect(rendered(autoscaler).spec.scaleTargetRef).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'api',
    });
    expect(synthObject(target.deployment).spec).not.toHaveProperty('replicas');
  });

  test('a second autoscaler of a service that scales by itself is refused', () => {
    const env = testEnvironment();
    const target = service({ scale: { min: 1, max: 2 } }, env);
    const make = () => {
      new kplus.HorizontalPodAutoscaler(env, 'autoscaler', { target, maxReplicas: 9 });
      return synthObject(target.deployment);
    };
    expect(make).toThrow('it scales by itself already');
  });

  test('a network policy selects a service and lets another in', () => {
    const env = testEnvironment();
    const policy = new kplus.NetworkPolicy(env, 'policy', { selector: service({}, env) });
    policy.addIngressRule(worker({}, env), [kplus.NetworkPolicyPort.tcp(8080)]);
    const { spec } = rendered(policy);
    expect(spec.podSelector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'api' });
    expect(spec.ingress[0].from[0].podSelector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'mailer' });
  });

  test('a Service selects the pods of a worker', () => {
    const env = testEnvironment();
    const selector = worker({ port: 8080 }, env);
    const made = new kplus.Service(env, 'extra', { selector, ports: [{ port: 80, targetPort: 8080 }] });
    expect(rendered(made).spec.selector).toEqual({ 'app.kubernetes.io/name': 'mailer' });
  });
});
