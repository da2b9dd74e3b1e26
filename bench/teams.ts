import type { Environment, GoldenService as Service } from '../src/index';
import { GoldenApp, GoldenService, Platform, TeamNamespace } from './compiled';

const servicesPerTeam = 10;

/** Teams that each have an app of ten services, as a monorepo renders them one after the other. */
export function makeTeams(outdir: string, teams: number, bounded: boolean): void {
  const services = Array.from({ length: teams }, (_, i) => [
    `team-${i}/api-0`,
    { ports: { http: { port: 8080, servicePort: 80 } }, callers: [`team-${i + 1}`] },
  ]);
  const platform = new Platform({
    domain: 'acme.io',
    telemetry: { endpoint: 'http://collector.observability:4318' },
    topology: { environments: { production: { clusters: ['eu'] } }, services: Object.fromEntries(services) },
    network: bounded ? {} : { enforce: false, reason: 'measured without' },
  });
  for (let i = 0; i < teams; i++) {
    const app = new GoldenApp({ platform, team: `team-${i}`, system: 'bench', outdir });
    app.forEachEnvironment((env) => makeTeam(env, i, bounded));
    app.synth();
  }
}

/** Each service calls the one before it; the first one calls the neighbour team's. */
function makeTeam(env: Environment, team: number, bounded: boolean): void {
  let previous: Service | undefined;
  for (let i = 0; i < servicesPerTeam; i++) {
    const service = new GoldenService(env, `api-${i}`, {
      image: `ghcr.io/acme/api-${i}:1.4.2`,
      port: 8080,
      health: '/healthz',
      host: `api-${i}-${team}.${env.domain}`,
      scale: { min: 3, max: 12, cpu: 70 },
      metrics: true,
      config: { LOG_LEVEL: 'info', REGION: 'eu' },
      ...(bounded && i === 0 && { callers: [`team-${team + 1}`] }),
    });
    service.env('API_KEY', env.secret(`team-${team}/upstream`, 'key'));
    if (bounded && previous) service.calls(previous);
    if (bounded && i === 0 && team > 0) service.calls(env.service(`team-${team - 1}/api-0`));
    previous = service;
  }
  if (bounded) {
    new TeamNamespace(env, `team-${team}`, { quota: 'computed', access: { owners: ['devs'] } });
  }
}
