import { ApiObject, JsonPatch } from 'cdk8s';
import { GoldenApp, GoldenService, GoldenStatefulService, GoldenWorker, Platform } from 'cdk8s-golden-path';

/** What was changed since the app was applied: `SHOP=selector,no-mailer`. */
const changed = (process.env.SHOP ?? '').split(',');

/** Two apps of one team and system are in one namespace: `SHOP_NAME=shelf` is the other. */
const name = process.env.SHOP_NAME ?? 'shop';

const platform = new Platform({
  domain: 'live.example',
  topology: {
    environments: { dev: { clusters: ['one'] } },
    clusters: { one: { kubernetes: '1.36' } },
  },
});

const image = `registry.example/${name}:1.0.0`;
const app = new GoldenApp({ platform, team: 'shop', system: 'shop', name });

app.forEachEnvironment((env) => {
  const web = new GoldenService(env, `${name}-web`, {
    image,
    port: 8080,
    scale: { min: 1, max: 5 },
    beforeDeploy: { command: ['/migrate'] },
    afterFailedDeploy: { command: ['/undo'] },
    config: { MODE: changed.includes('config') ? 'fast' : 'slow' },
  });
  if (changed.includes('image')) web.deployment.addJsonPatch(replaceImage(`registry.example/${name}:1.1.0`));
  if (changed.includes('selector')) {
    web.deployment.addJsonPatch(
      JsonPatch.add('/spec/selector/matchLabels/track', 'stable'),
      JsonPatch.add('/spec/template/metadata/labels/track', 'stable'),
    );
  }
  new GoldenStatefulService(env, `${name}-store`, {
    image,
    port: 5432,
    protocol: 'tcp',
    volumes: { data: { claim: { size: '1Gi' }, mountPath: '/data' } },
  });
  if (!changed.includes('no-mailer')) new GoldenWorker(env, `${name}-mailer`, { image });
  const value = changed.includes('secret') ? 'second-value' : 'first-value';
  for (const immutable of [true, false]) {
    const id = `${name}-${immutable ? 'fixed' : 'free'}`;
    new ApiObject(env, id, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: id },
      immutable,
      data: { token: Buffer.from(value).toString('base64') },
    });
  }
  if (changed.includes('strange')) {
    new ApiObject(env, 'strange', {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'TriggerAuthentication',
      metadata: { name: 'strange' },
      spec: { podIdentity: { provider: 'none' } },
    });
  }
});

app.synth();

function replaceImage(other: string): JsonPatch {
  return JsonPatch.replace('/spec/template/spec/containers/0/image', other);
}
