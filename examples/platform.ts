import { Platform, readTopology } from 'cdk8s-golden-path';
import { bestPractices, Guardrails, ownership, podSecurityRestricted } from 'cdk8s-golden-path/policy';

/** What the platform team of Acme decides once. It publishes this as `@acme/platform`; app teams import it. */
export const acme = new Platform({
  domain: 'acme.io',
  registries: ['ghcr.io/acme'],
  gitops: { repoUrl: 'https://github.com/acme/gitops' },
  topology: readTopology(`${__dirname}/platform.lock.yaml`),
  routing: { gateway: 'gateway/public', certificateIssuer: 'letsencrypt' },
  monitoring: { labels: { release: 'prometheus' } },
  telemetry: { endpoint: 'http://collector.observability:4318' },
  secretStore: { name: 'vault' },
  policies: new Guardrails({
    packs: [podSecurityRestricted, bestPractices, ownership],
    rollout: { '*': 'deny' },
  }),
});
