import type { Platform } from '../platform/platform';

/** What an OpenTelemetry SDK is told about the service it runs in. */
export interface TelemetryFacts {
  readonly service: string;
  readonly version: string;
  readonly environment: string;
  readonly system?: string;
  readonly owner?: string;
}

/** Characters that separate resource attributes, and what a value may hold (W3C Baggage, section 3.3.1.3). */
function encode(value: string): string {
  return encodeURIComponent(value);
}

/**
 * The environment of an OpenTelemetry SDK, in the order that references need: `POD_NAME` stands before what names it.
 *
 * Attribute names are those of the semantic conventions 1.27 and later, where `deployment.environment.name` replaced
 * `deployment.environment`. The conventions have no owner; `service.owner` is ours.
 */
export function telemetryVariables(platform: Platform, facts: TelemetryFacts): [string, string][] {
  const attributes = [
    ...(facts.system === undefined ? [] : [`service.namespace=${encode(facts.system)}`]),
    ...(facts.version === '' ? [] : [`service.version=${encode(facts.version)}`]),
    'service.instance.id=$(POD_NAME)',
    `deployment.environment.name=${encode(facts.environment)}`,
    ...(facts.owner === undefined ? [] : [`service.owner=${encode(facts.owner)}`]),
  ];
  const { telemetry } = platform;
  return [
    ['OTEL_SERVICE_NAME', facts.service],
    ['OTEL_RESOURCE_ATTRIBUTES', attributes.join(',')],
    ...(telemetry
      ? ([
          ['OTEL_EXPORTER_OTLP_ENDPOINT', telemetry.endpoint],
          ['OTEL_EXPORTER_OTLP_PROTOCOL', telemetry.protocol ?? 'http/protobuf'],
          ['OTEL_PROPAGATORS', 'tracecontext,baggage'],
          ['OTEL_TRACES_SAMPLER', 'parentbased_traceidratio'],
          ['OTEL_TRACES_SAMPLER_ARG', String(telemetry.sampling ?? 1)],
        ] as [string, string][])
      : []),
  ];
}
