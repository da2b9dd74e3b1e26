import { writeFileSync } from 'node:fs';
import { stringify } from 'yaml';

/** Where a cluster is and who talks to it. */
export interface KubeconfigEntry {
  readonly url: string;
  readonly token: string;
  /** The authority that signed the serving certificate, PEM. */
  readonly ca: string;
}

/** Writes a kubeconfig file with one cluster, readable by its owner only. */
export function writeKubeconfig(file: string, { url, token, ca }: KubeconfigEntry): void {
  const name = 'golden';
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: url, 'certificate-authority-data': Buffer.from(ca).toString('base64') } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  };
  writeFileSync(file, stringify(config), { mode: 0o600 });
}
