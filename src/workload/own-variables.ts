import { type TelemetryFacts, telemetryVariables } from '../observability/telemetry';
import type { Platform } from '../platform/platform';
import type { EnvironmentProps, EnvironmentValue } from './environment-variables';
import type { PortProps } from './ports';

/**
 * What every main container is told, and then what its props say: the port, the pod's own name, telemetry. The order counts:
 * Kubernetes expands `$(NAME)` of variables that stand before.
 */
export function ownVariables(
  platform: Platform,
  facts: TelemetryFacts,
  { port, env = {} }: PortProps & EnvironmentProps,
): [string, EnvironmentValue][] {
  return [
    ...(port === undefined ? [] : ([['PORT', String(port)]] as [string, EnvironmentValue][])),
    ['POD_NAME', { field: 'metadata.name' }],
    ...telemetryVariables(platform, facts),
    ...Object.entries(env),
  ];
}
