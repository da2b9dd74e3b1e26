import { execFile } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A certificate for `localhost` that is its own authority, for servers and their clients alike. */
export interface Certificate {
  /** Folder with `ca.crt`, `tls.crt` and `tls.key`, as Crossplane and its functions read them. */
  readonly folder: string;
  /** The authority, PEM. */
  readonly ca: string;
}

/**
 * Makes a certificate with the `openssl` program: Node.js makes keys, but no certificates.
 *
 * @throws Error when there is no `openssl` on the PATH
 */
export async function makeCertificate(folder: string): Promise<Certificate> {
  const [key, certificate, ca] = ['tls.key', 'tls.crt', 'ca.crt'].map((name) => join(folder, name));
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const uses = [
    '-addext',
    'extendedKeyUsage=serverAuth,clientAuth',
    '-addext',
    'keyUsage=digitalSignature,keyCertSign',
  ];
  const how = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  try {
    await run('openssl', ['req', ...how, ...subject, ...uses, '-keyout', key, '-out', certificate]);
  } catch (error) {
    throw new Error(`cannot make a certificate with openssl, which has to be on the PATH: ${(error as Error).message}`);
  }
  copyFileSync(certificate, ca);
  return { folder, ca: readFileSync(ca, 'utf8') };
}
