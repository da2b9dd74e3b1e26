import { isRecord, oneOf, show, suggestion } from './rule';

/** Vault or OpenBao, which knows a namespace by its service account. `{team}`, `{environment}` and `{namespace}` are filled in. */
export interface VaultSettings {
  /** Its address: `https://vault.acme.io:8200`. */
  readonly server: string;
  /**
   * Where its key-value engine (version 2) is mounted.
   * @default 'secret'
   */
  readonly path?: string;
  /**
   * The role that it lets a namespace take on; the role's policy holds the team to its paths.
   * @default '{namespace}'
   */
  readonly role?: string;
  /**
   * Where its Kubernetes authentication is mounted.
   * @default 'kubernetes'
   */
  readonly authPath?: string;
  /**
   * The authority that signed its certificate, PEM in base64.
   * @default - one that the operator's image trusts
   */
  readonly caBundle?: string;
}

/** Secrets Manager or Parameter Store of AWS. `{team}`, `{environment}` and `{namespace}` are filled in. */
export interface AwsSecretSettings {
  /** @default 'SecretsManager' */
  readonly service?: 'SecretsManager' | 'ParameterStore';
  /**
   * Its region.
   * @default - `cloud.aws.region` of the cluster
   */
  readonly region?: string;
  /**
   * ARN of the IAM role that a namespace's store takes on: `arn:aws:iam::123456789012:role/secrets-{namespace}`. The role's
   * policy holds the team to its paths.
   */
  readonly role: string;
}

/** Secret Manager of Google Cloud. `{team}`, `{environment}` and `{namespace}` are filled in. */
export interface GcpSecretSettings {
  /** The project that holds the secrets: `acme-secrets-{environment}`. */
  readonly projectId: string;
  /**
   * Google's service account that a namespace's store acts as: `{namespace}@acme.iam.gserviceaccount.com`.
   * @default - none: the Kubernetes account is granted access directly
   */
  readonly serviceAccount?: string;
}

/** Where the values of secrets come from. */
export interface SecretStoreSettings {
  /** Name of the store. */
  readonly name: string;
  /**
   * Whether each namespace has a store of that name, or the cluster has one.
   * @default 'SecretStore'
   */
  readonly kind?: 'SecretStore' | 'ClusterSecretStore';
  /**
   * What the paths of a team's secrets begin with; a team namespace refuses others. `{team}`, `{environment}` and
   * `{namespace}` are filled in.
   * @default - `{team}/`; with `gcp`, whose names have no slashes, `{team}-`
   */
  readonly prefix?: string;
  /**
   * Vault or OpenBao, as the store of each team namespace.
   * @default - another one
   */
  readonly vault?: VaultSettings;
  /**
   * AWS, as the store of each team namespace.
   * @default - another one
   */
  readonly aws?: AwsSecretSettings;
  /**
   * Google Cloud, as the store of each team namespace.
   * @default - another one; with none of the three, team namespaces get no store
   */
  readonly gcp?: GcpSecretSettings;
}

/** What settings may leave open until a namespace is known. */
export interface StoreOwner {
  readonly team: string;
  readonly environment: string;
  readonly namespace: string;
}

/** A setting with its placeholders filled in. */
export function filledIn(setting: string, owner: StoreOwner): string {
  return setting.replace(/\{(team|environment|namespace)\}/g, (_, key: keyof StoreOwner) => owner[key]);
}

const fields = {
  vault: { needed: ['server'], known: ['server', 'path', 'role', 'authPath', 'caBundle'] },
  aws: { needed: ['role'], known: ['service', 'region', 'role'] },
  gcp: { needed: ['projectId'], known: ['projectId', 'serviceAccount'] },
} as const;

const providers = ['vault', 'aws', 'gcp'] as const;

/** Everything that is wrong with the settings of the secret store. */
export function secretStoreProblems(settings: SecretStoreSettings): string[] {
  const problems: string[] = [];
  const chosen = providers.filter((provider) => settings[provider] !== undefined);
  if (chosen.length > 1) problems.push(`secretStore has ${chosen.join(' and ')}; keep one`);
  if (chosen.length > 0 && settings.kind === 'ClusterSecretStore') {
    problems.push(
      `secretStore.${chosen[0]} makes a store in each team namespace, and the kind ClusterSecretStore means one for the cluster; drop one of the two`,
    );
  }
  problems.push(...placeholderProblems('secretStore.prefix', settings.prefix));
  for (const provider of chosen)
    problems.push(...providerProblems(`secretStore.${provider}`, provider, settings[provider]));
  return problems;
}

function providerProblems(what: string, provider: (typeof providers)[number], settings: unknown): string[] {
  const { needed, known }: { needed: readonly string[]; known: readonly string[] } = fields[provider];
  if (!isRecord(settings)) return [`${what} ${show(settings)} is no record; write { ${needed.join(', ')} }`];
  const problems = Object.keys(settings)
    .filter((key) => !known.includes(key))
    .map((key) => `${what} has no setting ${show(key)}${suggestion(key, known)}; it has ${known.join(', ')}`);
  for (const key of known) {
    const value = settings[key];
    if (value === undefined && !needed.includes(key)) continue;
    if (typeof value !== 'string' || value === '') problems.push(`${what}.${key} ${show(value)} is no text; write it`);
    else problems.push(...placeholderProblems(`${what}.${key}`, value));
  }
  if (provider === 'vault' && typeof settings.server === 'string' && !/^https?:\/\/[^\s/]+$/.test(settings.server)) {
    problems.push(`${what}.server ${show(settings.server)} is no address; write it like "https://vault.acme.io:8200"`);
  }
  const services = ['SecretsManager', 'ParameterStore'];
  if (provider === 'aws' && settings.service !== undefined && !services.includes(settings.service as string)) {
    problems.push(`${what}.service ${show(settings.service)} is unknown; use ${oneOf(services)}`);
  }
  return problems;
}

function placeholderProblems(what: string, setting: unknown): string[] {
  if (setting === undefined) return [];
  if (typeof setting !== 'string') return [`${what} ${show(setting)} is no text`];
  const unknown = (setting.match(/\{[^}]*\}?/g) ?? []).filter((p) => !/^\{(team|environment|namespace)\}$/.test(p));
  return unknown.map((p) => `${what} has the placeholder ${show(p)}; use {team}, {environment} or {namespace}`);
}
