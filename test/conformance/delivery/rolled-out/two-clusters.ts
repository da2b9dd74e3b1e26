import { Platform } from 'cdk8s-golden-path';

/** A platform whose production is two clusters, one after the other, that one Argo CD serves. */
export const twoClusters = new Platform({
  domain: 'acme.io',
  registries: ['ghcr.io/acme'],
  gitops: { repoUrl: process.env.GITOPS_REPOSITORY ?? '' },
  topology: {
    environments: { production: { clusters: ['eu-prod', 'us-prod'], rollout: [['eu-prod'], ['us-prod']] } },
    owners: { platform: { group: 'platform-engineers' }, orders: { group: 'orders-devs' } },
  },
});
