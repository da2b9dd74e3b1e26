import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { ExternalSecret, PushSecret } from '../../../imports/external-secrets.io';
import type { ConnectionLocation } from '../../platform/backend';
import { environmentOf } from '../../platform/environment';
import { ownershipOf } from '../../platform/ownership';
import { Platform } from '../../platform/platform';
import { filledIn } from '../../platform/secret-store-settings';

/** Keys by the Secret that holds them. */
export function secretsOf(keys: Readonly<Record<string, ConnectionLocation>>): ReadonlyMap<string, readonly string[]> {
  const secrets = new Map<string, string[]>();
  for (const location of Object.values(keys)) {
    if (!('secret' in location)) continue;
    const known = secrets.get(location.secret) ?? [];
    if (!known.includes(location.key)) secrets.set(location.secret, [...known, location.key]);
  }
  return secrets;
}

const brought = new WeakMap<Chart, Map<string, string>>();

/** Secrets that no other request of the chart brings to other clusters already: those who have access may share one. */
function unshared(scope: Construct, secrets: ReadonlyMap<string, readonly string[]>): [string, readonly string[]][] {
  const chart = Chart.of(scope);
  const known = brought.get(chart) ?? new Map<string, string>();
  brought.set(chart, known);
  return [...secrets].filter(([name, keys]) => {
    const content = JSON.stringify(keys);
    if (known.get(name) === content) return false;
    known.set(name, content);
    return true;
  });
}

/** Copies the Secrets of a connection into the store, for the environment's other clusters. */
export function pushSecrets(scope: Construct, secrets: ReadonlyMap<string, readonly string[]>): PushSecret[] {
  const { secretStore } = Platform.of(scope);
  return unshared(scope, secrets).map(
    ([name, keys]) =>
      new PushSecret(scope, `push-${name}`, {
        metadata: { name },
        spec: {
          refreshInterval: '1h0m0s',
          updatePolicy: 'Replace',
          deletionPolicy: 'Delete',
          secretStoreRefs: [{ name: secretStore.name, kind: secretStore.kind }],
          selector: { secret: { name } },
          data: keys.map((key) => ({
            conversionStrategy: 'None',
            match: { secretKey: key, remoteRef: { remoteKey: storePath(scope, name), property: key } },
          })),
        },
      }),
  );
}

/** The same Secrets, with the same names and keys, from the store. */
export function pulledSecrets(scope: Construct, secrets: ReadonlyMap<string, readonly string[]>): ExternalSecret[] {
  const { secretStore } = Platform.of(scope);
  return unshared(scope, secrets).map(
    ([name, keys]) =>
      new ExternalSecret(scope, `pull-${name}`, {
        metadata: { name },
        spec: {
          refreshInterval: '1h',
          secretStoreRef: { name: secretStore.name, kind: secretStore.kind },
          target: { name, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
          data: keys.map((key) => ({
            secretKey: key,
            remoteRef: {
              conversionStrategy: 'Default',
              decodingStrategy: 'None',
              metadataPolicy: 'None',
              nullBytePolicy: 'Ignore',
              key: storePath(scope, name),
              property: key,
            },
          })),
        },
      }),
  );
}

/** Where a Secret stands in the store: below the team's own prefix, apart from those of its other environments. */
function storePath(scope: Construct, secret: string): string {
  const { secretStore } = Platform.of(scope);
  const environment = environmentOf(scope).name;
  const namespace = Chart.of(scope).namespace ?? 'default';
  const team = ownershipOf(scope)?.team ?? namespace;
  // Names in Secret Manager of Google have no slashes.
  const between = secretStore.gcp ? '-' : '/';
  const prefix = filledIn(secretStore.prefix ?? `{team}${between}`, { team, environment, namespace });
  return `${prefix}${environment}${between}${secret}`;
}
