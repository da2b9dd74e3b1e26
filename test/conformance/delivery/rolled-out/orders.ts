import { GoldenApp, GoldenWorker } from 'cdk8s-golden-path';
import { twoClusters } from './two-clusters';

/** The version, and the nodes that it runs on: `ORDERS=1.1.0,gpu` asks for nodes that are nowhere. */
const [version, nodePool] = (process.env.ORDERS ?? '').split(',');

const app = new GoldenApp({ platform: twoClusters, team: 'orders', system: 'commerce' });

app.forEachEnvironment((env) => {
  new GoldenWorker(env, 'orders-worker', {
    image: `ghcr.io/acme/orders:${version}`,
    scale: 1,
    nodePool,
    rollout: { deadline: '5s' },
  });
});

app.synth();
