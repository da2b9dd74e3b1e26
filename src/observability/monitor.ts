import type { Construct } from 'constructs';
import { PodMonitor, ServiceMonitor } from '../../imports/monitoring.coreos.com';
import type { Platform } from '../platform/platform';

/** What is scraped. */
export interface MonitorOptions {
  readonly platform: Platform;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
  /** Name of the port. */
  readonly port: string;
  readonly path?: string;
  readonly interval?: string;
}

/** Labels of the pods that every series carries, so that alerts find their owner. */
function targetLabels(platform: Platform): string[] {
  return [`${platform.labelPrefix}/owner`, `${platform.labelPrefix}/system`, 'app.kubernetes.io/version'];
}

function endpoint(options: MonitorOptions) {
  return {
    port: options.port,
    path: options.path ?? '/metrics',
    interval: options.interval ?? options.platform.monitoring.interval,
  };
}

function metadata(options: MonitorOptions) {
  return { name: options.name, labels: { ...options.labels, ...options.platform.monitoring.labels } };
}

/** What is scraped, and what its metrics are labelled with. */
function scraped({ platform, selector }: MonitorOptions) {
  return {
    jobLabel: 'app.kubernetes.io/name',
    podTargetLabels: targetLabels(platform),
    sampleLimit: platform.monitoring.sampleLimit,
    selector: { matchLabels: { ...selector } },
  };
}

/** Has Prometheus scrape a workload through its Service. */
export function serviceMonitor(scope: Construct, options: MonitorOptions): ServiceMonitor {
  return new ServiceMonitor(scope, 'monitor', {
    metadata: metadata(options),
    spec: {
      ...scraped(options),
      endpoints: [endpoint(options)],
    },
  });
}

/** Has Prometheus scrape the pods of a workload that has no Service. */
export function podMonitor(scope: Construct, options: MonitorOptions): PodMonitor {
  return new PodMonitor(scope, 'monitor', {
    metadata: metadata(options),
    spec: {
      ...scraped(options),
      podMetricsEndpoints: [endpoint(options)],
    },
  });
}
