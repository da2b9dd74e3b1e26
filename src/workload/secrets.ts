import type { ExternalSecretSpec } from '../../imports/external-secrets.io';
import type { Platform } from '../platform/platform';
import { isRecord, show } from '../platform/rule';
import { isSecretReference, type SecretReference } from '../platform/secret-reference';
import { isAbsoluteFilePath } from './configuration';

/** Secrets of a workload. Their values are fetched in the cluster; nothing here holds one. */
export interface SecretProps {
  /**
   * Secrets of the store whose properties all become environment variables.
   * @default - none
   */
  readonly secretsFrom?: readonly SecretReference[];
  /**
   * Existing Secrets whose keys all become environment variables: a name, or a cdk8s-plus Secret.
   * @default - none
   */
  readonly existingSecrets?: readonly (string | { readonly name: string })[];
  /**
   * Files by absolute path, each with a value of the store.
   * @default - none
   */
  readonly secretFiles?: Readonly<Record<string, SecretReference>>;
  /**
   * Keys of the workload's Secret that are composed from others, in External Secrets' template language:
   * `{ DATABASE_URL: 'postgres://app:{{ .PASSWORD }}@db' }`.
   * @default - none
   */
  readonly secretTemplates?: Readonly<Record<string, string>>;
  /**
   * How often values are read again from the store.
   * @default '1h', as External Secrets
   */
  readonly secretRefresh?: string;
  /**
   * Whether pods restart when a value changes. It takes Stakater's Reloader in the cluster, which watches an annotation of
   * the workload; without it the annotation does nothing.
   * @default true
   */
  readonly restartOnRotation?: boolean;
}

/** Names the Secrets whose change makes Stakater's Reloader restart the pods. */
const reloadAnnotation = 'secret.reloader.stakater.com/reload';

/** The annotation that restarts the pods when one of the Secrets changes that they read. */
export function rotationAnnotations(props: SecretProps, read: readonly string[]): Record<string, string> {
  const secrets = [...new Set(read)].sort();
  return props.restartOnRotation === false || secrets.length === 0 ? {} : { [reloadAnnotation]: secrets.join(',') };
}

/** Everything that a workload reads from the store, as one ExternalSecret of `values` by key; undefined when it reads nothing. */
export function externalSecretSpec(
  platform: Platform,
  name: string,
  props: SecretProps,
  values: ReadonlyMap<string, SecretReference>,
): ExternalSecretSpec | undefined {
  const data = [...values].map(([secretKey, { path, key }]) => ({
    secretKey,
    remoteRef: { ...remoteDefaults, key: path, ...(key !== undefined && { property: key }) },
  }));
  const dataFrom = (props.secretsFrom ?? []).map(({ path }) => ({ extract: { ...remoteDefaults, key: path } }));
  if (data.length === 0 && dataFrom.length === 0) return undefined;
  return {
    refreshInterval: props.secretRefresh ?? '1h',
    secretStoreRef: { name: platform.secretStore.name, kind: platform.secretStore.kind },
    target: {
      name,
      creationPolicy: 'Owner',
      deletionPolicy: 'Retain',
      ...(props.secretTemplates && {
        template: { engineVersion: 'v2', mergePolicy: 'Merge', data: { ...props.secretTemplates } },
      }),
    },
    ...(data.length > 0 && { data }),
    ...(dataFrom.length > 0 && { dataFrom }),
  };
}

/** What the API server would write anyway: written here, a comparison with the live object finds nothing. */
const remoteDefaults = {
  conversionStrategy: 'Default',
  decodingStrategy: 'None',
  metadataPolicy: 'None',
  nullBytePolicy: 'Ignore',
} as const;

/** References were made by `env.secret`, paths are absolute, and templates have something to compose from. */
export function secretProblems(props: SecretProps): string[] {
  const problems: string[] = [];
  if (
    props.secretsFrom !== undefined &&
    !(Array.isArray(props.secretsFrom) && props.secretsFrom.every(isSecretReference))
  ) {
    problems.push(
      `secretsFrom ${show(props.secretsFrom)} is no list of references; write [env.secret("orders/stripe")]`,
    );
  }
  if (props.secretFiles !== undefined && !isRecord(props.secretFiles)) {
    problems.push(`secretFiles ${show(props.secretFiles)} is no record; write references by path`);
  } else {
    for (const [path, value] of Object.entries(props.secretFiles ?? {})) {
      if (!isAbsoluteFilePath(path) || !/^[-._a-zA-Z0-9/]+$/.test(path)) {
        problems.push(
          `secret file path ${show(path)} is not absolute and plain; start with "/", without "..", "." or an ending "/"`,
        );
      }
      if (!isSecretReference(value))
        problems.push(`secret file ${show(path)} has the value ${show(value)}; name it by env.secret(path, key)`);
    }
  }
  const existing = props.existingSecrets;
  if (
    existing !== undefined &&
    !(Array.isArray(existing) && existing.every((s) => typeof s === 'string' || typeof s?.name === 'string'))
  ) {
    problems.push(`existingSecrets ${show(existing)} is no list of Secrets; write their names`);
  }
  if (props.secretRefresh !== undefined && !/^[1-9]\d*(s|m|h)$/.test(String(props.secretRefresh))) {
    problems.push(`secretRefresh ${show(props.secretRefresh)} is no duration; write it like "15m" or "1h"`);
  }
  if (
    props.secretTemplates !== undefined &&
    !(isRecord(props.secretTemplates) && Object.values(props.secretTemplates).every((t) => typeof t === 'string'))
  ) {
    problems.push(`secretTemplates ${show(props.secretTemplates)} is no record of templates; write each as text`);
  }
  return problems;
}
