import type { CallTarget } from '../platform/call-target';

/**
 * The environment variable that tells a caller where a service is: `PAYMENTS_API_URL` for HTTP, `PAYMENTS_API_ADDRESS`
 * (host and port) for everything else; a port beside the main one adds its name.
 */
export function callVariable({ name, alias = name, port, isMain }: CallTarget): string {
  const words = isMain ? alias : `${alias}-${port.name}`;
  return `${words.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase()}_${port.protocol === 'http' ? 'URL' : 'ADDRESS'}`;
}

/** Where a service is: the name that the cluster's DNS knows, with the port that its Service offers. */
export function callAddress({ name, namespace, port }: CallTarget): string {
  const host = `${name}.${namespace}.svc`;
  if (port.protocol !== 'http') return `${host}:${port.servicePort}`;
  return port.servicePort === 80 ? `http://${host}` : `http://${host}:${port.servicePort}`;
}
