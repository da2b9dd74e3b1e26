import { awsCluster } from '../../../compositions/aws/aws-cluster';
import { postgresInstanceOnAws } from '../../../compositions/aws/postgres-instance';
import type { Backends } from '../../../src/platform/backend';
import type { ClusterNetwork } from '../../../src/platform/network-settings';
import { Platform, type PlatformProps } from '../../../src/platform/platform';
import { awsFacts } from '../aws/aws-cluster';

/** The compositions of a cluster in AWS. */
export const onAws: Backends = (cluster) => [
  postgresInstanceOnAws({ cluster: awsCluster(cluster), labelPrefix: 'acme.io' }),
];

const network: ClusterNetwork = { backends: { PostgresInstance: { cidrs: ['10.1.0.0/16'] } } };

/** A platform on AWS: `dev` on one cluster, `production` on two. */
export function platformWith(props: Partial<PlatformProps> = {}, clusterNetwork = network): Platform {
  const cluster = { kubernetes: '1.34', cloud: { aws: awsFacts }, network: clusterNetwork } as const;
  return new Platform({
    domain: 'acme.io',
    backends: onAws,
    topology: {
      environments: {
        dev: { clusters: ['eu-dev'] },
        production: { clusters: ['us-prod', 'eu-prod'], home: 'eu-prod', promotion: 'manual' },
      },
      clusters: { 'eu-dev': cluster, 'eu-prod': cluster, 'us-prod': cluster },
      owners: { orders: { group: 'orders-devs', costCenter: 'cc-104' } },
    },
    ...props,
  });
}
