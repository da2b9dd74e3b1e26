import type { CrossplanePlatformProps } from '../src/crossplane';
import type { GoldenApp as App } from '../src/index';
import { compiled } from './compiled';
import { makeApp } from './services';

const cloud = {
  aws: {
    region: 'eu-west-1',
    accountId: '123456789012',
    vpcId: 'vpc-0a1b2c3d',
    subnetIds: ['subnet-0a1b2c3d', 'subnet-1a1b2c3d'],
    clientCidrs: ['10.0.0.0/16'],
    kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/data',
  },
  gcp: {
    project: 'acme-prod',
    projectNumber: '123456789012',
    region: 'europe-west1',
    network: 'projects/acme-prod/global/networks/main',
  },
  onprem: {
    objectStore: { storageClass: 'buckets', endpoint: 'https://s3.acme.internal', region: 'main' },
    rabbitmq: { name: 'rabbitmq', namespace: 'rabbitmq' },
    postgres: { storageClass: 'fast', image: 'ghcr.io/cloudnative-pg/postgresql' },
  },
} as const;

const access = {
  aws: { providerConfig: { credentials: { source: 'PodIdentity' } } },
  gcp: { providerConfig: { projectID: cloud.gcp.project, credentials: { source: 'InjectedIdentity' } } },
} satisfies Partial<CrossplanePlatformProps>;

/**
 * Loads what makes an app of at least so many compositions: every backend of the library over and over, each described anew
 * under a name of its own.
 */
export function compositionsApp(outdir: string, count: number): () => { readonly app: App; readonly made: number } {
  const { CrossplanePlatform } = compiled('cdk8s-golden-path/crossplane') as typeof import('../src/crossplane');
  const { awsBackends } = compiled(
    'cdk8s-golden-path/compositions/aws/aws-backends',
  ) as typeof import('../compositions/aws/aws-backends');
  const { gcpBackends } = compiled(
    'cdk8s-golden-path/compositions/gcp/gcp-backends',
  ) as typeof import('../compositions/gcp/gcp-backends');
  const { onpremBackends } = compiled(
    'cdk8s-golden-path/compositions/onprem/onprem-backends',
  ) as typeof import('../compositions/onprem/onprem-backends');
  const cluster = { name: 'eu', cloud };

  return () => {
    const compositions: CrossplanePlatformProps['compositions'][number][] = [];
    for (let round = 0; compositions.length < count; round++) {
      for (const one of [...awsBackends(cluster), ...gcpBackends(cluster), ...onpremBackends(cluster)]) {
        const name = `${one.name}-${round}`;
        const { manifest } = one;
        compositions.push({ ...one, name, manifest: { ...manifest, metadata: { ...manifest.metadata, name } } });
      }
    }
    const app = makeApp(outdir);
    app.forEachEnvironment((env) => new CrossplanePlatform(env, 'crossplane', { compositions, ...access }));
    return { app, made: compositions.length };
  };
}
