import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const platform = `import { Platform } from 'cdk8s-golden-path';

export const platform = new Platform({
  domain: 'acme.io',
  registries: ['ghcr.io/acme'],
  routing: { gateway: 'gateway/public', certificateIssuer: 'letsencrypt' },
  telemetry: { endpoint: 'http://collector.observability:4318' },
  topology: { environments: { production: { clusters: ['eu'] } } },
});
`;

/** Writes the files of many apps that share one platform, each in a folder of its own. @returns the app files */
export function writeMonorepo(folder: string, apps: number, servicesOfEach: number): string[] {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'platform.ts'), platform);
  return Array.from({ length: apps }, (_, n) => {
    const name = `app-${n}`;
    const file = join(folder, name, 'app.ts');
    mkdirSync(join(folder, name));
    writeFileSync(file, appFile(name, servicesOfEach, 'info'));
    return file;
  });
}

/** The text of an app with some services, each with what a usual API has. */
export function appFile(name: string, services: number, logLevel: string): string {
  return `import { GoldenApp, GoldenService } from 'cdk8s-golden-path';
import { platform } from '../platform';

const app = new GoldenApp({ platform, team: '${name}', system: 'bench' });
app.forEachEnvironment((env) => {
  for (let n = 0; n < ${services}; n++) {
    const name = \`${name}-api-\${n}\`;
    const api = new GoldenService(env, name, {
      image: 'ghcr.io/acme/api:1.4.2',
      port: 8080,
      health: '/healthz',
      host: \`\${name}.\${env.domain}\`,
      size: 'medium',
      scale: { min: 3, max: 12, cpu: 70 },
      metrics: true,
      config: { LOG_LEVEL: '${logLevel}', CACHE_TTL: 300, REGION: 'eu' },
    });
    api.env('DATABASE_URL', env.secret(\`\${name}/database\`, 'url'));
  }
});
app.synth();
`;
}
