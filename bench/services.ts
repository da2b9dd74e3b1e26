import type { GoldenApp as App, Environment } from '../src/index';
import { GoldenApp, GoldenService, Platform } from './compiled';

const platform = new Platform({
  domain: 'acme.io',
  registries: ['ghcr.io/acme'],
  routing: { gateway: 'gateway/public', certificateIssuer: 'letsencrypt' },
  telemetry: { endpoint: 'http://collector.observability:4318' },
  topology: { environments: { production: { clusters: ['eu'] } } },
});

/** An app for one environment and cluster, so that nothing but the number of constructs grows. */
export function makeApp(outdir: string): App {
  return new GoldenApp({ platform, team: 'bench', system: 'bench', outdir });
}

/** An app of many services, each with all that a usual API has: eleven objects. */
export function makeServices(outdir: string, count: number): App {
  const app = makeApp(outdir);
  app.forEachEnvironment((env) => {
    for (let i = 0; i < count; i++) makeService(env, `api-${i}`);
  });
  return app;
}

function makeService(env: Environment, name: string): void {
  const api = new GoldenService(env, name, {
    image: `ghcr.io/acme/${name}:1.4.2`,
    port: 8080,
    health: '/healthz',
    host: `${name}.${env.domain}`,
    size: 'medium',
    scale: { min: 3, max: 12, cpu: 70 },
    metrics: true,
    config: { LOG_LEVEL: 'info', CACHE_TTL: 300, REGION: 'eu' },
    files: { '/etc/api/settings.yaml': 'retries: 3\ntimeout: 5s\nfeatures:\n  - search\n  - export\n' },
  });
  api.env('DATABASE_URL', env.secret(`${name}/database`, 'url'));
  api.env('API_KEY', env.secret(`${name}/upstream`, 'key'));
}
