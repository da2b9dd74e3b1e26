import type { Construct } from 'constructs';
import { SecretStore, type SecretStoreSpecProvider } from '../../imports/external-secrets.io';
import { ServiceAccount } from '../../imports/kubernetes';
import { groupKindOf, type PlainObject } from '../platform/placed-object';
import { show } from '../platform/rule';
import { filledIn, type StoreOwner } from '../platform/secret-store-settings';
import { fieldsOf, objectsOf, textOf, valueAt } from '../references/fields';
import { type TeamPlace, teamMetadata } from './team-place';

/** The team's way to the platform's secrets. */
export interface TeamSecretStore {
  readonly secretStore: SecretStore;
  /** Who the store is to the provider: no pod runs as it. */
  readonly serviceAccount: ServiceAccount;
}

const accountName = 'secret-store';

/** Whether the platform has a store in each team namespace, and says what it is. */
export function hasTeamStores({ platform: { secretStore } }: TeamPlace): boolean {
  return secretStore.kind === 'SecretStore' && Boolean(secretStore.vault ?? secretStore.aws ?? secretStore.gcp);
}

/** The store that the team's ExternalSecrets read, with an account of its own; undefined where the platform has none. */
export function teamSecretStore(
  scope: Construct,
  place: TeamPlace,
  paths: readonly string[] = [],
): TeamSecretStore | undefined {
  if (!hasTeamStores(place)) return undefined;
  const { platform } = place;
  const read = secretPrefixes(place, paths).join(', ');
  return {
    serviceAccount: new ServiceAccount(scope, 'secret-store-account', {
      metadata: teamMetadata(place, accountName, accountAnnotations(place)),
      automountServiceAccountToken: false,
    }),
    secretStore: new SecretStore(scope, 'secret-store', {
      metadata: teamMetadata(
        place,
        platform.secretStore.name,
        read === '' ? {} : { [`${platform.labelPrefix}/secret-paths`]: read },
      ),
      spec: { provider: provider(place) },
    }),
  };
}

function storeOwner({ team, environment, namespace }: TeamPlace): StoreOwner {
  return { team, environment: environment.name, namespace };
}

function provider(place: TeamPlace): SecretStoreSpecProvider {
  const { vault, aws, gcp } = place.platform.secretStore;
  const owner = storeOwner(place);
  const serviceAccountRef = { name: accountName };
  if (vault) {
    return {
      vault: {
        server: vault.server,
        path: filledIn(vault.path ?? 'secret', owner),
        version: 'v2',
        ...(vault.caBundle !== undefined && { caBundle: vault.caBundle }),
        auth: {
          kubernetes: {
            mountPath: filledIn(vault.authPath ?? 'kubernetes', owner),
            role: filledIn(vault.role ?? '{namespace}', owner),
            serviceAccountRef,
          },
        },
      },
    };
  }
  if (aws) {
    const region = aws.region ?? regionOf(place) ?? '';
    return { aws: { service: aws.service ?? 'SecretsManager', region, auth: { jwt: { serviceAccountRef } } } };
  }
  return {
    gcpsm: {
      projectID: filledIn(gcp?.projectId ?? '', owner),
      auth: { workloadIdentity: { serviceAccountRef } },
    },
  };
}

function regionOf({ environment }: TeamPlace): string | undefined {
  return textOf(environment.cloud.aws?.region);
}

/** Annotations by which each cloud knows the account. */
function accountAnnotations(place: TeamPlace): Record<string, string> {
  const { aws, gcp } = place.platform.secretStore;
  const owner = storeOwner(place);
  return {
    ...(aws && { 'eks.amazonaws.com/role-arn': filledIn(aws.role, owner) }),
    ...(gcp?.serviceAccount !== undefined && {
      'iam.gke.io/gcp-service-account': filledIn(gcp.serviceAccount, owner),
    }),
  };
}

/** What paths of the team's secrets begin with; empty where the platform sets no bounds. */
export function secretPrefixes(place: TeamPlace, paths: readonly string[]): string[] {
  const { prefix, gcp } = place.platform.secretStore;
  const own = filledIn(prefix ?? (gcp ? '{team}-' : '{team}/'), storeOwner(place));
  return own === '' ? [] : [own, ...paths];
}

/** ExternalSecrets of the namespace that read from the team's store, and beyond its paths. */
export function strayPaths(place: TeamPlace, paths: readonly string[], objects: readonly PlainObject[]): string[] {
  const prefixes = secretPrefixes(place, paths);
  if (prefixes.length === 0) return [];
  return objects
    .filter((object) => groupKindOf(object) === 'external-secrets.io/ExternalSecret')
    .flatMap((object) =>
      pathsRead(object)
        .filter((path) => !prefixes.some((prefix) => path.startsWith(prefix)))
        .map(
          (path) =>
            `ExternalSecret ${show(object.metadata.name)} reads ${show(path)}, which is not below ${prefixes.join(' or ')}; move the secret, or add its prefix to secretPaths`,
        ),
    );
}

function pathsRead({ spec }: PlainObject): string[] {
  return [
    ...objectsOf(fieldsOf(spec).data).map((entry) => valueAt(entry, 'remoteRef', 'key')),
    ...objectsOf(fieldsOf(spec).dataFrom).map((entry) => valueAt(entry, 'extract', 'key')),
  ].flatMap((path) => textOf(path) ?? []);
}

/** Paths are texts, and a region is known where the provider needs one. */
export function secretStoreProblemsOf(place: TeamPlace, paths: unknown): string[] {
  const problems: string[] = [];
  const { aws } = place.platform.secretStore;
  if (aws && hasTeamStores(place) && aws.region === undefined && regionOf(place) === undefined) {
    problems.push(
      `the region of the secret store is unknown; set cloud.aws.region of the cluster ${show(place.environment.cluster)}, or secretStore.aws.region of the platform`,
    );
  }
  if (paths === undefined) return problems;
  if (!Array.isArray(paths)) return [...problems, `secretPaths ${show(paths)} is no list; write ["shared/"]`];
  return [
    ...problems,
    ...paths
      .filter((path) => typeof path !== 'string' || path === '')
      .map((path) => `secretPaths holds ${show(path)}; write what paths begin with, like "shared/"`),
  ];
}
