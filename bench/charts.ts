import type { Construct } from 'constructs';
import { ApiObject, Chart } from './compiled';

/** Makes charts of five small objects each, the same for every synthesizer. */
export function makeCharts(scope: Construct, count: number): void {
  for (let i = 0; i < count; i++) makeChart(scope, `app-${i}`);
}

function makeChart(scope: Construct, name: string): void {
  const chart = new Chart(scope, name, { namespace: 'bench', disableResourceNameHashes: true });
  const labels = { 'app.kubernetes.io/name': name };
  const metadata = { name, labels };
  new ApiObject(chart, 'account', { apiVersion: 'v1', kind: 'ServiceAccount', metadata });
  new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { LOG_LEVEL: 'info' } });
  new ApiObject(chart, 'service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  });
  new ApiObject(chart, 'budget', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
  });
  new ApiObject(chart, 'deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: name,
          containers: [
            {
              name: 'main',
              image: `ghcr.io/acme/${name}:1.0.0`,
              ports: [{ name: 'http', containerPort: 8080 }],
              envFrom: [{ configMapRef: { name } }],
            },
          ],
        },
      },
    },
  });
}
