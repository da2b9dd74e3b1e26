import type { ApiClient } from '../../src/dev/api-client';

/** Makes a namespace in which pods are admitted: no controller runs that would make the account that they are refused without. */
export async function ensureNamespace(
  api: ApiClient,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<void> {
  await api.ensure({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
  await api.ensure({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } });
}
